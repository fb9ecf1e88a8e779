"""Sanctions and appeals for operators."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.organisations.states import Restriction
from jiuye.domains.sanctions import policies
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.domains.sanctions.queries.in_force import sanctions_of
from jiuye.domains.sanctions.queries.rows import (
    AppealView,
    FileView,
    SanctionRow,
    appeal_of,
    bases_of,
    file_of,
    masked,
    row_of,
)
from jiuye.domains.sanctions.states import SANCTION, Level, SanctionState, Subject
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

TABS = {"active": "生效中", "proposed": "待确认", "appeals": "申诉", "closed": "已结束"}
MOST_FOUND = 20
_CLOSED = [SanctionState.LIFTED, SanctionState.ENDED, SanctionState.DECLINED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """The list's filters: a tab of `TABS`, a kind of subject, a level, words in the organisation's name or its code."""

    tab: str = "active"
    kind: str = ""
    level: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A subject to choose. `code` is the credit code; `restriction` the label of what is in force, or empty."""

    kind: str
    kind_label: str
    id: UUID
    name: str
    code: str
    restriction: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What an operator needs before imposing: the subject, its history, and the next step."""

    party: Party
    history: Sequence[SanctionRow]
    suggestion: Level
    levels: Sequence[Level]
    usual_days: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One sanction for operators. `may`: verbs of `states.SANCTION` possible now; `is_own`: the operator took part in it,
    so that another confirms it or decides on its appeals.
    """

    row: SanctionRow
    reason: str = field(repr=False)
    bases: Sequence[str]
    evidence: str = field(repr=False)
    step_reason: str
    note: str = field(repr=False)
    posting_id: UUID | None
    with_owners: bool
    decided_by: str
    confirmed_by: str
    confirmed_at: datetime | None
    lifted_by: str
    lift_reason: str
    files: Sequence[FileView]
    appeals: Sequence[AppealView]
    others: Sequence[SanctionRow]
    may: frozenset[str]
    is_own: bool


def listing(actor: Actor, wanted: Filter, *, cursor: str = "", size: int = 30) -> Page[SanctionRow]:
    """Return sanctions, newest first. One query."""
    policies.require_sanctioner(actor)
    rows = _filtered(wanted).filter(_in_tab(wanted.tab)).select_related("agency", "employer", "person")
    return paginate(rows, ordering=("-decided_at", "-id"), cursor=cursor, size=size).map(row_of)


def counts(actor: Actor, wanted: Filter) -> dict[str, int]:
    """Return the number of sanctions in each tab within the other filters. One query."""
    policies.require_sanctioner(actor)
    numbers = {tab: Count("id", filter=_in_tab(tab), distinct=True) for tab in TABS}
    return dict(_filtered(wanted).aggregate(**numbers))


def waiting_count() -> int:
    """Return how many sanctions wait for somebody: bans to confirm and open appeals. One query."""
    return Sanction.objects.filter(_in_tab("proposed") | _in_tab("appeals")).count()


def dossier(actor: Actor, sanction_id: UUID) -> Dossier:
    """Return one sanction. Five queries. Raises `NotFound`."""
    policies.require_sanctioner(actor)
    rows = Sanction.objects.select_related(
        "agency", "employer", "person", "decided_by", "confirmed_by", "lifted_by"
    ).prefetch_related("appeals__decided_by")
    sanction = rows.filter(pk=sanction_id).first()
    if sanction is None:
        raise NotFound("没有找到这项处置。")
    files = list(EvidenceFile.objects.filter(sanction=sanction).order_by("uploaded_at", "id"))
    appeals = sorted(sanction.appeals.all(), key=lambda one: one.submitted_at, reverse=True)
    return Dossier(
        row=row_of(sanction),
        reason=sanction.reason,
        bases=bases_of(sanction),
        evidence=sanction.evidence,
        step_reason=sanction.step_reason,
        note=sanction.note,
        posting_id=sanction.posting_id,
        with_owners=sanction.with_owners,
        decided_by=_name(sanction.decided_by),
        confirmed_by=_name(sanction.confirmed_by),
        confirmed_at=sanction.confirmed_at,
        lifted_by=_name(sanction.lifted_by),
        lift_reason=sanction.lift_reason,
        files=[file_of(one) for one in files if one.appeal_id is None],
        appeals=[appeal_of(one, files, _name(one.decided_by)) for one in appeals],
        others=[one for one in _history(sanction.kind, sanction.subject_id) if one.id != sanction.pk],
        may=SANCTION.possible(sanction.state, "operator"),
        is_own=actor.person_id in (sanction.decided_by_id, sanction.confirmed_by_id),
    )


def evidence_file(actor: Actor, sanction_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    """Return name, type and content of a file. Two queries. Raises `NotFound`."""
    policies.require_sanctioner(actor)
    file = EvidenceFile.objects.filter(pk=file_id, sanction_id=sanction_id).first()
    if file is None:
        raise NotFound
    return file.name, file.content_type, sealed_files.read(file.key)


def standing_of(actor: Actor, kind: str, subject_id: UUID) -> Standing:
    """Return what is known of a subject before imposing. At most three queries. Raises `NotFound`."""
    policies.require_sanctioner(actor)
    if kind not in Subject.values:
        raise NotFound
    subject = Subject(kind)
    history = sanctions_of(subject, subject_id)
    return Standing(
        party=_party(subject, subject_id),
        history=_history(subject, subject_id),
        suggestion=policies.suggested(subject, history, clock.now()),
        levels=policies.LEVELS_OF[subject],
        usual_days={level.value: days for level, days in policies.USUAL_DAYS.items()},
    )


def find_parties(actor: Actor, text: str) -> list[Party]:
    """Return organisations by words of the name, or by credit code. Two queries; none for fewer than two characters."""
    policies.require_sanctioner(actor)
    words = text.split()
    if sum(map(len, words)) < 2:
        return []
    wanted = Q()
    for word in words:
        wanted &= Q(legal_name__icontains=word)
    wanted |= Q(credit_code=text.strip().upper())
    found: list[Party] = []
    for row in Agency.objects.filter(wanted).order_by("legal_name", "id")[:MOST_FOUND]:
        found.append(_of_organisation(Subject.AGENCY, row))
    for other in Employer.objects.filter(wanted).order_by("legal_name", "id")[:MOST_FOUND]:
        found.append(_of_organisation(Subject.EMPLOYER, other))
    return found


def _filtered(wanted: Filter) -> QuerySet[Sanction]:
    rows = Sanction.objects.all()
    if wanted.kind in Subject.values:
        rows = rows.filter(**{f"{wanted.kind}__isnull": False})
    if wanted.level in Level.values:
        rows = rows.filter(level=wanted.level)
    for word in wanted.text.split():
        named = Q(agency__legal_name__icontains=word) | Q(employer__legal_name__icontains=word)
        rows = rows.filter(named | Q(agency__credit_code=word.upper()) | Q(employer__credit_code=word.upper()))
    return rows


def _in_tab(tab: str) -> Q:
    if tab == "appeals":
        return Q(Exists(Appeal.objects.filter(sanction=OuterRef("pk"), state="open")))
    if tab == "closed":
        return Q(state__in=_CLOSED)
    return Q(state=tab if tab in TABS else SanctionState.ACTIVE)


def _history(kind: Subject, subject_id: UUID) -> list[SanctionRow]:
    rows = Sanction.objects.filter(**{f"{kind}_id": subject_id}).select_related("agency", "employer", "person")
    return [row_of(one) for one in rows.order_by("-decided_at", "-id")]


def _party(kind: Subject, subject_id: UUID) -> Party:
    if kind == Subject.PERSON:
        person = User.objects.filter(pk=subject_id, erased_at=None).first()
        if person is None:
            raise NotFound("没有找到这个账号，它可能已注销。")
        label = Restriction.SUSPENDED.label if person.suspended_at else ""
        return Party(kind.value, str(kind.label), person.pk, masked(person), "", str(label))
    model: type[Agency] | type[Employer] = Agency if kind == Subject.AGENCY else Employer
    row = model._default_manager.filter(pk=subject_id).first()
    if row is None:
        raise NotFound("没有找到这个单位。")
    return _of_organisation(kind, row)


def _of_organisation(kind: Subject, row: Agency | Employer) -> Party:
    label = str(Restriction(row.restriction).label) if row.restriction else ""
    return Party(kind.value, str(kind.label), row.pk, row.legal_name, row.credit_code or "", label)


def _name(person: User | None) -> str:
    return person.name if person else ""
