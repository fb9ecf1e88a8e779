"""The last removed entry, kept in the session for ten minutes for undo. Encrypted: it is personal data."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest

from jiuye.domains.resumes.actions import Removed
from jiuye.domains.resumes.states import SectionKind
from jiuye.kernel import clock
from jiuye.kernel.crypto import encrypt, opened
from jiuye.portals.seeker.resume.forms import ENTRY_FORMS

KEY = "removed_from_resume"
KEPT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Kept:
    """A removed entry with its form's values."""

    kind: SectionKind
    values: dict[str, Any]
    position: int
    section_id: UUID

    @property
    def name(self) -> str:
        """Return its name on screen: the first field of its form."""
        first = next(iter(ENTRY_FORMS[self.kind].base_fields))
        return str(self.values.get(first, ""))


def keep(request: HttpRequest, removed: Removed, section_id: UUID) -> None:
    """Store a removed entry in the session."""
    values = ENTRY_FORMS[removed.entry.kind].initial_of(removed.entry)
    held = {
        "kind": removed.entry.kind,
        "values": values,
        "position": removed.position,
        "section_id": section_id,
        "at": clock.now(),
    }
    request.session[KEY] = encrypt(orjson.dumps(held, default=str).decode())


def kept(request: HttpRequest) -> Kept | None:
    """Return the entry that can still be restored."""
    sealed = request.session.get(KEY)
    text = opened(sealed) if sealed else None
    if text is None:
        return None
    held = orjson.loads(text)
    if clock.now() - datetime.fromisoformat(held["at"]) > KEPT:
        return None
    return Kept(SectionKind(held["kind"]), held["values"], held["position"], UUID(held["section_id"]))


def forget(request: HttpRequest) -> None:
    """Drop it: it was restored, or something else was changed since."""
    request.session.pop(KEY, None)
