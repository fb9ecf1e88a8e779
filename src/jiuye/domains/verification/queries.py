"""Verification results as pages show them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.verification import policies
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.policies import CONSENT_TEXT_VERSION, PURPOSE, RECIPIENT, digest
from jiuye.domains.verification.states import VERIFICATION_LABELS, CheckKind, EndReason
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

__all__ = [
    "CONSENT_TEXT_VERSION",
    "PRESENT_CHECKS",
    "PURPOSE",
    "RECIPIENT",
    "Gap",
    "ItemState",
    "RequestOutcome",
    "digest",
    "employment_at",
    "from_json",
    "may_ask",
    "of_texts",
    "outcome_of_request",
    "states_for",
    "states_of",
]

EXPIRED = "核验已过期"

# The current cases of the person `u.id` as JSON, for a statement that reads much at once; `from_json` parses it.
PRESENT_CHECKS = (
    "SELECT json_agg(json_build_object('subject_id', c.subject_id, 'kind', c.kind, 'state', c.state, 'source', c.source, "
    "'answered_at', c.answered_at, 'expires_at', c.expires_at, 'digest', c.claims_digest) ORDER BY c.asked_at, c.id)::text "
    "FROM verification_verificationcase c WHERE c.user_id = u.id AND c.superseded_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim that differs from the records; `recorded` is empty if the authority does not disclose it."""

    name: str
    stated: str
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """The verification status of an item; `state` is VerificationState's, or `expired` for a confirmation that is no
    longer valid.

    `differences` and `explanation` are for the owner only. `again`: why the owner cannot request it now; empty if
    they can.
    """

    subject_id: UUID
    kind: str
    state: str
    label: str
    source: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    expires_at: datetime | None = None
    digest: str = field(default="", repr=False)
    differences: tuple[Gap, ...] = field(default=(), repr=False)
    explanation: str = ""
    again: str = ""
    is_late: bool = False

    @property
    def counts(self) -> bool:
        """Return whether it is confirmed and still valid."""
        return self.state == "verified"


def states_for(
    subject_ids: Collection[UUID], *, for_owner: bool = False, kinds: Collection[str] = ()
) -> dict[UUID, ItemState]:
    """Return the status of each item that was ever submitted; absent ones are unverified. One query.

    `for_owner` adds what only the owner may see.
    """
    rows = VerificationCase.objects.filter(subject_id__in=list(subject_ids), superseded_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    moment = clock.now()
    return {row.subject_id: _state(row, moment, for_owner) for row in rows.order_by("asked_at", "id")}


def states_of(user_id: UUID, *, for_owner: bool = False) -> dict[UUID, ItemState]:
    """Return the status of everything the person submitted, by item (an identity by the person's id). One query."""
    moment = clock.now()
    rows = VerificationCase.objects.filter(user_id=user_id, superseded_at=None).order_by("asked_at", "id")
    return {row.subject_id: _state(row, moment, for_owner) for row in rows}


def employment_at(person_id: UUID, organisation_id: UUID, *, for_owner: bool = False) -> ItemState | None:
    """Return the status of the person's present employment at the organisation; None if it was never asked for. One query."""
    subject = policies.employment_subject(person_id, organisation_id)
    return states_for([subject], for_owner=for_owner).get(subject)


def of_texts(user_id: UUID, texts: Mapping[UUID, Mapping[str, str]]) -> dict[UUID, ItemState]:
    """Return the status of exactly these texts, by item: `texts` maps an item's id to its claims. One query.

    A text edited since keeps its result; results of other texts are not applied to it.
    """
    moment = clock.now()
    digests = {subject: policies.digest(claims) for subject, claims in texts.items()}
    rows = VerificationCase.objects.filter(
        user_id=user_id, subject_id__in=list(texts), claims_digest__in=set(digests.values())
    ).order_by("asked_at", "id")
    return {
        row.subject_id: _state(row, moment, False)
        for row in rows
        if row.claims_digest == digests[row.subject_id] and (row.superseded_at is None or row.state != "pending")
    }


def from_json(written: str | None) -> list[ItemState]:
    """Parse the result of `PRESENT_CHECKS`."""
    moment = clock.now()
    return [
        _dated(
            ItemState(
                subject_id=UUID(one["subject_id"]),
                kind=one["kind"],
                state=one["state"],
                label=VERIFICATION_LABELS[one["state"]],
                source=one["source"],
                answered_at=datetime.fromisoformat(one["answered_at"]) if one["answered_at"] else None,
                expires_at=datetime.fromisoformat(one["expires_at"]) if one["expires_at"] else None,
                digest=one["digest"],
            ),
            moment,
        )
        for one in orjson.loads(written or "[]")
    ]


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """The result of one request for several items: the number of items per state label; `is_over`: none is open."""

    consent_id: UUID
    kinds: tuple[str, ...]
    counts: Mapping[str, int]
    is_over: bool


def outcome_of_request(case_id: UUID) -> RequestOutcome | None:
    """Return the result of the request that this case belongs to, without items edited since. Two queries."""
    case = VerificationCase.objects.filter(pk=case_id).only("consent_id").first()
    if case is None:
        return None
    rows = list(
        VerificationCase.objects.filter(consent_id=case.consent_id, superseded_at=None)
        .order_by("id")
        .values_list("kind", "state")
    )
    counts: dict[str, int] = {}
    for _, state in rows:
        counts[VERIFICATION_LABELS[state]] = counts.get(VERIFICATION_LABELS[state], 0) + 1
    kinds = tuple(dict.fromkeys(str(CheckKind(kind).label) for kind, _ in rows))
    return RequestOutcome(case.consent_id, kinds, counts, all(state != "pending" for _, state in rows))


def may_ask(actor: Actor, subject_ids: Iterable[UUID]) -> list[UUID]:
    """Return those of the actor's items that may be submitted now. One query."""
    wanted = list(subject_ids)
    cases = {
        row.subject_id: row
        for row in VerificationCase.objects.filter(
            user_id=actor.person, subject_id__in=wanted, superseded_at=None
        ).order_by("id")
    }
    moment = clock.now()
    return [subject for subject in wanted if not policies.why_not_again(cases.get(subject), moment)]


def _state(row: VerificationCase, moment: datetime, for_owner: bool) -> ItemState:
    known: dict[str, Any] = {}
    if for_owner:
        known = {
            "differences": _gaps(row.differences),
            "explanation": EndReason(row.end_reason).label if row.end_reason else "",
            "again": policies.why_not_again(row, moment),
            "is_late": row.state == "pending" and row.handed_over_at is None and row.attempts > 0,
        }
    state = ItemState(
        subject_id=row.subject_id,
        kind=row.kind,
        state=row.state,
        label=VERIFICATION_LABELS[row.state],
        source=row.source,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        expires_at=row.expires_at,
        digest=row.claims_digest,
        **known,
    )
    return _dated(state, moment)


def _dated(state: ItemState, moment: datetime) -> ItemState:
    """Return the status as of now: a confirmation that has expired is none."""
    if state.state != "verified" or state.expires_at is None or state.expires_at > moment:
        return state
    return replace(state, state="expired", label=EXPIRED)


def _gaps(text: str) -> tuple[Gap, ...]:
    return tuple(Gap(**one) for one in orjson.loads(text)) if text else ()
