"""A site with the small demonstration in it, walked through in this process."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.bars.walking import Walk, everybodys_browsers
from tests.factories.public_site import index_all, wired_engine


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration in an open transaction, for all tests of a module; what a test writes into it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_demo", size="tiny", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walk(demonstration: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Everybody's browser on that site, and an index of it."""
    with pytest.MonkeyPatch.context() as patch, wired_engine(tmp_path_factory.mktemp("bars"), patch):
        index_all()
        yield Walk(everybodys_browsers())
