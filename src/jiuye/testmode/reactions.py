"""What the seekers and the operators of test data do by themselves. They use the normal actions, so that events, timelines,
webhooks and the change feed are those of live data."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions as applications
from jiuye.domains.applications.events import ApplicationAdvanced, InvitedToApply
from jiuye.domains.applications.models import InterviewInvitation
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ProductError
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from jiuye.testmode.values import APPROVED_CODE, BY_PHONE, REJECTED_CODE, REJECTION, Habit

_INVITED = frozenset({"invite", "reschedule"})


def answer_as_seeker(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Handler: have a seeker of test data do what it always does. An application that has moved on meanwhile stays as it is."""
    if not worlds.is_test() or event.party != "agency":
        return
    react = _REACTIONS.get(_habit_of(event.applicant_id))
    if react:
        with suppress(ProductError):
            react(Actor(person_id=event.applicant_id), event.application_id, event.verb)


def answer_invitation_to_apply(event: InvitedToApply, delivered: Delivered) -> None:
    """Handler: have a seeker of test data apply, or decline, when an agency that found the resume asks for it."""
    if not worlds.is_test():
        return
    habit, actor = _habit_of(event.user_id), Actor(person_id=event.user_id)
    with suppress(ProductError):
        if habit == Habit.ACCEPTS:
            apply(actor, event.posting_id)
        elif habit == Habit.DECLINES:
            applications.decline_invitation(actor, invitation_id=event.invitation_id)


def decide_as_operator(event: PostingsChanged, delivered: Delivered) -> None:
    """Handler: approve or reject postings of test data that are held for review, as their numbers say."""
    if not worlds.is_test() or event.verb != "hold":
        return
    held = JobPosting.objects.filter(pk__in=event.posting_ids, state="under_review").order_by("id")
    for posting_id, code in held.values_list("id", "external_code"):
        with suppress(ProductError):
            if code.startswith(APPROVED_CODE):
                jobs.approve_posting(operator(), posting_id=posting_id)
            elif code.startswith(REJECTED_CODE):
                jobs.reject_posting(operator(), posting_id=posting_id, reason=REJECTION)


def apply(seeker: Actor, job_id: UUID) -> UUID:
    """Have a seeker apply to a posting and consent to all receivers. Return the application's id. Raises as `applications.submit`."""
    parties = JobPosting.objects.filter(pk=job_id).values_list("agency_id", "employer_id").first()
    receivers = [one for one in parties or () if one]
    return applications.submit(seeker, posting_id=job_id, idempotency_key=new_id().hex, consented_to=receivers)


def _habit_of(person_id: UUID) -> Habit:
    phone = User.objects.filter(pk=person_id, erased_at=None).values_list("phone", flat=True).first()
    seeker = BY_PHONE.get(phone or "")
    return seeker.habit if seeker else Habit.SILENT


def operator() -> Actor:
    """Return the operator of test data: nobody in particular."""
    return Actor(organisation_id=new_id(), organisation_kind="platform", role="auditor")


def _accept(actor: Actor, application_id: UUID, verb: str) -> None:
    _answer(actor, application_id, verb, accept=True)


def _decline(actor: Actor, application_id: UUID, verb: str) -> None:
    _answer(actor, application_id, verb, accept=False)


def _answer(actor: Actor, application_id: UUID, verb: str, *, accept: bool) -> None:
    if verb in _INVITED:
        answer_invitation(actor, application_id, accept=accept)
    elif verb == "notify_onboarding":
        applications.answer_onboarding(actor, application_id=application_id, accept=accept)


def _withdraw(actor: Actor, application_id: UUID, verb: str) -> None:
    if verb == "view":
        applications.withdraw(actor, application_id=application_id)


def _reschedule(actor: Actor, application_id: UUID, verb: str) -> None:
    if verb == "invite":
        invitation_id = standing_invitation(application_id)
        applications.ask_for_another_time(
            actor, application_id=application_id, invitation_id=invitation_id, reason="（测试）当天已有安排"
        )
    else:
        _accept(actor, application_id, verb)


def answer_invitation(actor: Actor, application_id: UUID, *, accept: bool) -> None:
    """Answer the invitation that stands. Raises as `applications.answer_interview`."""
    applications.answer_interview(
        actor, application_id=application_id, invitation_id=standing_invitation(application_id), accept=accept
    )


def standing_invitation(application_id: UUID) -> UUID:
    """Return the id of the invitation that stands; an unknown one if there is none, so that the action says so."""
    rows = InterviewInvitation.objects.filter(application_id=application_id, state__in=["pending", "accepted"])
    return rows.order_by("-created_at", "-id").values_list("id", flat=True).first() or new_id()


_REACTIONS: dict[Habit, Callable[[Actor, UUID, str], None]] = {
    Habit.ACCEPTS: _accept,
    Habit.DECLINES: _decline,
    Habit.WITHDRAWS: _withdraw,
    Habit.RESCHEDULES: _reschedule,
}
