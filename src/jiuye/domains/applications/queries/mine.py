"""A seeker's own applications."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from jiuye.domains.applications.models import Application
from jiuye.domains.applications.queries.timeline import NextStep, next_step
from jiuye.domains.applications.queries.views import ApplicationView, resume_of, view_of
from jiuye.domains.applications.states import APPLICATION_LABELS, CLOSED, OPEN
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate

MINE_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "open": ("进行中", OPEN),
    "to_answer": ("待我答复", frozenset({"interview_invited", "onboarding_notified"})),
    "interview": (
        "面试",
        frozenset({"interview_invited", "interview_accepted", "interview_declined", "interview_passed"}),
    ),
    "onboarding": ("入职", frozenset({"onboarding_notified", "onboarding_accepted", "onboarded"})),
    "closed": ("已结束", CLOSED),
}


@dataclass(frozen=True)
class MyApplicationRow:
    """One row of “我的投递”."""

    id: UUID
    posting_id: UUID
    title: str
    agency_name: str
    employer_name: str
    state: str
    state_label: str
    submitted_at: datetime
    state_changed_at: datetime
    next_step: NextStep | None


def _row(application: Application, moment: datetime) -> MyApplicationRow:
    return MyApplicationRow(
        id=application.id,
        posting_id=application.posting_id,
        title=application.title,
        agency_name=application.agency.short_name,
        employer_name=application.employer.legal_name,
        state=application.state,
        state_label=APPLICATION_LABELS[application.state],
        submitted_at=application.submitted_at,
        state_changed_at=application.state_changed_at,
        next_step=next_step(application.state, "seeker", application.respond_by, moment),
    )


def my_applications(actor: Actor, *, group: str = "", cursor: str = "", size: int = 20) -> Page[MyApplicationRow]:
    """Return the actor's applications, newest first; `group` is a key of MINE_GROUPS, or empty for all. One query."""
    rows = Application.objects.filter(applicant_id=actor.person_id).select_related("agency", "employer")
    if group in MINE_GROUPS:
        rows = rows.filter(state__in=MINE_GROUPS[group][1])
    moment = clock.now()
    return paginate(rows, ordering=("-submitted_at", "-id"), cursor=cursor, size=size).map(
        lambda row: _row(row, moment)
    )


def applied_postings(actor: Actor, *, limit: int) -> tuple[UUID, ...]:
    """Return the postings of the actor's newest applications, whatever came of them. One query."""
    rows = Application.objects.filter(applicant_id=actor.person_id).order_by("-submitted_at", "-id")
    return tuple(rows.values_list("posting_id", flat=True)[:limit])


def my_counts(actor: Actor) -> dict[str, int]:
    """Return the number of the actor's applications in each group, and `all`. One query."""
    by_state = dict(
        Application.objects.filter(applicant_id=actor.person_id)
        .values_list("state")
        .annotate(number=Count("id"))
        .order_by()
    )
    counts = {key: sum(by_state.get(state, 0) for state in states) for key, (_, states) in MINE_GROUPS.items()}
    return {"all": sum(by_state.values()), **counts}


def to_answer(actor: Actor, limit: int = 5) -> list[MyApplicationRow]:
    """Return the applications that wait for the actor's answer, nearest deadline first."""
    rows = (
        Application.objects.filter(applicant_id=actor.person_id, state__in=MINE_GROUPS["to_answer"][1])
        .select_related("agency", "employer")
        .order_by("respond_by", "id")[:limit]
    )
    moment = clock.now()
    return [_row(row, moment) for row in rows]


def my_application(actor: Actor, application_id: UUID) -> ApplicationView:
    """Return one of the actor's applications. Raises `NotFound`."""
    return view_of(actor, application_id)


def sent_resume(actor: Actor, application_id: UUID) -> ResumeView:
    """Return the resume snapshot of the actor's application, with masked contacts. One query. Raises `NotFound`."""
    return resume_of(actor, application_id, party="seeker", masked=True)
