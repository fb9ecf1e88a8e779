"""What staff send twice, because the first answer was lost, is done once, and the second answer is the first."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import ApplicationEvent, InterviewInvitation
from jiuye.domains.jobs.models import ImportBatch
from jiuye.kernel.models import EventRecord
from tests.factories import applications, imports, markup
from tests.factories.accounts import browser
from tests.factories.cast import assemble
from tests.factories.imports import csv_file, row

pytestmark = pytest.mark.django_db
CONTACT = {"contact_name": "周经办", "contact_phone": "028-00000000"}
# State, page with the form, where it is sent, what is written into it, the verb.
STEPS: list[tuple[str, str, str, dict[str, str], str]] = [
    ("viewed", "/invite", "/invite", {"mode": "onsite", "place": "示范路1号2楼", **CONTACT}, "invite"),
    ("interview_accepted", "", "/interview-result", {"result": "yes"}, "pass_interview"),
    ("interview_passed", "/onboarding", "/onboarding", {"place": "示范路18号", **CONTACT}, "notify_onboarding"),
    ("onboarding_accepted", "", "/onboarding-result", {"result": "yes"}, "record_onboarded"),
    ("viewed", "/reject", "/reject", {"reason": "skills"}, "reject"),
]


def twice(client: Client, page: str, action: str, written: dict[str, Any], **files: bytes) -> list[str]:
    """Open the page and send its form two times. Return where the answers lead."""
    forms = markup.read(client.get(page).content.decode()).posted()
    filled = dict(next(form for form in forms if (form.action or page) == action).data()) | written
    answers = [
        client.post(action, filled | {name: SimpleUploadedFile("职位.csv", content) for name, content in files.items()})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] in ([302, 302], [302, 303])
    return [answer["Location"] for answer in answers]


@pytest.mark.parametrize(("state", "page", "action", "written", "verb"), STEPS, ids=[step[-1] for step in STEPS])
def test_a_step_of_an_application_is_taken_once(
    state: str, page: str, action: str, written: dict[str, str], verb: str
) -> None:
    cast = assemble()
    application = applications.in_state(cast, state)
    told = EventRecord.objects.count()
    here = f"/agency/applications/{application}"
    first, second = twice(browser(cast.people["zhou"]), here + page, here + action, written)
    assert first == second
    steps = ApplicationEvent.objects.filter(application_id=application, from_state=state)
    assert list(steps.values_list("verb", flat=True)) == [verb]
    assert EventRecord.objects.count() == told + 1
    if verb == "invite":
        assert InterviewInvitation.objects.filter(application_id=application).count() == 1


def test_a_sheet_is_taken_in_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_storage, "location", str(tmp_path), raising=False)
    monkeypatch.setattr(default_storage, "base_location", str(tmp_path), raising=False)
    client = browser(User.objects.get(pk=imports.recruiter().person_id))
    first, second = twice(client, "/agency/imports", "/agency/imports", {}, file=csv_file([row()]).read())
    assert first == second
    assert ImportBatch.objects.count() == 1
