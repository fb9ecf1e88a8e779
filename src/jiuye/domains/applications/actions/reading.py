"""Opening a resume: a read that leaves a trace for its owner."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.actions.advancing import advance, lock
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def open_resume(actor: Actor, *, application_id: UUID) -> None:
    """Somebody of the agency opens the resume: logged for its owner; the first time also moves the application on.

    Members who may only read do this too: the seeker hears of whoever looks. Looking gives the agency no more time than
    it had. Raises `Refused` when the applicant has withdrawn, `NotFound` for anybody but the agency's members.
    """
    application, party = lock(actor, application_id, to_write=False)
    if party != "agency":
        raise NotFound
    if application.state == "withdrawn":
        raise Refused("求职者已撤回这次投递，简历不再提供查看。", code="withdrawn")
    if application.state == "submitted":
        advance(actor, application, party, "view", respond_by=application.respond_by)
    resumes.record_access(
        actor,
        owner_id=application.applicant_id,
        organisation_name=organisations.organisation_name("agency", application.agency_id),
        kind=AccessKind.VIEW,
        purpose=f"处理“{application.title}”的投递",
        posting_id=application.posting_id,
        application_id=application.id,
    )
