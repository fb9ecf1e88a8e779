"""API6:2023 Unrestricted access to sensitive business flows: resumes are read one by one, logged, and only so often."""

import pytest
from django.test import Client

from jiuye.domains.applications.actions.resume_access import CONTACTS
from jiuye.domains.resumes.models import ResumeAccess
from tests.bars.owasp.conftest import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(scene: Scene) -> str:
    """An application whose resume the agency may read."""
    return str(scene.ids["application_id"])


def test_contacts_are_given_so_often_an_hour_through_whatever_client(
    scene: Scene, application: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(CONTACTS), "most", 2)
    asked = [
        scene.theirs.post(f"/agency/applications/{application}/contacts", {"reason": "interview"}) for _ in range(4)
    ]
    statuses = [answer.status_code for answer in asked]
    assert statuses[-1] == 429, asked[0].content
    assert int(asked[-1].headers["Retry-After"]) >= 1


def test_every_read_of_a_resume_is_logged_with_its_member_and_client(scene: Scene, application: str) -> None:
    before = ResumeAccess.objects.count()
    assert scene.theirs.get(f"/agency/applications/{application}/resume").status_code == 200
    assert ResumeAccess.objects.count() == before + 1


def test_resumes_are_never_read_without_naming_a_member(scene: Scene, application: str) -> None:
    answer = scene.theirs.get(f"/agency/applications/{application}/resume")
    assert answer.status_code == 200
    bare = Client().get(
        f"/api/v1/agency/applications/{application}/resume", headers={"Authorization": f"Bearer {scene.theirs.key}"}
    )
    assert bare.status_code == 422
