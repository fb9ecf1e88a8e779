"""A sign-in attempt between its two steps, stored in the session."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from jiuye.domains.accounts import actions
from jiuye.kernel import clock
from jiuye.kernel.crypto import encrypt, opened

KEY = "sign_in"
# A little longer than a code is valid, so that a late code gets “expired” and not an empty first step.
REMEMBERED = timedelta(minutes=30)
RESEND_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """The phone number that a code was sent to, when, and the page to continue to. The session stores the number encrypted."""

    secret: str
    phone: str = ""
    code_id: UUID | None = None
    asked_at: datetime | None = None
    target: str = ""

    @property
    def binding(self) -> str:
        return actions.binding_of(self.secret)

    @property
    def wait(self) -> int:
        """Seconds until another code may be requested."""
        if self.asked_at is None:
            return 0
        return max(0, RESEND_SECONDS - int((clock.now() - self.asked_at).total_seconds()))

    @property
    def is_waiting_for_code(self) -> bool:
        return self.asked_at is not None and clock.now() - self.asked_at < REMEMBERED

    def asked(self, phone: str, code_id: UUID, target: str) -> "Attempt":
        """Return the same after a code was sent."""
        return replace(self, phone=phone, code_id=code_id, asked_at=clock.now(), target=target)


def load(session: SessionBase) -> Attempt:
    """Load the session's attempt; a new one, not stored yet, if there is none."""
    stored: dict[str, Any] | None = session.get(KEY)
    phone = opened(stored["phone"]) if stored and stored["phone"] else ""
    if stored is None or phone is None:
        return Attempt(secret=secrets.token_urlsafe(32))
    asked_at = stored["asked_at"]
    return Attempt(
        secret=stored["secret"],
        phone=phone,
        code_id=UUID(stored["code_id"]) if stored["code_id"] else None,
        asked_at=datetime.fromisoformat(asked_at) if asked_at else None,
        target=stored["target"],
    )


def begin(session: SessionBase, attempt: Attempt) -> None:
    """Store the browser's secret if it has none yet. Never in a GET."""
    if KEY not in session:
        save(session, attempt)


def save(session: SessionBase, attempt: Attempt) -> None:
    """Store the attempt in the session. Never in a GET."""
    session[KEY] = {
        "secret": attempt.secret,
        "phone": encrypt(attempt.phone) if attempt.phone else "",
        "code_id": str(attempt.code_id or ""),
        "asked_at": attempt.asked_at.isoformat() if attempt.asked_at else "",
        "target": attempt.target,
    }
