"""Remarks of an import on a posting."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions import checks
from jiuye.domains.jobs.models import ImportNote
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor


def dismiss_notes(actor: Actor, posting_id: UUID) -> None:
    """Delete the import's remarks on a posting: somebody has looked at them. Idempotent. Raises NotFound, Denied."""
    with transaction.atomic():
        posting = checks.lock(actor, posting_id)
        gone, _ = ImportNote.objects.filter(posting=posting).delete()
        if gone:
            audit.record(actor, "import.dismiss_notes", posting.id, notes=gone)
