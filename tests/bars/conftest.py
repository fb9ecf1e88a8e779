"""A site with the small demonstration in it, walked through in this process."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.bars.walking import Walk, everybodys_browsers
from tests.factories import databases
from tests.factories.public_site import index_all, wired_engine


@pytest.fixture
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Switch Django to a database with the demonstration; changes are gone after the test."""
    with django_db_blocker.unblock(), databases.demonstration_copied():
        yield


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """Yield everybody's browsers on a site with the demonstration and its index; what tests write is rolled back."""
    folder = tmp_path_factory.mktemp("bars")
    with django_db_blocker.unblock(), databases.demonstration_copied(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, wired_engine(folder, patch):
            index_all()
            yield Walk(everybodys_browsers())
        transaction.set_rollback(True)
