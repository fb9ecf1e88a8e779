"""A subject's own sanctions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jiuye.domains.sanctions import policies
from jiuye.domains.sanctions.models import EvidenceFile, Sanction
from jiuye.domains.sanctions.queries.rows import AppealView, SanctionRow, appeal_of, bases_of, row_of
from jiuye.domains.sanctions.states import SanctionState, Subject
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

ANSWER_DAYS, APPEAL_DAYS, APPEAL_LIMIT = policies.ANSWER_DAYS, policies.APPEAL_DAYS, policies.APPEAL_LIMIT
MOST_FILES = policies.MOST_FILES


@dataclass(frozen=True, slots=True)
class OwnSanction:
    """One sanction as its subject reads it. `obstacle`: why no appeal is possible now, empty if one is; `files` is the number
    of files kept as evidence.
    """

    row: SanctionRow
    reason: str = field(repr=False)
    bases: Sequence[str]
    evidence: str = field(repr=False)
    files: int
    lift_reason: str
    appeals: Sequence[AppealView]
    obstacle: str
    appeal_until: date


def my_sanctions(actor: Actor) -> list[SanctionRow]:
    """Return the sanctions on the actor's organisation, or on the person, newest first. One query."""
    rows = _mine(actor).select_related("agency", "employer", "person").order_by("-starts_at", "-id")
    return [row_of(one) for one in rows]


def my_sanction(actor: Actor, sanction_id: UUID) -> OwnSanction:
    """Return one of them with its appeals. Three queries. Raises `NotFound`."""
    rows = _mine(actor).select_related("agency", "employer", "person").prefetch_related("appeals")
    sanction = rows.filter(pk=sanction_id).first()
    if sanction is None:
        raise NotFound("没有找到这项处置。")
    files = list(EvidenceFile.objects.filter(sanction=sanction).order_by("uploaded_at", "id"))
    appeals = sorted(sanction.appeals.all(), key=lambda one: one.submitted_at, reverse=True)
    return OwnSanction(
        row=row_of(sanction),
        reason=sanction.reason,
        bases=bases_of(sanction),
        evidence=sanction.evidence,
        files=sum(1 for one in files if one.appeal_id is None),
        lift_reason=sanction.lift_reason,
        appeals=[appeal_of(one, files) for one in appeals],
        obstacle=policies.appeal_obstacle(sanction, appeals, clock.today()),
        appeal_until=policies.appeal_until(sanction),
    )


def my_file(actor: Actor, sanction_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    """Return name, type and content of a file of an own appeal. Three queries. Raises `NotFound`."""
    mine = _mine(actor).filter(pk=sanction_id)
    file = EvidenceFile.objects.filter(pk=file_id, sanction__in=mine, appeal__isnull=False).first()
    if file is None:
        raise NotFound
    return file.name, file.content_type, sealed_files.read(file.key)


def in_force_on(actor: Actor) -> SanctionRow | None:
    """Return the highest sanction in force on the actor's own organisation or on the person, for banners. One query."""
    rows = [one for one in my_sanctions(actor) if one.state == SanctionState.ACTIVE]
    levels = [level.value for level in policies.ORDER]
    return max(rows, key=lambda one: levels.index(one.level), default=None)


def _mine(actor: Actor) -> QuerySet[Sanction]:
    told = ~Q(state__in=[SanctionState.PROPOSED, SanctionState.DECLINED])
    for kind in (Subject.AGENCY, Subject.EMPLOYER):
        if actor.acts_for(kind):
            return Sanction.objects.filter(told, **{f"{kind}_id": actor.organisation_id})
    return Sanction.objects.filter(told, person_id=actor.person)
