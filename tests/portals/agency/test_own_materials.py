"""An owner looks at a file that they have handed in: recorded, by links for five minutes, with a watermark."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.qualifications.models import Case, Material
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def case() -> Case:
    return qualifications.submitted("market")


@pytest.fixture
def material(case: Case) -> Material:
    return Material.objects.filter(item__case=case).order_by("id")[0]


def signed_in(owner: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=owner.person_id))


@pytest.fixture
def owner(case: Case) -> Client:
    return signed_in(qualifications.owner_of(case))


def opened(client: Client, material: Material) -> list[str]:
    """Open the file; the links of its pages."""
    answer = client.post(f"/agency/qualification/files/{material.pk}/open")
    assert answer.status_code == 200
    return re.findall(r'<img src="(/agency/qualification/pages/[^"]+)"', answer.content.decode())


def test_the_owner_sees_each_page_with_a_watermark(owner: Client, material: Material) -> None:
    links = opened(owner, material)
    assert len(links) == len(material.page_keys)
    answer = owner.get(links[0])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("no-store")
    assert Image.open(BytesIO(answer.content)).format == "JPEG"
    entry = AuditEntry.objects.get(action="qualification.look")
    assert entry.subject_id == str(material.pk)


def test_after_five_minutes_it_has_to_be_opened_again(owner: Client, material: Material) -> None:
    (link, *_) = opened(owner, material)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        answer = owner.get(link)
    assert answer.status_code == 410
    assert 'href="/agency/qualification"' in answer.content.decode()


def test_others_see_nothing(owner: Client, material: Material, case: Case) -> None:
    (link, *_) = opened(owner, material)
    stranger = signed_in(qualifications.registered("market", legal_name="成都另一人力资源有限公司"))
    recruiter = accounts.member(case.organisation_id)
    assert stranger.get(link).status_code == 404
    assert stranger.post(f"/agency/qualification/files/{material.pk}/open").status_code == 404
    assert accounts.browser(recruiter).post(f"/agency/qualification/files/{material.pk}/open").status_code == 403
    place = Membership.objects.get(organisation_id=case.organisation_id, role="owner")
    accounts.member(case.organisation_id, role="owner")
    Membership.objects.filter(pk=place.pk).update(role="viewer")
    assert owner.get(link).status_code == 403
