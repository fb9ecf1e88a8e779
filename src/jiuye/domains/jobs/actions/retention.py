"""Delete old browsing history and what imports keep of sheets (个人信息保护法 art. 19: the shortest time necessary)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jiuye.domains.jobs.models import BrowsingRecord, ImportBatch, ImportRejection
from jiuye.domains.jobs.states import ImportState
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.retention import forget

VIEWS_KEPT = timedelta(days=180)
"""A job search rarely takes longer; postings can be saved."""
SHEETS_KEPT = timedelta(days=90)
"""After the end of an import: rejected rows are corrected within days."""
UPLOADS_KEPT = timedelta(days=30)
"""For sheets that nobody imports."""
_NEVER_STARTED = (ImportState.READING, ImportState.UPLOADED, ImportState.MAPPED)
_LEFT = "上传后 30 天没有开始导入，文件已删除。需要时请重新上传。"


def forget_old_views(actor: Actor) -> int:
    """Delete browsing records of postings not viewed since. Return their number."""
    return forget(BrowsingRecord.objects.filter(viewed_at__lt=clock.now() - VIEWS_KEPT))


def forget_old_sheets(actor: Actor) -> int:
    """Delete the rows, files and samples of imports that ended `SHEETS_KEPT` ago, and of those that nobody started.

    Their figures stay. Return the number of imports.
    """
    moment = clock.now()
    is_old = Q(finished_at__lt=moment - SHEETS_KEPT) & (
        Q(sample__isnull=False) | ~Q(error_file_key="") | ~Q(file_key="") | ~Q(upload_key="")
    )
    is_left = Q(state__in=_NEVER_STARTED, created_at__lt=moment - UPLOADS_KEPT)
    due = ImportBatch.objects.filter(is_old | is_left).order_by("created_at", "id").values_list("pk", flat=True)
    return sum(_forget_sheet(actor, batch_id) for batch_id in due[:1000])


@transaction.atomic
def _forget_sheet(actor: Actor, batch_id: UUID) -> int:
    batch = ImportBatch.objects.select_for_update(skip_locked=True).filter(pk=batch_id).first()
    if batch is None:
        return 0
    forget(ImportRejection.objects.filter(batch=batch))
    for key in (batch.upload_key, batch.file_key, batch.error_file_key):
        sealed_files.delete(key)
    batch.upload_key = batch.file_key = batch.error_file_key = ""
    batch.sample, batch.clear_sample = None, []
    batch.headers, batch.worksheets, batch.doubts = [], [], []
    if batch.state in _NEVER_STARTED:
        batch.state, batch.failure, batch.finished_at = ImportState.FAILED, _LEFT, clock.now()
    batch.save()
    audit.record(actor, "import.forget", batch.id)
    return 1
