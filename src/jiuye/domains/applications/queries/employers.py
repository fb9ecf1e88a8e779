"""Applications to an employer's jobs, as the employer may read them: through affiliated agencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Q, QuerySet

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.queries.opinions import OpinionView, all_opinions, latest_verdict, opinions_of
from jiuye.domains.applications.states import (
    APPLICATION_GROUPS,
    APPLICATION_LABELS,
    InterviewMode,
    InvitationState,
    Verdict,
)
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.visibility import Sight
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

MOST_NAMES_READ = 2000
"""Names are encrypted: a search by name decrypts those of the newest applications within the other filters, at most so many."""

EMPLOYER_SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "newest": ("最近投递", ("-submitted_at", "-id")),
    "oldest": ("最早投递", ("submitted_at", "id")),
    "moved": ("最近有进展", ("-state_changed_at", "-id")),
}


@dataclass(frozen=True)
class EmployerFilter:
    """Filters and order: a group of states, a posting, an agency, a verdict ("none": without one), part of a name, days, a key of
    `EMPLOYER_SORTS`.
    """

    group: str = ""
    posting_id: UUID | None = None
    agency_id: UUID | None = None
    verdict: str = ""
    name: str = ""
    days: int | None = None
    sort: str = "newest"


@dataclass(frozen=True)
class EmployerApplication:
    """One application on the employer's pages; without the name after the applicant withdrew. `verdict` is the latest;
    `opinions` are all of them, only on the page of one application.
    """

    id: UUID
    posting_id: UUID
    title: str
    agency_id: UUID
    agency_name: str
    agency_phone: str
    applicant_name: str
    state: str
    state_label: str
    verdict: str
    verdict_label: str
    submitted_at: datetime
    state_changed_at: datetime
    opinions: Sequence[OpinionView] = ()

    @property
    def may_open(self) -> bool:
        """Whether the resume can be read: not after the applicant withdrew."""
        return self.state != "withdrawn"

    @property
    def may_download(self) -> bool:
        """Whether files can be downloaded: not after the agency has rejected the application either."""
        return policies.may_see_contacts(self.state)


@dataclass(frozen=True)
class EmployerList:
    """A page of the list, and the number of applications in each group (and `all`) within the other filters."""

    page: Page[EmployerApplication]
    counts: Mapping[str, int]


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
    actor: Actor, *, chosen: EmployerFilter | None = None, cursor: str = "", size: int = 30
) -> EmployerList:
    """Return the employer's applications in the order of `chosen.sort`, with the counts. Three queries, four with a name."""
    chosen = chosen or EmployerFilter()
    rows = _filtered(own_applications(actor), chosen)
    by_state = dict(rows.order_by().values_list("state").annotate(number=Count("id")))
    counts = {key: sum(by_state.get(state, 0) for state in states) for key, (_, states) in APPLICATION_GROUPS.items()}
    if chosen.group in APPLICATION_GROUPS:
        rows = rows.filter(state__in=APPLICATION_GROUPS[chosen.group][1])
    rows = rows.select_related("agency").annotate(verdict=latest_verdict())
    page = paginate(rows, ordering=EMPLOYER_SORTS[chosen.sort][1], cursor=cursor, size=size).map(_view)
    return EmployerList(page, {"all": sum(by_state.values()), **counts})


def _filtered(rows: QuerySet[Application], chosen: EmployerFilter) -> QuerySet[Application]:
    if chosen.posting_id:
        rows = rows.filter(posting_id=chosen.posting_id)
    if chosen.agency_id:
        rows = rows.filter(agency_id=chosen.agency_id)
    if chosen.days:
        rows = rows.filter(submitted_at__gte=clock.now() - timedelta(days=chosen.days))
    if chosen.verdict:
        wanted = None if chosen.verdict == "none" else chosen.verdict
        rows = rows.alias(latest=latest_verdict())
        rows = rows.filter(latest=wanted) if wanted else rows.filter(latest__isnull=True)
    if chosen.name:
        rows = rows.filter(pk__in=_named(rows, chosen.name))
    return rows


def _named(rows: QuerySet[Application], name: str) -> list[UUID]:
    found = rows.exclude(state="withdrawn").order_by("-submitted_at", "-id")
    names = found.values_list("id", "applicant_name")[:MOST_NAMES_READ]
    return [pk for pk, full in names if name in full]


def employer_application(actor: Actor, application_id: UUID) -> EmployerApplication:
    """Return one of the employer's applications with all its opinions. Raises `NotFound`. Two queries."""
    rows = own_applications(actor).select_related("agency").annotate(verdict=latest_verdict(), given=all_opinions())
    row = rows.filter(pk=application_id).first()
    if row is None:
        raise NotFound
    return replace(_view(row), opinions=opinions_of(row.given))


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


@dataclass(frozen=True)
class EmployerInterview:
    """An interview of an applicant to the employer's jobs. `state_label`: whether the applicant has accepted."""

    application_id: UUID
    applicant_name: str
    title: str
    agency_name: str
    starts_at: datetime
    mode_label: str
    place: str
    state_label: str
    result_label: str


def employer_interviews(actor: Actor, *, limit: int = 6) -> list[EmployerInterview]:
    """Return the standing interviews from today on, soonest first. Two queries."""
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = _interviews(actor).filter(state__in=["pending", "accepted"], starts_at__gte=midnight)
    return [_interview(row) for row in rows.order_by("starts_at", "id")[:limit]]


def interview_for_employer(actor: Actor, application_id: UUID) -> EmployerInterview | None:
    """Return the last interview of one application that the employer may see, or None. Two queries."""
    row = _interviews(actor).filter(application_id=application_id).order_by("-created_at", "-id").first()
    return _interview(row) if row else None


def _interviews(actor: Actor) -> QuerySet[InterviewInvitation]:
    own = own_applications(actor).exclude(state="withdrawn")
    return InterviewInvitation.objects.filter(application__in=own).select_related("application__agency")


def _interview(row: InterviewInvitation) -> EmployerInterview:
    return EmployerInterview(
        application_id=row.application_id,
        applicant_name=row.application.applicant_name,
        title=row.application.title,
        agency_name=row.application.agency.short_name,
        starts_at=row.starts_at,
        mode_label=InterviewMode(row.mode).label,
        place=row.place,
        state_label=InvitationState(row.state).label,
        result_label={"passed": "通过", "failed": "未通过"}.get(row.result, ""),
    )


@dataclass(frozen=True)
class Totals:
    """Applications through one agency to the employer's jobs, without persons: received, started."""

    received: int
    onboarded: int


def totals_through(actor: Actor, agency_id: UUID) -> Totals | None:
    """Return the totals of an agency for the actor's employer; None where `organisations.visibility` withholds them. One query."""
    if actor.organisation_id is None or not actor.acts_for("employer"):
        return None
    rows = Application.objects.filter(employer_id=actor.organisation_id, agency_id=agency_id)
    seen = rows.filter(organisations.seen_by_employer(Sight.TOTALS))
    counted = seen.aggregate(received=Count("id"), onboarded=Count("id", filter=Q(state="onboarded")))
    return Totals(**counted)


def _view(row: Any) -> EmployerApplication:
    verdict = row.verdict or ""
    return EmployerApplication(
        id=row.id,
        posting_id=row.posting_id,
        title=row.title,
        agency_id=row.agency_id,
        agency_name=row.agency.legal_name,
        agency_phone=row.agency.phone,
        applicant_name="" if row.state == "withdrawn" else row.applicant_name,
        state=row.state,
        state_label=APPLICATION_LABELS[row.state],
        verdict=verdict,
        verdict_label=Verdict(verdict).label if verdict else "",
        submitted_at=row.submitted_at,
        state_changed_at=row.state_changed_at,
    )
