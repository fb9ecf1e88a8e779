"""After the first day at work: the seeker's own confirmation, retention, and disputes between both sides."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import lock, remark
from jiuye.domains.applications.actions.validation import tidy_note
from jiuye.domains.applications.models import OnboardingNotice, RetentionAnswer
from jiuye.domains.applications.queries.outcomes import retention_due
from jiuye.domains.applications.states import Outcome
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused


@transaction.atomic
def confirm_outcome(actor: Actor, *, application_id: UUID, onboarded: bool) -> None:
    """Record whether the seeker says that they started, after the agency has recorded it; once. Raises `Refused`."""
    application, party = lock(actor, application_id)
    remark(actor, application, party, "confirm_onboarded" if onboarded else "confirm_not_onboarded")
    notice = OnboardingNotice.objects.select_for_update().get(application=application)
    if notice.seeker_result:
        raise Refused("您已经确认过了，谢谢。", code="confirmed")
    notice.seeker_result = Outcome.ONBOARDED if onboarded else Outcome.NO_SHOW
    notice.seeker_result_at = clock.now()
    notice.save(update_fields=["seeker_result", "seeker_result_at"])


@transaction.atomic
def answer_retention(actor: Actor, *, application_id: UUID, days: int, is_there: bool) -> None:
    """Record whether the seeker still works there after 30 or 90 days; once each. Raises `Refused`, `NotFound`."""
    application, party = lock(actor, application_id)
    if party != "seeker":
        raise NotFound
    notice = OnboardingNotice.objects.filter(application=application).first()
    answered = set(RetentionAnswer.objects.filter(application=application).values_list("days", flat=True))
    if days in answered:
        raise Refused("您已经回答过了，谢谢。", code="answered")
    if notice is None or retention_due(application, notice, answered, clock.now()) != days:
        raise Refused("现在不需要回答这个问题。", code="not_due")
    RetentionAnswer.objects.create(application=application, days=days, is_there=is_there, answered_at=clock.now())
    audit.record(actor, "application.answer_retention", application.id, days=days, is_there=is_there)


@transaction.atomic
def settle_dispute(actor: Actor, *, application_id: UUID, note: str) -> None:
    """Record how an operator followed up a dispute about the first day; once; audited.

    Raises `Invalid` (note), `Refused` when nothing is open any more, `Denied`.
    """
    policies.may_follow_up(actor)
    note = tidy_note(note, OnboardingNotice, "follow_up_note")
    if not note:
        raise Invalid({"note": "请写明核实了什么、结果怎样。"})
    notice = (
        OnboardingNotice.objects.select_for_update()
        .filter(application_id=application_id, followed_up_at=None)
        .exclude(seeker_result="")
        .exclude(seeker_result=F("result"))
        .first()
    )
    if notice is None:
        raise Refused("这一条已经跟进过了，请刷新页面。", code="settled")
    notice.followed_up_at, notice.follow_up_note = clock.now(), note
    notice.save(update_fields=["followed_up_at", "follow_up_note"])
    audit.record(actor, "application.follow_up", application_id)
