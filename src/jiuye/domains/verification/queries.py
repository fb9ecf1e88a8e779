"""What pages show of checks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.verification import policies
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.policies import CONSENT_TEXT_VERSION, PURPOSE, RECIPIENT
from jiuye.domains.verification.states import VERIFICATION_LABELS, CheckKind, EndReason
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

__all__ = [
    "CONSENT_TEXT_VERSION",
    "PURPOSE",
    "RECIPIENT",
    "Gap",
    "ItemState",
    "may_ask",
    "of_texts",
    "states_for",
    "states_of",
]


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim that the records tell otherwise; `recorded` is empty where the authority does not disclose it."""

    name: str
    stated: str
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """How an item stands with the authority; `state` is VerificationState's, or `expired` for a confirmation that has run out.

    `differences` and `explanation` are for the owner only. `again`: why the owner cannot ask now; empty when they can.
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
        """Confirmed, and not run out."""
        return self.state == "verified"


def states_for(
    subject_ids: Collection[UUID], *, for_owner: bool = False, kinds: Collection[str] = ()
) -> dict[UUID, ItemState]:
    """The present state of each item that was ever asked about; absent ones are unverified. One query.

    `for_owner` adds what only the owner may see.
    """
    rows = VerificationCase.objects.filter(subject_id__in=list(subject_ids), superseded_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    moment = clock.now()
    return {row.subject_id: _state(row, moment, for_owner) for row in rows.order_by("asked_at", "id")}


def states_of(user_id: UUID, *, for_owner: bool = False) -> dict[UUID, ItemState]:
    """The present state of all that the person asked about, by item (an identity by the person's id). One query."""
    moment = clock.now()
    rows = VerificationCase.objects.filter(user_id=user_id, superseded_at=None).order_by("asked_at", "id")
    return {row.subject_id: _state(row, moment, for_owner) for row in rows}


def of_texts(user_id: UUID, texts: Mapping[UUID, Mapping[str, str]]) -> dict[UUID, ItemState]:
    """What is known today about exactly these texts, by item: `texts` maps an item's id to its claims. One query.

    A text that has been edited since keeps what was found about it; nothing found about another text is lent to it.
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


def may_ask(actor: Actor, subject_ids: Iterable[UUID]) -> list[UUID]:
    """Those of the actor's items about which the authority may be asked now. One query."""
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
    is_expired = row.state == "verified" and row.expires_at is not None and row.expires_at <= moment
    known: dict[str, Any] = {}
    if for_owner:
        known = {
            "differences": _gaps(row.differences),
            "explanation": EndReason(row.end_reason).label if row.end_reason else "",
            "again": policies.why_not_again(row, moment),
            "is_late": row.state == "pending" and row.handed_over_at is None and row.attempts > 0,
        }
    return ItemState(
        subject_id=row.subject_id,
        kind=CheckKind(row.kind),
        state="expired" if is_expired else row.state,
        label="核验已过期" if is_expired else VERIFICATION_LABELS[row.state],
        source=row.source,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        expires_at=row.expires_at,
        digest=row.claims_digest,
        **known,
    )


def _gaps(text: str) -> tuple[Gap, ...]:
    return tuple(Gap(**one) for one in orjson.loads(text)) if text else ()
