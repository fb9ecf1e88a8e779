import pytest

from tests.factories.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    """Lin, Zhou and the others."""
    return assemble()
