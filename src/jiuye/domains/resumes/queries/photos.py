"""The photo of a resume. Callers check access before reading by key."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.policies.files import UNDO_FOR
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class MyPhoto:
    """The state of the owner's photo. `is_removed`: removed just now, can be restored."""

    is_there: bool
    is_removed: bool


def my_photo(actor: Actor) -> MyPhoto:
    """Return the state of the actor's photo. One query."""
    found = Resume.objects.filter(user_id=actor.person).values_list("photo_key", "photo_removed_at").first()
    if found is None or not found[0]:
        return MyPhoto(is_there=False, is_removed=False)
    removed_at = found[1]
    return MyPhoto(removed_at is None, removed_at is not None and clock.now() - removed_at <= UNDO_FOR)


def photo_key_of(user_id: UUID) -> str:
    """Return the key of the person's current photo; empty without one. One query."""
    rows = Resume.objects.filter(user_id=user_id, photo_removed_at=None)
    return rows.values_list("photo_key", flat=True).first() or ""


def read_photo(key: str) -> bytes | None:
    """Return the JPEG, 600×800 pixels; None when there is none. One query."""
    if not key:
        return None
    try:
        return sealed_files.read(key)
    except sealed_files.FileGone:
        return None
