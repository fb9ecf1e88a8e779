"""Files that were sent with an application: as they were then, for those who handle it, logged, as long as it is open to them."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions
from jiuye.domains.applications.actions import downloads
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.models import Attachment, ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import applications
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.portraits import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def cast() -> Cast:
    """Lin's resume carries a file."""
    cast = assemble()
    add(cast.lin, "焊工证.pdf")
    return cast


@pytest.fixture
def application(cast: Cast) -> UUID:
    return applications.in_state(cast, "viewed")


def add(actor: Actor, name: str) -> UUID:
    return resumes.add_attachment(actor, file=io.BytesIO(pdf(name)), name=name)


def file_of(cast: Cast) -> UUID:
    files = Attachment.objects.filter(resume__user=cast.people["lin"])
    return next(one.id for one in files if one.name == "焊工证.pdf")


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def place(application: UUID, file: UUID) -> str:
    return f"/agency/applications/{application}/attachments/{file}"


def take(actor: Actor, application: UUID, file: UUID, **options: Any) -> Any:
    return signed_in(actor).post(place(application, file), **options)


def page_after(actor: Actor, application: UUID, file: UUID) -> str:
    return str(take(actor, application, file, follow=True).content.decode())


def logged() -> list[str]:
    return list(ResumeAccess.objects.filter(kind="download").values_list("purpose", flat=True))


class TestTaking:
    def test_it_is_a_file_and_its_owner_reads_of_it(self, cast: Cast, application: UUID) -> None:
        answer = take(cast.zhou, application, file_of(cast))
        assert answer.content == pdf("焊工证.pdf")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert len(logged()) == 1
        assert "焊工证.pdf" in logged()[0]
        assert "焊工证.pdf" in signed_in(cast.lin).get("/me/resume/accesses").content.decode()

    def test_the_opened_resume_offers_it(self, cast: Cast, application: UUID) -> None:
        opened = signed_in(cast.zhou).post(f"/agency/applications/{application}/resume").content.decode()
        assert place(application, file_of(cast)) in opened

    def test_who_may_only_read_sees_its_name_and_gets_no_file(self, cast: Cast, application: UUID) -> None:
        opened = signed_in(cast.shen).post(f"/agency/applications/{application}/resume").content.decode()
        assert "焊工证.pdf" in opened
        assert place(application, file_of(cast)) not in opened
        assert take(cast.shen, application, file_of(cast)).status_code == 403
        assert logged() == []

    @pytest.mark.parametrize("who", ["ma", "wu", "lin"])
    def test_it_is_nothing_to_others(self, cast: Cast, application: UUID, who: str) -> None:
        assert take(getattr(cast, who), application, file_of(cast)).status_code in {403, 404}
        assert logged() == []

    def test_no_file_of_somebody_else_comes_with_an_application(self, cast: Cast, application: UUID) -> None:
        others = add(cast.wu, "别人的.pdf")
        later = add(cast.lin, "后来的.pdf")
        for file in (others, later):
            assert take(cast.zhou, application, file).status_code == 404
        assert logged() == []

    def test_looking_by_address_does_nothing(self, cast: Cast, application: UUID) -> None:
        assert signed_in(cast.zhou).get(place(application, file_of(cast))).status_code == 405

    @pytest.mark.parametrize(("verb", "said"), [("withdraw", "已撤回"), ("reject", "不合适")])
    def test_not_once_the_application_is_over(self, cast: Cast, application: UUID, verb: str, said: str) -> None:
        actor = cast.lin if verb == "withdraw" else cast.zhou
        applications.STEPS[verb](actor, application)
        assert said in page_after(cast.zhou, application, file_of(cast))
        assert logged() == []

    def test_taking_without_end_is_stopped(
        self, cast: Cast, application: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(vars(downloads.ATTACHMENTS), "most", 1)
        take(cast.zhou, application, file_of(cast))
        assert "每小时最多下载" in page_after(cast.zhou, application, file_of(cast))
        assert len(logged()) == 1


class TestWhatWasSentStays:
    def test_under_the_name_it_had(self, cast: Cast, application: UUID) -> None:
        resumes.rename_attachment(cast.lin, attachment_id=file_of(cast), title="改了名")
        (file,) = [one.id for one in Attachment.objects.all() if one.name == "改了名.pdf"]
        assert "%E7%84%8A%E5%B7%A5%E8%AF%81.pdf" in take(cast.zhou, application, file).headers["Content-Disposition"]

    def test_though_its_owner_removes_it_from_the_resume(self, cast: Cast, application: UUID) -> None:
        file = file_of(cast)
        resumes.remove_attachment(cast.lin, attachment_id=file)
        with clock.frozen(clock.now() + timedelta(hours=1)):
            assert actions.forget_removed_attachments() == 0
        assert take(cast.zhou, application, file).content == pdf("焊工证.pdf")

    def test_the_applicant_sees_what_went_along(self, cast: Cast, application: UUID) -> None:
        resumes.remove_attachment(cast.lin, attachment_id=file_of(cast))
        assert "焊工证.pdf" in signed_in(cast.lin).get(f"/me/applications/{application}/resume").content.decode()

    def test_a_later_application_goes_without_it(self, cast: Cast, application: UUID) -> None:
        file = file_of(cast)
        applications.STEPS["withdraw"](cast.lin, application)
        resumes.remove_attachment(cast.lin, attachment_id=file)
        again = applications.in_state(cast, "viewed")
        assert take(cast.zhou, again, file).status_code == 404


class TestDestroying:
    @pytest.mark.parametrize("verb", ["withdraw", "reject"])
    def test_a_removed_file_goes_with_the_last_application_that_is_open_to_somebody(
        self,
        cast: Cast,
        application: UUID,
        own_files: Path,
        verb: str,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        applications.STEPS[verb](cast.lin if verb == "withdraw" else cast.zhou, application)
        resumes.remove_attachment(cast.lin, attachment_id=file_of(cast))
        assert actions.forget_removed_attachments() == 0  # it can still be brought back
        later = clock.now() + timedelta(minutes=11)
        with clock.frozen(later), django_capture_on_commit_callbacks(execute=True):
            assert actions.forget_removed_attachments() == 1
        assert not Attachment.objects.exists()
        assert [one for one in own_files.rglob("*") if one.is_file()] == []

    def test_what_was_not_removed_stays(self, cast: Cast, application: UUID) -> None:
        applications.STEPS["withdraw"](cast.lin, application)
        with clock.frozen(clock.now() + timedelta(days=400)):
            assert actions.forget_removed_attachments() == 0
        assert Attachment.objects.count() == 1
