"""Opening a resume by an employer: a read that is logged for the resume's owner."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def open_resume_for_employer(actor: Actor, *, application_id: UUID) -> None:
    """Log that the employer opened the resume. The application's state does not change: answering is up to the agency.

    Raises `Refused` when the applicant has withdrawn, `NotFound` for applications outside `own_applications`.
    """
    application = own_applications(actor).select_for_update(of=("self",)).filter(pk=application_id).first()
    if application is None:
        raise NotFound
    if policies.is_closed_to_receivers(application):
        raise Refused("求职者已撤回这次投递，简历不再提供查看。", code="withdrawn")
    resumes.record_access(
        actor,
        owner_id=application.applicant_id,
        organisation_name=organisations.organisation_name("employer", application.employer_id),
        kind=AccessKind.VIEW,
        purpose=f"了解“{application.title}”的投递",
        posting_id=application.posting_id,
        application_id=application.id,
    )
