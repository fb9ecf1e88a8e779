"""A code that was sent and not entered yet, stored in the session: for step-up and for a new phone number."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from jiuye.domains.accounts import actions
from jiuye.kernel import clock
from jiuye.kernel.crypto import encrypt, opened

# A little longer than a code is valid, so that a late code gets “expired” and not an empty first step.
REMEMBERED = timedelta(minutes=10)
RESEND_SECONDS = 60
CONFIRM = "confirming"
CHANGE_PHONE = "changing_phone"


@dataclass(frozen=True, slots=True)
class Pending:
    """When a code was sent and, for a new phone number, to which; the session stores the number encrypted."""

    secret: str
    phone: str = ""
    code_id: UUID | None = None
    asked_at: datetime | None = None

    @property
    def binding(self) -> str:
        return actions.binding_of(self.secret)

    @property
    def wait(self) -> int:
        """Seconds until another code may be requested."""
        return max(0, RESEND_SECONDS - int((clock.now() - self.asked_at).total_seconds())) if self.asked_at else 0

    @property
    def is_waiting(self) -> bool:
        return self.asked_at is not None and clock.now() - self.asked_at < REMEMBERED

    def asked(self, code_id: UUID, phone: str = "") -> "Pending":
        """Return the same after a code was sent."""
        return replace(self, phone=phone, code_id=code_id, asked_at=clock.now())


def load(session: SessionBase, purpose: str) -> Pending:
    """Load what is pending for `purpose`; a new one, not stored yet, if there is none."""
    stored: dict[str, Any] | None = session.get(purpose)
    phone = opened(stored["phone"], purpose) if stored and stored["phone"] else ""
    if stored is None or phone is None:
        return Pending(secret=secrets.token_urlsafe(32))
    return Pending(
        secret=stored["secret"],
        phone=phone,
        code_id=UUID(stored["code_id"]) if stored["code_id"] else None,
        asked_at=datetime.fromisoformat(stored["asked_at"]) if stored["asked_at"] else None,
    )


def save(session: SessionBase, purpose: str, pending: Pending) -> None:
    """Store it in the session. Never in a GET."""
    session[purpose] = {
        "secret": pending.secret,
        "phone": encrypt(pending.phone, purpose) if pending.phone else "",
        "code_id": str(pending.code_id or ""),
        "asked_at": pending.asked_at.isoformat() if pending.asked_at else "",
    }


def forget(session: SessionBase, purpose: str) -> None:
    """Delete it from the session."""
    session.pop(purpose, None)
