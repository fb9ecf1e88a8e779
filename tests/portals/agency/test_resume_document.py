"""The agency's download of a resume that was sent to it: masked unless a reason was given, logged, for the living application."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.actions import resume_access
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import applications
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def application(cast: Cast) -> UUID:
    return applications.in_state(cast, "viewed")


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def download(client: Client, application: UUID, **form: str) -> Any:
    return client.post(f"/agency/applications/{application}/resume.pdf", form)


def open_contacts(client: Client, application: UUID) -> None:
    client.post(f"/agency/applications/{application}/contacts", {"reason": "interview"})


def text_of(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def downloads() -> list[str]:
    return list(ResumeAccess.objects.filter(kind="download").values_list("purpose", flat=True))


def test_is_masked_names_the_agency_and_is_logged_for_the_owner(cast: Cast, application: UUID) -> None:
    phone = cast.people["lin"].phone
    text = text_of(download(signed_in(cast.zhou), application))
    assert phone not in text
    assert f"{phone[:3]}****{phone[-4:]}" in text
    assert "仅供招聘使用" in text
    row = ResumeAccess.objects.get(kind="download")
    assert (row.user_id, row.application_id, row.person_id) == (cast.people["lin"].pk, application, cast.zhou.person_id)
    assert "不含联系方式" in row.purpose
    seen = browser(cast.people["lin"]).get("/me/resume/accesses").content.decode()
    assert "下载 PDF，不含联系方式" in seen


def test_holds_the_contacts_after_a_reason_was_given_for_them(cast: Cast, application: UUID) -> None:
    client = signed_in(cast.zhou)
    open_contacts(client, application)
    assert cast.people["lin"].phone in text_of(download(client, application, contacts="1"))
    assert ["，含联系方式" in purpose for purpose in downloads()] == [True]


def test_asking_for_the_contacts_without_a_reason_leads_back_and_takes_nothing(cast: Cast, application: UUID) -> None:
    answer = download(signed_in(cast.zhou), application, contacts="1")
    assert answer.status_code == 302
    assert downloads() == []


def test_the_reason_of_one_member_does_not_serve_another(cast: Cast, application: UUID) -> None:
    reason = {"kind": "contact", "user_id": cast.people["lin"].pk, "application_id": application}
    open_contacts(signed_in(cast.zhou), application)
    ResumeAccess.objects.filter(**reason).update(person_id=cast.shen.person_id)
    assert download(signed_in(cast.zhou), application, contacts="1").status_code == 302
    assert downloads() == []


def test_the_reason_serves_for_ten_minutes(cast: Cast, application: UUID) -> None:
    client = signed_in(cast.zhou)
    open_contacts(client, application)
    late = clock.now() - resume_access.CONTACTS_STAY_OPEN - timedelta(seconds=1)
    ResumeAccess.objects.filter(kind="contact").update(accessed_at=late)
    assert (
        "重新写明原因" in client.get(download(client, application, contacts="1").headers["Location"]).content.decode()
    )
    assert downloads() == []


def test_is_not_for_members_who_may_only_read(cast: Cast, application: UUID) -> None:
    client = signed_in(cast.shen)
    assert download(client, application).status_code == 403
    assert "下载 PDF" not in client.post(f"/agency/applications/{application}/resume").content.decode()


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_of_an_application_that_has_ended_there_is_none(cast: Cast, state: str) -> None:
    application = applications.in_state(cast, state)
    assert download(signed_in(cast.zhou), application).status_code == 302
    assert downloads() == []


def test_another_agencys_application_looks_like_none(cast: Cast, application: UUID) -> None:
    assert download(signed_in(cast.ma), application).status_code == 404
    assert downloads() == []


def test_a_get_takes_nothing(cast: Cast, application: UUID) -> None:
    assert signed_in(cast.zhou).get(f"/agency/applications/{application}/resume.pdf").status_code == 405


def test_many_within_the_hour_are_slowed_down(cast: Cast, application: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(resume_access.DOWNLOADS), "most", 1)
    client = signed_in(cast.zhou)
    assert download(client, application).status_code == 200
    refused = download(client, application)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "每小时最多下载" in refused.content.decode()
    assert len(downloads()) == 1


def test_the_opened_resume_offers_the_download_that_fits(cast: Cast, application: UUID) -> None:
    client = signed_in(cast.zhou)
    opened = client.post(f"/agency/applications/{application}/resume").content.decode()
    assert "下载 PDF（不含联系方式）" in opened
    shown = client.post(f"/agency/applications/{application}/contacts", {"reason": "interview"}).content.decode()
    assert "下载 PDF（含联系方式）" in shown


def test_it_takes_few_queries(
    cast: Cast, application: UUID, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.zhou)
    with django_assert_max_num_queries(22):  # the writes of the trace included
        download(client, application)
