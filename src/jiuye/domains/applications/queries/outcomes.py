"""After the first day at work: retention questions and disputes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from jiuye.domains.applications.models import Application, OnboardingNotice
from jiuye.domains.applications.policies import RETENTION_DAYS, may_follow_up
from jiuye.domains.applications.states import Outcome
from jiuye.kernel.actor import Actor
from jiuye.kernel.identifiers import mask_name
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class Dispute:
    """An application about which agency and seeker report different outcomes; the seeker's name is masked."""

    application_id: UUID
    title: str
    agency_name: str
    agency_phone: str
    employer_name: str
    applicant: str
    agency_says: str
    seeker_says: str
    said_at: datetime


def retention_due(
    application: Application, notice: OnboardingNotice, answered: Collection[int], moment: datetime
) -> int | None:
    """Return the days at work (30 or 90) about which the seeker is asked now; None for no question."""
    if application.state != "onboarded" or notice.seeker_result == "no_show":
        return None
    passed = [days for days in RETENTION_DAYS if moment >= notice.report_at + timedelta(days=days)]
    return passed[-1] if passed and passed[-1] not in answered else None


def disputes(actor: Actor, *, cursor: str = "", size: int = 30) -> Page[Dispute]:
    """Return the disputes for operators, longest waiting first. Raises `Denied` for others. One query."""
    may_follow_up(actor)
    rows = (
        OnboardingNotice.objects.filter(followed_up_at=None)
        .exclude(seeker_result="")
        .exclude(seeker_result=F("result"))
        .select_related("application__agency", "application__employer")
    )
    return paginate(rows, ordering=("seeker_result_at", "id"), cursor=cursor, size=size).map(_dispute)


def _dispute(row: OnboardingNotice) -> Dispute:
    application = row.application
    return Dispute(
        application_id=application.id,
        title=application.title,
        agency_name=application.agency.legal_name,
        agency_phone=application.agency.phone,
        employer_name=application.employer.legal_name,
        applicant=mask_name(application.applicant_name) or "求职者",
        agency_says=str(Outcome(row.result).label),
        seeker_says=str(Outcome(row.seeker_result).label),
        said_at=row.seeker_result_at or row.created_at,
    )
