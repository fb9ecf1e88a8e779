"""Resumes through the API: each read is logged for its owner with the client, and closed at once by a withdrawal."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications.models import Application, InvitationToApply
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes import queries as resume_queries
from jiuye.domains.resumes.models import Attachment, ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from jiuye.privacy.withdrawal import withdraw_consent
from tests.factories import applications, clients, jobs
from tests.factories.accounts import browser
from tests.factories.cast import Cast
from tests.factories.documents import pdf
from tests.factories.portraits import picture
from tests.factories.visibility import resume_of, show

pytestmark = pytest.mark.usefixtures("own_files")
Read = Callable[[clients.Caller, UUID], Any]


@pytest.fixture
def sent(cast: Cast) -> UUID:
    """An application with an attachment."""
    resumes.add_attachment(cast.lin, file=io.BytesIO(pdf("焊工证.pdf")), name="焊工证.pdf")
    return applications.in_state(cast, "viewed")


def attachment() -> UUID:
    return Attachment.objects.get().id


READS: dict[str, Read] = {
    "json": lambda caller, sent: caller.get(f"/agency/applications/{sent}/resume"),
    "pdf": lambda caller, sent: caller.get(f"/agency/applications/{sent}/resume.pdf"),
    "zip": lambda caller, sent: caller.get("/agency/applications/resumes.zip", id=sent),
    "attachment": lambda caller, sent: caller.get(f"/agency/applications/{sent}/attachments/{attachment()}"),
    "contacts": lambda caller, sent: caller.post(f"/agency/applications/{sent}/contacts", {"reason": "interview"}),
}


@pytest.mark.parametrize("read", READS)
def test_every_read_stands_in_the_owners_log_with_the_client(
    cast: Cast, caller: clients.Caller, sent: UUID, read: str
) -> None:
    before = ResumeAccess.objects.count()
    assert READS[read](caller, sent).status_code == 200
    assert ResumeAccess.objects.count() == before + 1
    latest = resume_queries.accesses(cast.lin).items[0]
    assert (latest.organisation_name, latest.client_name) == ("蓉江人力资源有限公司", "人事系统")
    page = browser(cast.people["lin"]).get("/me/resume/accesses").content.decode()
    assert "经接口“人事系统”" in page
    entry = AuditEntry.objects.filter(action__startswith="resume.").order_by("-id")[0]
    assert (entry.actor_person_id, entry.detail["client"]) == (caller.member_id, str(caller.client_id))


@pytest.mark.parametrize("read", [*READS, "photo"])
@pytest.mark.parametrize("how", ["application", "consent"])
def test_a_withdrawal_between_two_reads_closes_the_second(
    cast: Cast, caller: clients.Caller, sent: UUID, read: str, how: str
) -> None:
    reads: dict[str, Read] = {
        **READS, "photo": lambda caller, sent: caller.get(f"/agency/applications/{sent}/photo"),
    }  # fmt: skip
    assert reads[read](caller, sent).status_code in {200, 404}  # there is no photo
    consent = Application.objects.get(pk=sent).consent_id
    if how == "application":
        withdraw_consent(cast.lin, consent_id=consent, ends_application=True)
    else:
        Consent.objects.filter(pk=consent).update(withdrawn_at=clock.now())
    before = ResumeAccess.objects.count()
    closed = reads[read](caller, sent)
    assert (closed.status_code, closed.json()["code"]) == (
        (409, "nothing_to_download") if read == "zip" else (403, "consent_withdrawn")
    )
    assert ResumeAccess.objects.count() == before


class TestTheResume:
    def test_is_told_with_verification_and_consent_and_masked_contacts(
        self, cast: Cast, caller: clients.Caller, sent: UUID
    ) -> None:
        answer = caller.get(f"/agency/applications/{sent}/resume")
        found, phone = answer.json(), cast.people["lin"].phone
        assert phone not in answer.content.decode()
        assert found["resume"]["name"] == "林小满"
        assert found["resume"]["phone"] == f"{phone[:3]}****{phone[-4:]}"
        assert found["resume"]["employments"][0]["verification"] is None
        assert [one["name"] for one in found["resume"]["attachments"]] == ["焊工证.pdf"]
        assert found["consent"]["valid_until"] is None

    def test_first_read_takes_the_application_to_viewed(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "submitted")
        caller.get(f"/agency/applications/{application}/resume")
        assert Application.objects.get().state == "viewed"

    def test_is_erased_with_its_owner(self, cast: Cast, caller: clients.Caller, sent: UUID) -> None:
        from jiuye.domains.applications import actions
        from jiuye.kernel.actor import Actor

        actions.end_all_of(Actor.system(), person_id=cast.lin.person)
        actions.forget_applicant(Actor.system(), person_id=cast.lin.person)
        assert caller.get(f"/agency/applications/{sent}/resume").status_code == 403

    def test_as_a_file_names_the_agency_and_is_kept_by_no_cache(self, caller: clients.Caller, sent: UUID) -> None:
        answer = caller.get(f"/agency/applications/{sent}/resume.pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Cache-Control"] == "no-store"


class TestContacts:
    def test_are_told_for_a_reason_that_the_owner_reads(self, cast: Cast, caller: clients.Caller, sent: UUID) -> None:
        told = caller.post(f"/agency/applications/{sent}/contacts", {"reason": "other", "note": "核对地址"})
        assert told.json()["phone"] == cast.people["lin"].phone
        assert "核对地址" in resume_queries.accesses(cast.lin).items[0].purpose

    @pytest.mark.parametrize("body", [{}, {"reason": "curiosity"}, {"reason": "other"}])
    def test_without_a_reason_are_refused(self, caller: clients.Caller, sent: UUID, body: dict[str, str]) -> None:
        assert caller.post(f"/agency/applications/{sent}/contacts", body).status_code == 422
        assert not ResumeAccess.objects.filter(kind="contact").exists()

    def test_open_the_file_with_them_for_a_while(self, caller: clients.Caller, sent: UUID) -> None:
        path = f"/agency/applications/{sent}/resume.pdf"
        assert caller.get(path, contacts="true").json()["code"] == "contacts_closed"
        caller.post(f"/agency/applications/{sent}/contacts", {"reason": "interview"})
        assert caller.get(path, contacts="true").status_code == 200

    def test_of_a_rejected_application_are_closed(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "rejected")
        answer = caller.post(f"/agency/applications/{application}/contacts", {"reason": "interview"})
        assert (answer.status_code, answer.json()["code"]) == (409, "ended")


class TestTheBundle:
    def test_has_the_resumes_that_may_be_downloaded(self, cast: Cast, caller: clients.Caller, sent: UUID) -> None:
        rejected = applications.in_state(cast, "rejected", jobs.posting(cast.agency))
        answer = caller.get("/agency/applications/resumes.zip", id=[sent, rejected, new_id()])
        assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 1

    def test_of_more_than_fifty_is_refused(self, caller: clients.Caller, sent: UUID) -> None:
        answer = caller.get("/agency/applications/resumes.zip", id=[new_id() for _ in range(51)])
        assert (answer.status_code, answer.json()["code"]) == (409, "too_many")


def test_the_photo_is_for_members_who_have_read_the_resume(cast: Cast, caller: clients.Caller, sent: UUID) -> None:
    resumes.save_photo(cast.lin, file=io.BytesIO(picture()), name="我.jpg")
    path = f"/agency/applications/{sent}/photo"
    assert caller.get(path).status_code == 404
    caller.get(f"/agency/applications/{sent}/resume")
    assert caller.get(path).content.startswith(b"\xff\xd8")


def test_resumes_need_their_own_scope(cast: Cast, sent: UUID) -> None:
    reader = clients.caller(cast.agency, scopes=["applications:read", "applications:write"])
    for read in READS.values():
        assert read(reader, sent).json()["code"] == "insufficient_scope"


class TestFoundResumes:
    @pytest.fixture
    def found(self, cast: Cast) -> str:
        """Lin shows the resume to agencies."""
        show(cast.people["lin"])
        return f"/agency/resumes/{resume_of(cast.people['lin']).id}"

    def test_are_listed_without_names_and_contacts(self, cast: Cast, caller: clients.Caller, found: str) -> None:
        answer = caller.get("/agency/resumes")
        (item,) = answer.json()["items"]
        assert (item["name"], item["invited"]) == ("林**", False)
        assert "林小满" not in answer.content.decode()
        assert caller.get("/agency/resumes", q="大夫").json()["items"] == []

    def test_are_filtered(self, cast: Cast, caller: clients.Caller, found: str) -> None:
        fitting = {"q": "焊工", "days": 7, "education": "70", "years": 1}
        for name, value in fitting.items():
            assert len(caller.get("/agency/resumes", **{name: value}).json()["items"]) == 1, name
        assert caller.get("/agency/resumes", years=40).json()["items"] == []
        assert caller.get("/agency/resumes", region="999999").status_code == 422

    def test_are_opened_only_with_a_line_in_the_owners_log(
        self, cast: Cast, caller: clients.Caller, found: str
    ) -> None:
        assert caller.get(found).json()["resume"] is None
        assert not ResumeAccess.objects.exists()
        opened = caller.get(f"{found}/content").json()
        assert opened["resume"]["employments"]
        assert opened["resume"]["phone"] == ""
        assert ResumeAccess.objects.get().client_name == "人事系统"

    def test_are_invited_once(self, cast: Cast, caller: clients.Caller, found: str) -> None:
        body = {"job": str(cast.posting.id), "note": "离您不远。"}
        first, second = caller.post(f"{found}/invite", body), caller.post(f"{found}/invite", body)
        assert (first.status_code, second.json()) == (201, first.json())
        assert InvitationToApply.objects.count() == 1
        assert caller.get(found).json()["invitations"][0]["state"] == "open"

    def test_are_not_for_read_only_members_nor_without_a_member(self, cast: Cast, found: str) -> None:
        reader = clients.caller(cast.agency, role="viewer")
        for path in ("/agency/resumes", found, f"{found}/content"):
            assert reader.get(path).status_code == 403
            unnamed = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {reader.key}"})
            assert unnamed.status_code == 422

    def test_that_are_not_shown_look_like_none(self, cast: Cast, caller: clients.Caller) -> None:
        hidden = f"/agency/resumes/{resume_of(cast.people['wu']).id}"
        for path in ("", "/content"):
            one, none = caller.get(f"{hidden}{path}"), caller.get(f"/agency/resumes/{new_id()}{path}")
            assert (one.status_code, one.json()["detail"]) == (404, none.json()["detail"])
