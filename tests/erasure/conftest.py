import pytest

from jiuye.domains.accounts.models import User
from tests.factories import erasure
from tests.factories.cast import Cast


@pytest.fixture
def everywhere(own_files: object, db: None) -> tuple[User, Cast]:
    """Somebody who has left a trace everywhere, and the cast among whom they did."""
    return erasure.someone_everywhere()
