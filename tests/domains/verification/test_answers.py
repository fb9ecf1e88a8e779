"""Answers: by callback or fetched, once or twice, in time or late."""

from datetime import timedelta

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.verification import actions, queries
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.ports.authority import AuthorityRejected, AuthorityUnavailable, CheckAnswer
from tests.factories.accounts import actor
from tests.factories.verification import Office, answer, asked, id_number

SYSTEM = Actor.system()


def events_named(name: str) -> int:
    return EventRecord.objects.filter(name=name).count()


def test_a_confirmed_item_says_by_which_records_when_and_until_when(lin: User) -> None:
    case = asked(lin)
    assert actions.record_answer(SYSTEM, answer=answer(case))
    state = queries.states_for([case.subject_id])[case.subject_id]
    assert (state.state, state.label, state.source) == ("verified", "已核验", "社会保险参保记录")
    assert state.answered_at is not None
    assert state.expires_at == state.answered_at + timedelta(days=365)


def test_a_mismatch_tells_only_the_owner_what_differs(lin: User) -> None:
    case = asked(lin)
    actions.record_answer(SYSTEM, answer=answer(case, "mismatched", ("end", "2024-03", "2023-11")))
    theirs = queries.states_for([case.subject_id])[case.subject_id]
    mine = queries.states_for([case.subject_id], for_owner=True)[case.subject_id]
    assert (theirs.state, theirs.differences) == ("mismatched", ())
    assert [(gap.name, gap.stated, gap.recorded) for gap in mine.differences] == [("end", "2024-03", "2023-11")]


def test_the_same_answer_twice_changes_nothing(lin: User) -> None:
    case = asked(lin)
    assert actions.record_answer(SYSTEM, answer=answer(case))
    assert not actions.record_answer(SYSTEM, answer=answer(case, "no_record"))
    case.refresh_from_db()
    assert case.state == "verified"
    assert events_named("VerificationAnswered") == 1


def test_an_answer_to_what_was_edited_since_changes_nothing(lin: User) -> None:
    case = asked(lin)
    actions.reset(actor(lin), subject_ids=[case.subject_id])
    assert not actions.record_answer(SYSTEM, answer=answer(case))
    assert queries.states_for([case.subject_id]) == {}
    assert events_named("VerificationAnswered") == 0


@pytest.mark.parametrize("identifier", ["0198c0de-0000-7000-8000-000000000001", "not-ours"])
def test_an_answer_to_a_question_nobody_asked_changes_nothing(db: None, identifier: str) -> None:
    assert not actions.record_answer(SYSTEM, answer=CheckAnswer(identifier, "verified", "", ""))


def test_the_id_number_is_kept_only_while_the_question_is_open(lin: User) -> None:
    answered, edited = asked(lin), asked(lin)
    assert id_number() in answered.person
    actions.record_answer(SYSTEM, answer=answer(answered))
    actions.reset(actor(lin), subject_ids=[edited.subject_id])
    assert set(VerificationCase.objects.values_list("person", flat=True)) == {""}


def test_a_confirmation_runs_out(lin: User) -> None:
    case = asked(lin)
    actions.record_answer(SYSTEM, answer=answer(case))
    with clock.frozen(clock.now() + timedelta(days=366)):
        state = queries.states_for([case.subject_id])[case.subject_id]
    assert (state.state, state.label, state.counts) == ("expired", "核验已过期", False)


def test_an_answer_from_the_future_counts_from_now(lin: User) -> None:
    case = asked(lin)
    ahead = clock.now() + timedelta(days=3000)
    actions.record_answer(SYSTEM, answer=CheckAnswer(str(case.pk), "verified", "", ahead.isoformat()))
    case.refresh_from_db()
    assert case.answered_at is not None
    assert case.answered_at <= clock.now()


def test_a_question_is_handed_over_once(lin: User, office: Office) -> None:
    case = asked(lin)
    for _ in range(2):
        actions.ask_authority(SYSTEM, case_id=case.pk)
    [question] = office.asked
    assert (question.id, question.kind, question.name) == (str(case.pk), "employment", "林小满")
    assert question.claims == {"employer": "蓉江机械制造有限公司", "start": "2018-07", "end": "2024-03"}


def test_while_the_authority_is_down_the_question_stays_open(lin: User, office: Office) -> None:
    case = asked(lin)
    office.trouble = AuthorityUnavailable("down")
    with pytest.raises(AuthorityUnavailable):
        actions.ask_authority(SYSTEM, case_id=case.pk)
    state = queries.states_for([case.subject_id], for_owner=True)[case.subject_id]
    assert (state.state, state.is_late) == ("pending", True)
    office.trouble = None
    actions.ask_authority(SYSTEM, case_id=case.pk)
    assert len(office.asked) == 1


def test_a_rejected_question_ends_unverified_and_says_so(lin: User, office: Office) -> None:
    case = asked(lin)
    office.trouble = AuthorityRejected("claims.end: not as expected")
    actions.ask_authority(SYSTEM, case_id=case.pk)
    state = queries.states_for([case.subject_id], for_owner=True)[case.subject_id]
    assert state.state == "unverified"
    assert "没有受理" in state.explanation
    assert asked(lin).state == "pending"


def test_an_edited_question_is_not_handed_over(lin: User, office: Office) -> None:
    case = asked(lin)
    actions.reset(actor(lin), subject_ids=[case.subject_id])
    actions.ask_authority(SYSTEM, case_id=case.pk)
    assert office.asked == []


def test_what_no_callback_brought_is_fetched(lin: User, office: Office) -> None:
    case, other = asked(lin), asked(lin)
    for one in (case, other):
        actions.ask_authority(SYSTEM, case_id=one.pk)
    office.answers[str(case.pk)] = answer(case, "no_record")
    assert actions.fetch_answers(SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        assert actions.fetch_answers(SYSTEM) == 1
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, other.state) == ("no_record", "pending")
    assert other.polled_at is not None


def test_fetching_stops_quietly_while_the_authority_is_down(lin: User, office: Office) -> None:
    case = asked(lin)
    actions.ask_authority(SYSTEM, case_id=case.pk)
    office.trouble = AuthorityUnavailable("down")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert actions.fetch_answers(SYSTEM) == 0
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_question_the_authority_lost_is_handed_over_again(lin: User, office: Office) -> None:
    case = asked(lin)
    actions.ask_authority(SYSTEM, case_id=case.pk)
    office.trouble = AuthorityRejected("unknown request")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        actions.fetch_answers(SYSTEM)
    office.trouble = None
    actions.ask_authority(SYSTEM, case_id=case.pk)
    assert [question.id for question in office.asked] == [str(case.pk)] * 2


def test_after_a_week_without_an_answer_the_check_ends_with_an_explanation(lin: User, office: Office) -> None:
    case = asked(lin)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        actions.fetch_answers(SYSTEM)
        state = queries.states_for([case.subject_id], for_owner=True)[case.subject_id]
        assert asked(lin).state == "pending"
    assert (state.state, state.again) == ("unverified", "")
    assert "7 天" in state.explanation
    assert events_named("VerificationAnswered") == 1


def test_what_was_found_about_a_text_still_holds_for_it_after_an_edit(lin: User) -> None:
    case = asked(lin)
    actions.record_answer(SYSTEM, answer=answer(case))
    text = {"employer": "蓉江机械制造有限公司", "start": "2018-07", "end": "2024-03"}
    actions.reset(actor(lin), subject_ids=[case.subject_id])
    assert queries.of_texts(lin.pk, {case.subject_id: text})[case.subject_id].counts
    assert queries.of_texts(lin.pk, {case.subject_id: {**text, "end": "2025-01"}}) == {}
