"""Invalidation of verification results after edits."""

from uuid import UUID

from jiuye.domains.resumes.checkable import CHECKS, claims_of
from jiuye.domains.resumes.entries import Entry
from jiuye.domains.verification import actions as verification
from jiuye.kernel.actor import Actor


def reset_if_other(actor: Actor, *, section_id: UUID, before: Entry, after: Entry) -> None:
    """Reset the result of an entry when one of its checked fields was changed."""
    kind = CHECKS.get(after.kind)
    if kind and claims_of(kind, before) != claims_of(kind, after):
        verification.reset(actor, subject_ids=[section_id])
