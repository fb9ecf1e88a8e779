"""Applications to an employer's jobs, as the employer may read them: through affiliated agencies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db.models import QuerySet

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import APPLICATION_LABELS
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.visibility import Sight
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class EmployerApplication:
    """One application on the employer's pages."""

    id: UUID
    posting_id: UUID
    title: str
    agency_name: str
    agency_phone: str
    applicant_name: str
    state: str
    state_label: str
    submitted_at: datetime

    @property
    def may_open(self) -> bool:
        """Whether the resume can be read: not after the applicant withdrew."""
        return self.state != "withdrawn"


def own_applications(actor: Actor) -> QuerySet[Application]:
    """Return the applications that the actor's employer may see: to its jobs, where `organisations.visibility` allows it.

    Applications of people who block the employer (屏蔽) are left out as if they did not exist. One query to build.
    """
    if actor.organisation_id is None or not actor.acts_for("employer"):
        return Application.objects.none()
    kept_out = blocks.block_of("employer", actor.organisation_id, user="applicant_id")
    seen = organisations.seen_by_employer(Sight.APPLICATIONS)
    return Application.objects.filter(seen, ~kept_out, employer_id=actor.organisation_id)


def employer_applications(
    actor: Actor, *, posting_id: UUID | None = None, cursor: str = "", size: int = 30
) -> Page[EmployerApplication]:
    """Return the employer's applications, newest first, of one posting or all. Two queries."""
    rows = own_applications(actor).select_related("agency")
    if posting_id:
        rows = rows.filter(posting_id=posting_id)
    return paginate(rows, ordering=("-submitted_at", "-id"), cursor=cursor, size=size).map(_view)


def employer_application(actor: Actor, application_id: UUID) -> EmployerApplication:
    """Return one of the employer's applications. Raises `NotFound`. Two queries."""
    row = own_applications(actor).select_related("agency").filter(pk=application_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def resume_for_employer(actor: Actor, application_id: UUID) -> resumes.ResumeView:
    """Return the resume that was sent, without contacts. Call `actions.open_resume_for_employer` first.

    Raises `NotFound`, also after the applicant withdrew. Three queries.
    """
    row = own_applications(actor).select_related("snapshot", "consent").filter(pk=application_id).first()
    if row is None or policies.is_closed_to_receivers(row):
        raise NotFound
    if not row.snapshot.content:
        raise NotFound("求职者已注销账号，简历已按规定删除。")
    view = resumes.view_of_snapshot(orjson.loads(row.snapshot.content), masked=False)
    return resumes.mask(resumes.as_of_now(view, row.applicant_id))


def _view(row: Application) -> EmployerApplication:
    return EmployerApplication(
        id=row.id,
        posting_id=row.posting_id,
        title=row.title,
        agency_name=row.agency.legal_name,
        agency_phone=row.agency.phone,
        applicant_name=row.applicant_name,
        state=row.state,
        state_label=APPLICATION_LABELS[row.state],
        submitted_at=row.submitted_at,
    )
