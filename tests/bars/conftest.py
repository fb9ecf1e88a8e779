"""A site with the small demonstration in it, walked through in this process."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations.models import Agency, Qualification
from tests.bars.places import Place, settled
from tests.bars.walking import Walk, everybodys_browsers, person
from tests.factories import databases
from tests.factories.public_site import index_all, wired_engine


@pytest.fixture
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Switch Django to a database with the demonstration; changes are gone after the test."""
    with django_db_blocker.unblock(), databases.demonstration_copied():
        yield


@pytest.fixture(scope="session")
def demonstrations_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first module that needs the demonstration's index keeps it for the others."""
    return tmp_path_factory.mktemp("demonstration") / "index"


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    demonstrations_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """Yield everybody's browsers on a site with the demonstration and its index; what tests write is rolled back."""
    folder = tmp_path_factory.mktemp("bars")
    with django_db_blocker.unblock(), databases.demonstration_copied(), transaction.atomic():
        if demonstrations_index.exists():
            shutil.copytree(demonstrations_index, folder / "index")
        with pytest.MonkeyPatch.context() as patch, wired_engine(folder, patch):
            if not demonstrations_index.exists():
                index_all()
                shutil.copytree(folder / "index", demonstrations_index)
            yield Walk(everybodys_browsers())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def places(walk: Walk) -> dict[str, tuple[Place, Place]]:
    """For each kind the organisation with the most to show and another one that is approved; the platform is one."""
    agency, employer = organisation_of("owner"), organisation_of("employer")
    agencies = Agency.objects.filter(is_listed=True).exclude(pk=agency).order_by("pk")
    employers = Qualification.objects.filter(organisation_kind="employer", expires_on__isnull=False).exclude(
        organisation_id=employer
    )
    platform = settled("platform", organisation_of("auditor"))
    return {
        "agency": (settled("agency", agency), settled("agency", agencies[0].pk)),
        "employer": (settled("employer", employer), settled("employer", employers.order_by("pk")[0].organisation_id)),
        "platform": (platform, platform),
    }


def organisation_of(who: str) -> UUID:
    """The organisation of one of the demonstration's people."""
    return Membership.objects.get(user=person(who), ended_at=None).organisation_id
