"""Asking for a check: consent, one open question at a time, and the rules for asking again."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.verification import actions, queries
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused, SignInRequired
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories.accounts import actor, seeker
from tests.factories.verification import answer, asked, id_number, item


def test_a_request_writes_the_consent_the_case_the_event_and_the_job_together(lin: User) -> None:
    case = asked(lin)
    consent = Consent.objects.get()
    assert (case.state, case.consent_id) == ("pending", consent.pk)
    assert consent.kind == "verification"
    assert consent.scope["recipients"] == [{"name": "人力资源社会保障部门"}]
    assert EventRecord.objects.filter(name="VerificationRequested").count() == 1
    assert AuditEntry.objects.filter(action="verification.request", subject_id=str(case.pk)).exists()
    assert ProcrastinateJob.objects.filter(task_name="ask_authority", args={"case_id": str(case.pk)}).exists()


def test_nothing_is_asked_without_consent(lin: User) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.request(actor(lin), items=[item()], name="林小满", id_number=id_number(), has_consented=False)
    assert "consent" in refusal.value.fields
    assert not VerificationCase.objects.exists()
    assert not Consent.objects.exists()


def test_nobody_asks_without_signing_in(db: None) -> None:
    with pytest.raises(SignInRequired):
        actions.request(Actor.anonymous(), items=[item()], name="林", id_number=id_number(), has_consented=True)


def test_several_items_go_under_one_consent(lin: User) -> None:
    actions.request(actor(lin), items=[item(), item()], name="林", id_number=id_number(), has_consented=True)
    assert Consent.objects.count() == 1
    assert VerificationCase.objects.count() == 2


def test_an_open_question_is_not_asked_twice(lin: User) -> None:
    case = asked(lin)
    with pytest.raises(Refused, match="正在核验中"):
        asked(lin, item(case.subject_id))
    assert VerificationCase.objects.count() == 1


@pytest.mark.parametrize("outcome", ["mismatched", "no_record"])
def test_the_same_text_is_asked_about_again_after_a_day(lin: User, outcome: str) -> None:
    case = asked(lin)
    actions.record_answer(Actor.system(), answer=answer(case, outcome))
    with pytest.raises(Refused, match="修改内容后可以马上再核验"):
        asked(lin, item(case.subject_id))
    with clock.frozen(clock.now() + timedelta(hours=24, minutes=1)):
        again = asked(lin, item(case.subject_id))
    case.refresh_from_db()
    assert case.superseded_at is not None
    assert queries.states_for([case.subject_id])[case.subject_id].state == "pending"
    assert again.state == "pending"


def test_an_edited_item_is_asked_about_at_once(lin: User) -> None:
    case = asked(lin)
    actions.record_answer(Actor.system(), answer=answer(case, "mismatched"))
    actions.reset(actor(lin), subject_ids=[case.subject_id])
    assert asked(lin, item(case.subject_id)).state == "pending"


def test_what_is_verified_is_checked_again_only_a_month_before_it_runs_out(lin: User) -> None:
    case = asked(lin)
    actions.record_answer(Actor.system(), answer=answer(case))
    case.refresh_from_db()
    assert case.expires_at is not None
    with clock.frozen(case.expires_at - timedelta(days=31)), pytest.raises(Refused, match="起可以重新核验"):
        asked(lin, item(case.subject_id))
    with clock.frozen(case.expires_at - timedelta(days=29)):
        assert asked(lin, item(case.subject_id)).state == "pending"


def test_one_item_is_asked_about_three_times_a_day(lin: User) -> None:
    subject = new_id()
    for _ in range(3):
        asked(lin, item(subject))
        actions.reset(actor(lin), subject_ids=[subject])
    with pytest.raises(Refused, match="最多核验 3 次"):
        asked(lin, item(subject))
    with clock.frozen(clock.now() + timedelta(hours=24, minutes=1)):
        assert asked(lin, item(subject))


def test_one_person_asks_twenty_times_a_day(lin: User) -> None:
    for _ in range(20):
        asked(lin)
    with pytest.raises(Refused, match="还可以核验 0 项"):
        asked(lin)
    assert VerificationCase.objects.count() == 20
    assert asked(seeker("周远"))


def test_a_refused_request_leaves_nothing_of_its_other_items(lin: User) -> None:
    case = asked(lin)
    with pytest.raises(Refused):
        actions.request(
            actor(lin),
            items=[item(), item(case.subject_id)],
            name="林",
            id_number=id_number(),
            has_consented=True,
        )
    assert VerificationCase.objects.count() == 1
    assert Consent.objects.count() == 1


def test_only_the_owner_resets_their_items(lin: User) -> None:
    case = asked(lin)
    assert actions.reset(actor(seeker("周远")), subject_ids=[case.subject_id]) == 0
    case.refresh_from_db()
    assert case.superseded_at is None


def test_may_ask_leaves_out_what_is_under_way(lin: User) -> None:
    case, fresh = asked(lin), new_id()
    assert queries.may_ask(actor(lin), [case.subject_id, fresh]) == [fresh]
