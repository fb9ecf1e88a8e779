"""An agency's inbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.policies import ConsentWithdrawn, is_closed_to_receivers
from jiuye.domains.applications.queries.appointments import InvitationView, invitation_view
from jiuye.domains.applications.queries.opinions import latest_verdict
from jiuye.domains.applications.queries.timeline import NextStep, next_step
from jiuye.domains.applications.queries.views import ApplicationView, resume_of, view_of
from jiuye.domains.applications.states import APPLICATION_GROUPS, APPLICATION_LABELS, Verdict
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate

INBOX_ORDERS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-submitted_at", "-id"),
    "changed": ("state_changed_at", "id"),
}
"""By the time of sending, latest first; or of the last change, earliest first: what changes while one reads comes at the end."""


@dataclass(frozen=True)
class InboxFilter:
    """Filter of the inbox: a group of states, states, one posting (by id or by the agency's own code), an employer, words
    of the title, only late ones, the last days, sent or changed since; and its order, a key of `INBOX_ORDERS`.
    """

    group: str = ""
    states: Collection[str] = ()
    posting_id: UUID | None = None
    posting_code: str = ""
    employer_id: UUID | None = None
    text: str = ""
    late: bool = False
    days: int | None = None
    submitted_since: datetime | None = None
    changed_since: datetime | None = None
    order: str = "newest"


@dataclass(frozen=True)
class InboxRow:
    """One row of the inbox. `is_withdrawn`: the applicant withdrew the application or the consent."""

    id: UUID
    posting_id: UUID
    posting_code: str
    applicant_name: str
    title: str
    employer_id: UUID
    employer_name: str
    state: str
    state_label: str
    submitted_at: datetime
    state_changed_at: datetime
    is_withdrawn: bool
    next_step: NextStep | None
    verdict: str
    verdict_label: str


def _filtered(actor: Actor, chosen: InboxFilter) -> QuerySet[Application]:
    if actor.organisation_id is None or not actor.acts_for("agency"):
        return Application.objects.none()
    rows = Application.objects.filter(agency_id=actor.organisation_id)
    if chosen.posting_id:
        rows = rows.filter(posting_id=chosen.posting_id)
    if chosen.text:
        rows = rows.filter(title__icontains=chosen.text)
    if chosen.late:
        rows = rows.filter(respond_by__lt=clock.now())
    if chosen.days:
        rows = rows.filter(submitted_at__gte=clock.now() - timedelta(days=chosen.days))
    equal = {
        "posting__external_code": chosen.posting_code,
        "employer_id": chosen.employer_id,
        "submitted_at__gte": chosen.submitted_since,
        "state_changed_at__gte": chosen.changed_since,
    }
    return rows.filter(**{name: value for name, value in equal.items() if value})


def inbox(actor: Actor, *, chosen: InboxFilter, cursor: str = "", size: int = 30) -> Page[InboxRow]:
    """Return the agency's applications in the order of `chosen.order`. One query."""
    rows = _filtered(actor, chosen)
    if chosen.group in APPLICATION_GROUPS:
        rows = rows.filter(state__in=APPLICATION_GROUPS[chosen.group][1])
    if chosen.states:
        rows = rows.filter(state__in=chosen.states)
    moment = clock.now()
    asked = InterviewInvitation.objects.filter(
        application=OuterRef("pk"), state__in=["pending", "accepted"], result="", asked_at__isnull=False, kept_at=None
    )
    rows = rows.select_related("employer", "consent").annotate(
        waits_for_a_time=Exists(asked), verdict=latest_verdict(), posting_code=F("posting__external_code")
    )
    page = paginate(rows, ordering=INBOX_ORDERS[chosen.order], cursor=cursor, size=size)
    return page.map(lambda row: _row(row, moment))


def _row(row: Any, moment: datetime) -> InboxRow:
    return InboxRow(
        id=row.id,
        posting_id=row.posting_id,
        posting_code=row.posting_code,
        applicant_name=row.applicant_name,
        title=row.title,
        employer_id=row.employer_id,
        employer_name=row.employer.legal_name,
        state=row.state,
        state_label=APPLICATION_LABELS[row.state],
        submitted_at=row.submitted_at,
        state_changed_at=row.state_changed_at,
        is_withdrawn=is_closed_to_receivers(row),
        next_step=next_step(row.state, "agency", row.respond_by, moment, waits_for_a_time=row.waits_for_a_time),
        verdict=row.verdict or "",
        verdict_label=Verdict(row.verdict).label if row.verdict else "",
    )


def all_of_inbox(actor: Actor, *, chosen: InboxFilter, limit: int) -> list[InboxRow]:
    """Return the same rows without paging, at most `limit`, for a file. One query."""
    page = inbox(actor, chosen=chosen, size=limit)
    return list(page.items)


def counts_for(actor: Actor, chosen: InboxFilter | None = None) -> dict[str, int]:
    """Return the number of applications in each group within the other filters, and `all`. One query."""
    rows = _filtered(actor, chosen or InboxFilter())
    by_state = dict(rows.values_list("state").annotate(number=Count("id")).order_by())
    counts = {key: sum(by_state.get(state, 0) for state in states) for key, (_, states) in APPLICATION_GROUPS.items()}
    return {"all": sum(by_state.values()), **counts}


def for_agency(actor: Actor, application_id: UUID) -> ApplicationView:
    """Return one application to the actor's agency. Raises `NotFound`."""
    return view_of(actor, application_id)


def disclosed_to_agency(actor: Actor, application_id: UUID) -> ApplicationView:
    """Return the same while it is open to its receivers. Raises `ConsentWithdrawn` after the applicant withdrew, `NotFound`."""
    found = view_of(actor, application_id)
    if found.is_withdrawn:
        raise ConsentWithdrawn
    return found


def latest_invitation(actor: Actor) -> InvitationView | None:
    """Return the agency's last invitation to anybody, to prefill place and contact of the next. One query."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        return None
    row = (
        InterviewInvitation.objects.filter(application__agency_id=actor.organisation_id)
        .order_by("-created_at", "-id")
        .first()
    )
    return invitation_view(row) if row else None


def resume_for_agency(actor: Actor, application_id: UUID, *, with_contacts: bool = False) -> ResumeView:
    """Return the resume that was sent; call `actions.open_resume` first, or `actions.open_contacts` for the contacts."""
    return resume_of(actor, application_id, party="agency", masked=not with_contacts)
