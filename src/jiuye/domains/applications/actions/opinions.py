"""An employer's opinion on an applicant, for the agency that handles the application."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.validation import tidy_note
from jiuye.domains.applications.events import OpinionGiven
from jiuye.domains.applications.models import EmployerOpinion
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.applications.states import Verdict
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound


@transaction.atomic
def give_opinion(actor: Actor, *, application_id: UUID, verdict: Verdict, note: str = "") -> None:
    """Add the employer's opinion; the latest counts, earlier ones stay readable. The agency sees it at once, the applicant does not.

    Raises `Invalid` (note: a remark needs one), `Refused` after the applicant withdrew, `Denied` for read-only
    members, `NotFound` for applications outside `own_applications`.
    """
    application = own_applications(actor).select_for_update(of=("self",)).filter(pk=application_id).first()
    if application is None:
        raise NotFound
    policies.may_judge(actor)
    if policies.is_closed_to_receivers(application):
        raise policies.ConsentWithdrawn("求职者已撤回这次投递，不再需要意见。")
    note = tidy_note(note, EmployerOpinion, "note")
    if verdict == Verdict.REMARK and not note:
        raise Invalid({"note": "请写下备注的内容。"})
    given = EmployerOpinion.objects.create(
        application=application,
        employer_id=application.employer_id,
        verdict=verdict,
        note=note,
        given_by=actor.person,
        given_at=clock.now(),
    )
    events.publish(actor, OpinionGiven(given.id, application.id, application.agency_id, str(verdict)))
    audit.record(actor, "application.give_opinion", application.id, verdict=str(verdict))
