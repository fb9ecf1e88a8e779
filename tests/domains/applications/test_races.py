"""Concurrent actions on one application, on real connections: exactly one succeeds and the others are refused."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions
from jiuye.domains.applications.models import Application, ApplicationEvent, InterviewInvitation, ResumeSnapshot
from jiuye.domains.resumes.actions.blocks import block
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories.applications import STEPS, apply, ask_for_another_time, in_state, standing_invitation
from tests.factories.cast import Cast, assemble
from tests.factories.races import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def test_a_double_click_is_one_application_and_both_clicks_are_told_its_id(cast: Cast) -> None:
    results = at_once(*[lambda: apply(cast.lin, cast.posting, key="same")] * 6)
    assert len(set(results)) == 1
    assert Application.objects.get().id == results[0]
    assert (ResumeSnapshot.objects.count(), ApplicationEvent.objects.count()) == (1, 1)
    assert EventRecord.objects.filter(name="ApplicationAdvanced").count() == 1


def test_a_double_click_on_unblock_and_apply_unblocks_once(cast: Cast) -> None:
    block(cast.lin, kind="agency", organisation_id=cast.agency.id)
    results = at_once(*[lambda: apply(cast.lin, cast.posting, key="same", unblock=True)] * 6)
    assert set(results) == {Application.objects.get().id}
    assert AuditEntry.objects.filter(action="resume.unblock").count() == 1


def test_two_windows_with_their_own_keys_make_one_application_and_one_clear_refusal(cast: Cast) -> None:
    results = at_once(*[lambda: apply(cast.lin, cast.posting)] * 6)
    assert Application.objects.count() == 1
    assert {one.code for one in refusals(results)} == {"already_applied"}
    assert len(refusals(results)) == 5


def test_two_members_reject_once(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    results = at_once(lambda: STEPS["reject"](cast.zhou, application), lambda: STEPS["reject"](cast.qian, application))
    (refusal,) = refusals(results)
    assert "“不合适”" in refusal.message
    assert ApplicationEvent.objects.filter(application_id=application, verb="reject").count() == 1


def test_one_member_invites_while_another_rejects(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    at_once(lambda: STEPS["invite"](cast.zhou, application), lambda: STEPS["reject"](cast.qian, application))
    verbs = list(
        ApplicationEvent.objects.filter(application_id=application).order_by("id").values_list("verb", flat=True)
    )
    # Rejecting after the invitation is allowed; inviting after the rejection is not.
    assert verbs in (["submit", "view", "reject"], ["submit", "view", "invite", "reject"])
    standing = InterviewInvitation.objects.filter(application_id=application, state__in=["pending", "accepted"])
    assert not standing.exists()


def test_both_results_of_one_interview_cannot_stand(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    results = at_once(
        lambda: STEPS["pass_interview"](cast.zhou, application),
        lambda: STEPS["fail_interview"](cast.qian, application),
    )
    assert len(refusals(results)) == 1
    invitation = InterviewInvitation.objects.get(application_id=application)
    state = Application.objects.get(pk=application).state
    assert (state, invitation.result) in (("interview_passed", "passed"), ("interview_failed", "failed"))


def test_a_withdrawal_and_a_passed_interview_cannot_both_happen(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    results = at_once(
        lambda: STEPS["withdraw"](cast.lin, application), lambda: STEPS["pass_interview"](cast.zhou, application)
    )
    (refusal,) = refusals(results)
    assert refusal.code == "state_not_allowed"
    assert Application.objects.get(pk=application).state in ("withdrawn", "interview_passed")


def test_a_withdrawal_beside_an_invitation_leaves_no_interview_standing(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    results = at_once(lambda: STEPS["withdraw"](cast.lin, application), lambda: STEPS["invite"](cast.zhou, application))
    assert Application.objects.get(pk=application).state == "withdrawn"
    assert not InterviewInvitation.objects.filter(application_id=application, state="pending").exists()
    for refusal in refusals(results):
        assert "“已撤回”" in refusal.message


def test_an_answer_beside_a_new_date_never_answers_the_new_date(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    seen = standing_invitation(application)  # what is on the seeker's screen before either acts
    at_once(
        lambda: actions.answer_interview(cast.lin, application_id=application, invitation_id=seen, accept=True),
        lambda: STEPS["invite"](cast.zhou, application),
    )
    latest = InterviewInvitation.objects.filter(application_id=application).latest("created_at")
    assert (latest.state, Application.objects.get(pk=application).state) == ("pending", "interview_invited")


def test_two_looks_at_once_are_one_step_and_two_log_entries(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    assert not refusals(
        at_once(lambda: STEPS["view"](cast.zhou, application), lambda: STEPS["view"](cast.shen, application))
    )
    assert ApplicationEvent.objects.filter(application_id=application, verb="view").count() == 1


def test_a_double_click_asks_for_another_time_once(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    results = at_once(*[lambda: ask_for_another_time(cast, application)] * 4)
    assert len(refusals(results)) == 3
    assert ApplicationEvent.objects.filter(application_id=application, verb="ask_for_another_time").count() == 1


def test_a_wish_beside_a_new_date_never_stands_on_a_superseded_invitation(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    at_once(lambda: ask_for_another_time(cast, application), lambda: STEPS["invite"](cast.zhou, application))
    latest = InterviewInvitation.objects.filter(application_id=application).order_by("-created_at", "-id")[0]
    assert latest.state == "pending"
    assert (latest.asked_at is None) or ApplicationEvent.objects.filter(verb="ask_for_another_time").count() == 1


def test_a_double_click_reminds_the_agency_once(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    long_ago = clock.now() - timedelta(days=9)
    Application.objects.update(state_changed_at=long_ago, respond_by=long_ago)
    results = at_once(*[lambda: actions.nudge(cast.lin, application_id=application)] * 4)
    assert {one.code for one in refusals(results)} == {"nudged"}
    assert ApplicationEvent.objects.filter(application_id=application, verb="nudge").count() == 1


def test_both_answers_about_the_first_day_cannot_stand(cast: Cast) -> None:
    application = in_state(cast, "onboarded")
    results = at_once(
        *[
            lambda came=came: actions.confirm_outcome(cast.lin, application_id=application, onboarded=came)
            for came in (True, False)
        ]
    )
    assert len(refusals(results)) == 1
    assert ApplicationEvent.objects.filter(application_id=application, verb__startswith="confirm_").count() == 1
