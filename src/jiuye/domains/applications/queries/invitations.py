"""Invitations to apply, for their receiver and for the agency that sent them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from jiuye.domains.applications.models import Application, InvitationToApply
from jiuye.domains.applications.states import OPEN
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.paging import Page, paginate

MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class MyInvitation:
    """An invitation as the person reads it. `state`: open, applied, declined, closed; `blocked`: names of blocked parties."""

    id: UUID
    job: jobs.PostingCard
    agency_id: UUID
    agency_name: str
    note: str
    created_at: datetime
    state: str
    state_label: str
    blocked: str


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """An invitation as the agency reads it."""

    posting_id: UUID
    title: str
    created_at: datetime
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class OnOffer:
    """A posting to which people can be invited."""

    id: UUID
    title: str
    employer: str
    place: str


_LABELS = {"open": "等您决定", "applied": "已投递", "declined": "不感兴趣", "closed": "已停止招聘"}
_LABELS_FOR_AGENCY = {**_LABELS, "open": "已邀请"}


def my_invitations(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[MyInvitation]:
    """Return the invitations to the actor, latest first. Two queries."""
    rows = _with_state(InvitationToApply.objects.filter(user_id=actor.person)).select_related(
        "agency", "posting__agency", "posting__employer"
    )
    page = paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size)
    out = blocks.kept_out(actor)
    return page.map(lambda row: _mine(row, out))


def invitations_to(actor: Actor, resume_owner_id: UUID) -> list[SentInvitation]:
    """Return the invitations of the actor's agency to this person, latest first. One query."""
    rows = InvitationToApply.objects.filter(agency_id=_agency(actor), user_id=resume_owner_id)
    found = _with_state(rows).select_related("posting__agency").order_by("-created_at", "-id")
    return [_sent(row) for row in found]


def invited_among(actor: Actor, resume_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the resumes whose owners the actor's agency has invited to any posting. One query."""
    owners = InvitationToApply.objects.filter(agency_id=_agency(actor), user_id=OuterRef("user_id"))
    return set(Resume.objects.filter(Exists(owners), pk__in=resume_ids).values_list("pk", flat=True))


def on_offer(actor: Actor) -> list[OnOffer]:
    """Return the agency's open postings, latest first, at most `MOST_OFFERED`. One query."""
    rows = _open_of(actor).select_related("agency", "employer").order_by("-published_at", "-id")[:MOST_OFFERED]
    cards = [jobs.card_of_posting(row) for row in rows]
    return [OnOffer(card.id, card.title, card.employer, card.place) for card in cards]


def posting_on_offer(actor: Actor, posting_id: UUID) -> UUID:
    """Return the agency of a posting that people can be invited to. Raises `Invalid` (posting) when it is no longer
    open, `NotFound` when it is not the actor's agency's.
    """
    if not JobPosting.objects.filter(pk=posting_id, agency_id=_agency(actor)).exists():
        raise NotFound("没有找到这个职位。")
    if not _open_of(actor).filter(pk=posting_id).exists():
        raise Invalid({"posting": "这个职位已停止招聘，请换一个在招的职位。"})
    return _agency(actor)


def _agency(actor: Actor) -> UUID:
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    return actor.organisation_id


def _open_of(actor: Actor) -> Any:
    return jobs.open_postings().filter(agency_id=_agency(actor), employer__isnull=False)


def _with_state(rows: Any) -> Any:
    applied = Application.objects.filter(posting=OuterRef("posting_id"), applicant=OuterRef("user_id"), state__in=OPEN)
    return rows.annotate(has_applied=Exists(applied))


def _state(row: Any, *, is_open: bool) -> str:
    if row.has_applied:
        return "applied"
    if row.declined_at:
        return "declined"
    return "open" if is_open else "closed"


def _mine(row: Any, out: blocks.KeptOut) -> MyInvitation:
    card = jobs.card_of_posting(row.posting)
    state = _state(row, is_open=card.is_open)
    parties: list[Agency | Employer] = [one for one in (row.agency, row.posting.employer) if one]
    return MyInvitation(
        id=row.id,
        job=card,
        agency_id=row.agency_id,
        agency_name=row.agency.legal_name,
        note=row.note,
        created_at=row.created_at,
        state=state,
        state_label=_LABELS[state],
        blocked=next((one.legal_name for one in parties if out.covers(one.id, one.legal_name, one.credit_code)), ""),
    )


def _sent(row: Any) -> SentInvitation:
    is_open = jobs.card_of_posting(row.posting).is_open
    state = _state(row, is_open=is_open)
    return SentInvitation(row.posting_id, row.posting.title, row.created_at, state, _LABELS_FOR_AGENCY[state])
