"""Request, prepare, download and delete a copy of one's data."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app as queue

from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, NotFound
from jiuye.kernel.rate_limits import Limit
from jiuye.notifications.actions import notify
from jiuye.privacy import archive
from jiuye.privacy.models import DataExport
from jiuye.privacy.states import ExportState

PREPARING_TASK = "prepare_export"
KEPT = timedelta(days=7)
OVERDUE = timedelta(hours=1)
COPIES = Limit(
    "data-copies",
    "申请个人数据副本",
    "每个人",
    2,
    86_400,
    "每天最多申请 {most} 次数据副本，请 {wait}后再来。已经准备好的仍可以下载。",
)


def request_export(actor: Actor) -> UUID:
    """Request a copy of all the actor's data. Return its id, or the id of the one in preparation.

    Raises `ConfirmationRequired` and, after two a day, `RateLimited`.
    """
    person = _confirmed(actor)
    under_way = DataExport.objects.filter(person_id=person, state=ExportState.REQUESTED)
    if row := under_way.first():
        return row.pk
    COPIES.hit(person)
    with transaction.atomic():
        fresh = DataExport(person_id=person, requested_at=clock.now())
        # Two clicks at once: the database keeps one request.
        DataExport.objects.bulk_create([fresh], ignore_conflicts=True)
        if not DataExport.objects.filter(pk=fresh.pk).exists():
            return under_way.get().pk
        audit.record(actor, "export.request", fresh.pk)
        queue.configure_task(PREPARING_TASK, queue="exports").defer(export_id=str(fresh.pk))
    return fresh.pk


def prepare(export_id: UUID) -> None:
    """Prepare the copy and notify its owner. Do nothing for one that is not waiting. Idempotent."""
    row = DataExport.objects.filter(pk=export_id, state=ExportState.REQUESTED).first()
    if row is None:
        return
    content = archive.build(row.person_id)
    moment = clock.now()
    with transaction.atomic():
        row = DataExport.objects.select_for_update().filter(pk=export_id, state=ExportState.REQUESTED).first()
        if row is None:
            return  # another run was first
        row.state, row.ready_at, row.expires_at = ExportState.READY, moment, moment + KEPT
        row.key, row.size = sealed_files.save("exports", content, "application/zip"), len(content)
        row.save(update_fields=["state", "ready_at", "expires_at", "key", "size"])
        audit.record(Actor.system(), "export.ready", row.pk)
        notify(
            Actor.system(),
            user_ids=[row.person_id],
            kind="export_ready",
            title="您的个人数据副本准备好了",
            body=f"请在 {KEPT.days} 天内下载，过期会自动删除。下载时需要确认是您本人。",
            link="/me/privacy/export",
            dedupe_key=f"export_ready:{row.pk}",
        )


@transaction.atomic
def download(actor: Actor, *, export_id: UUID) -> bytes:
    """Return the archive of a copy that the actor requested. Raises `ConfirmationRequired`, and `NotFound` for other
    people's copies and deleted ones.
    """
    person = _confirmed(actor)
    row = DataExport.objects.filter(
        pk=export_id, person_id=person, state=ExportState.READY, expires_at__gt=clock.now()
    ).first()
    if row is None:
        raise NotFound("这份数据副本不存在或已过期删除，请重新申请。")
    try:
        content = sealed_files.read(row.key) if sealed_files.is_sealed(row.key) else b""
    except sealed_files.FileGone:
        content = b""
    if not content:  # or it was stored in the format of an earlier version
        raise NotFound("这份数据副本已经打不开了，请重新申请。")
    audit.record(actor, "export.download", row.pk)
    return content


def sweep() -> int:
    """Delete expired copies and give up those that were never finished. Return how many were deleted."""
    moment = clock.now()
    DataExport.objects.filter(state=ExportState.REQUESTED, requested_at__lt=moment - OVERDUE).update(
        state=ExportState.FAILED
    )
    return _delete(Q(expires_at__lte=moment) | Q(state=ExportState.FAILED, requested_at__lt=moment - KEPT))


def forget_exports(actor: Actor, *, person_id: UUID) -> int:
    """Delete all copies of a person's data, for example when the account is erased. Return how many."""
    return _delete(Q(person_id=person_id))


def _delete(which: Q) -> int:
    _, deleted = DataExport.objects.filter(which).delete()
    return deleted.get("privacy.DataExport", 0)


def _confirmed(actor: Actor) -> UUID:
    """Return the person, who must have re-authenticated recently. Raises `SignInRequired` and `ConfirmationRequired`."""
    person = actor.person
    if not actor.is_confirmed:
        raise ConfirmationRequired
    return person
