"""A copy of one's data: complete, readable, only for its owner, deleted after seven days."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from jiuye.domains.accounts.models import User
from jiuye.domains.feedback.models import FeedbackMessage
from jiuye.kernel import clock
from jiuye.kernel.errors import ConfirmationRequired, NotFound, RateLimited
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from jiuye.notifications.models import Notification
from jiuye.privacy import actions
from jiuye.privacy.kinds import KINDS
from jiuye.privacy.models import DataExport
from tests.factories import accounts, applications, verification
from tests.factories import feedback as feedbacks
from tests.factories.cast import Cast, assemble
from tests.factories.privacy import confirmed, export, opened, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def lin(cast: Cast) -> User:
    return cast.people["lin"]


def test_the_copy_holds_a_file_for_every_kind_and_an_explanation(lin: User) -> None:
    found = taken(lin)
    assert {f"{kind.name}.json" for kind in KINDS} <= found.keys()
    explanation = found["README.txt"].decode()
    assert "简历：工作经历" in explanation
    assert all(f"{kind.name}.json" in explanation for kind in KINDS)


def test_what_is_sealed_is_readable_in_it(lin: User) -> None:
    known = verification.real_name(lin)
    found = taken(lin)
    (account,) = found["account.json"]
    assert (account["phone"], account["name"]) == (lin.phone, lin.name)
    assert found["real_name.json"][0]["id_number"] == known.id_number
    assert found["resume_certificates.json"][0]["number"] == "T510107880501"


def test_the_resume_and_what_was_sent_of_it_are_whole(cast: Cast, lin: User) -> None:
    applications.in_state(cast, "interview_accepted")
    found = taken(lin)
    assert found["resume_employment.json"][0]["employer_name"] == "蓉江机械制造有限公司"
    assert found["resume_intentions.json"][0]["region_name"]
    (sent,) = found["sent_resumes.json"]
    assert sent["content"]["name"] == "林小满"


def test_an_application_comes_with_its_history_its_interview_and_who_read_it(cast: Cast, lin: User) -> None:
    applications.in_state(cast, "interview_accepted")
    found = taken(lin)
    (application,) = found["applications.json"]
    assert (application["state"], application["state_label"]) == ("interview_accepted", "已接受面试")
    assert application["agency_name"] == "蓉江人力资源有限公司"
    assert [step["verb"] for step in found["application_timeline.json"]][:2] == ["submit", "view"]
    assert found["interviews.json"][0]["place"] == "示范路1号2楼"
    assert found["resume_accesses.json"][0]["organisation_name"]
    assert found["consents.json"][0]["scope"]["recipients"]


def test_times_are_those_of_china(lin: User) -> None:
    (account,) = taken(lin)["account.json"]
    assert account["created_at"].endswith("+08:00")


def test_nothing_of_anybody_else_is_in_it(cast: Cast, lin: User) -> None:
    applications.apply(cast.wu, cast.posting)
    wu = cast.people["wu"]
    found = opened(actions.download(confirmed(lin), export_id=export(lin)))
    text = str(found)
    assert wu.phone not in text
    assert str(wu.pk) not in text
    assert str(cast.people["zhou"].pk) not in text


def test_the_notes_of_the_desk_among_themselves_stay_there(lin: User) -> None:
    sent = feedbacks.sent(accounts.actor(lin))
    row = feedbacks.row(sent.number)
    for kind, text in (("note", "内部备注"), ("answer", "给您的答复")):
        FeedbackMessage.objects.create(feedback=row, kind=kind, text=text, created_at=clock.now())
    assert [one["text"] for one in taken(lin)["feedback_messages.json"]] == ["给您的答复"]


def test_files_that_the_person_sent_are_in_it(lin: User, own_files: Path) -> None:
    import io

    feedbacks.sent(accounts.actor(lin), files=[("截图.png", io.BytesIO(feedbacks.picture()))])
    found = taken(lin)
    (name,) = [one for one in found if one.startswith("files/")]
    assert len(found[name]) > 50


def test_the_owner_is_told_when_it_is_ready(lin: User) -> None:
    export(lin)
    message = Notification.objects.get(user=lin, kind="export_ready")
    assert message.link == "/me/privacy/export"


def test_it_lies_sealed_in_the_storage(lin: User, own_files: Path) -> None:
    row = DataExport.objects.get(pk=export(lin))
    with default_storage.open(row.key) as kept:
        lying = kept.read()
    assert not lying.startswith(b"PK")
    assert b"account.json" not in lying


def test_asking_and_taking_need_a_fresh_proof_of_who_one_is(lin: User) -> None:
    with pytest.raises(ConfirmationRequired):
        actions.request_export(accounts.actor(lin))
    ready = export(lin)
    with pytest.raises(ConfirmationRequired):
        actions.download(accounts.actor(lin), export_id=ready)


def test_nobody_else_can_take_it(cast: Cast, lin: User) -> None:
    ready = export(lin)
    for who, which in ((cast.people["wu"], ready), (lin, new_id())):
        with pytest.raises(NotFound):
            actions.download(confirmed(who), export_id=which)


def test_one_is_prepared_at_a_time(lin: User) -> None:
    first = actions.request_export(confirmed(lin))
    assert actions.request_export(confirmed(lin)) == first
    assert DataExport.objects.count() == 1


def test_two_a_day_are_made_and_no_more(lin: User) -> None:
    with clock.frozen(clock.now()):
        export(lin)
        export(lin)
        with pytest.raises(RateLimited):
            actions.request_export(confirmed(lin))


def test_preparing_it_twice_makes_it_once(lin: User) -> None:
    ready = export(lin)
    before = DataExport.objects.get(pk=ready)
    actions.prepare(ready)
    assert DataExport.objects.get(pk=ready).key == before.key
    assert Notification.objects.filter(user=lin, kind="export_ready").count() == 1


def test_asking_and_taking_are_audited(lin: User) -> None:
    ready = export(lin)
    actions.download(confirmed(lin), export_id=ready)
    done = AuditEntry.objects.filter(subject_id=str(ready)).order_by("id").values_list("action", flat=True)
    assert list(done) == ["export.request", "export.ready", "export.download"]


def test_after_seven_days_the_file_and_its_row_are_gone(
    lin: User, own_files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ready = export(lin)
    key = DataExport.objects.get(pk=ready).key
    with clock.frozen(clock.now() + timedelta(days=6, hours=23)):
        assert actions.sweep() == 0
        assert actions.download(confirmed(lin), export_id=ready)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(NotFound):
            actions.download(confirmed(lin), export_id=ready)
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.sweep() == 1
    assert not default_storage.exists(key)
    assert not DataExport.objects.exists()


def test_one_that_nothing_came_of_is_given_up_and_may_be_asked_for_again(lin: User) -> None:
    stuck = actions.request_export(confirmed(lin))
    with clock.frozen(clock.now() + timedelta(hours=2)):
        actions.sweep()
        assert DataExport.objects.get(pk=stuck).state == "failed"
        assert actions.request_export(confirmed(lin)) != stuck


def test_one_in_the_format_of_an_earlier_version_has_to_be_requested_again(lin: User, own_files: Path) -> None:
    ready = export(lin)
    default_storage.save("exports/earlier.sealed", ContentFile(b"dev:aes-256-gcm:AAAA"))
    DataExport.objects.filter(pk=ready).update(key="exports/earlier.sealed")
    with pytest.raises(NotFound, match="重新申请"):
        actions.download(confirmed(lin), export_id=ready)


def test_all_copies_of_a_person_can_be_forgotten_at_once(
    lin: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    key = DataExport.objects.get(pk=export(lin)).key
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_exports(confirmed(lin), person_id=lin.pk) == 1
    assert not default_storage.exists(key)
