import pytest

from jiuye.domains.accounts.models import User
from jiuye.ports import authority
from tests.factories.accounts import seeker
from tests.factories.verification import Office


@pytest.fixture
def lin(db: None) -> User:
    """Who looks for work and has items checked."""
    return seeker()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    """The records office in place of a real one (the adapters are tested in tests/ports)."""
    office = Office()
    monkeypatch.setattr(authority, "get", lambda: office)
    return office
