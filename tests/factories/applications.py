"""Applications under way, made as people make them."""

from datetime import timedelta
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions
from jiuye.domains.applications.actions import InterviewDetails
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories.accounts import actor


def submitted(user: User, posting: JobPosting) -> UUID:
    """The person applies, with just enough of a resume."""
    resumes.quick_start(actor(user), name=user.name or "林小满", title="电焊工")
    return actions.submit(
        actor(user),
        posting_id=posting.id,
        idempotency_key=str(new_id()),
        consented_to=[posting.agency_id, posting.employer_id],
    )


def invitation(clerk: Actor, application_id: UUID) -> UUID:
    """The agency opens the resume and invites to an interview in three days."""
    actions.open_resume(clerk, application_id=application_id)
    moment = clock.now()
    return actions.invite_to_interview(
        clerk,
        application_id=application_id,
        details=InterviewDetails(
            mode="onsite",
            starts_at=moment + timedelta(days=3),
            answer_by=moment + timedelta(days=2),
            contact_name="何经办",
            contact_phone="028-00000000",
            place="示范路1号",
        ),
    )
