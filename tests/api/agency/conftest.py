import pytest

from tests.factories import clients
from tests.factories.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    """Lin applies, Zhou recruits."""
    return assemble()


@pytest.fixture
def caller(cast: Cast) -> clients.Caller:
    """A client of Zhou's agency, acting for an owner."""
    return clients.caller(cast.agency)
