import pytest

from jiuye.domains.accounts.models import User
from tests.factories import erasure
from tests.factories.cast import Cast


@pytest.fixture
def everywhere(own_files: object, db: None) -> tuple[User, Cast]:
    """A person with rows in every table that names people, and the cast around them."""
    return erasure.someone_everywhere()
