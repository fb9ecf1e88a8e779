"""Outcomes that close: the seeker's own word on the first day at work, and whether they are still there later."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.actions.advancing import lock, remark
from jiuye.domains.applications.models import OnboardingNotice, RetentionAnswer
from jiuye.domains.applications.queries.outcomes import retention_due
from jiuye.domains.applications.states import Outcome
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def confirm_outcome(actor: Actor, *, application_id: UUID, onboarded: bool) -> None:
    """The seeker says whether they came to work, after the agency has said so; once. Raises `Refused`."""
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
    """The seeker says whether they still work there after 30 or 90 days; once each. Raises `Refused`, `NotFound`."""
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
