"""Keep the feed whole without events: postings whose last day is over, and the comparison with all postings."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection

from jiuye.changes import handlers
from jiuye.changes.models import FeedItem, FeedMark, PendingItem
from jiuye.domains.jobs import queries as jobs
from jiuye.kernel import clock, worlds
from jiuye.kernel.errors import NotFound

log = structlog.get_logger("changes")
KEPT = timedelta(days=30)
_AT_ONCE = 5000

# Which are public and in which version, against the feed. A hash join: about 2 s for a million.
_COMPARE = """
INSERT INTO changes_pendingitem (object_id, kind, requested_at, is_repair)
SELECT coalesce(public.id, item.object_id), 'job', %s, true
FROM ({public}) public
FULL JOIN (
    SELECT object_id, version FROM changes_feeditem
    WHERE kind = 'job' AND change = 'upsert' AND test_client_id IS NULL
) item ON item.object_id = public.id
WHERE public.version IS DISTINCT FROM item.version
ON CONFLICT (object_id) DO NOTHING
"""


def compare() -> int:
    """Note the live postings that the feed lacks, has too many, or has in another version. Return their number.

    One statement. It fills an empty feed, and repairs one whose events were lost.
    """
    public, parameters = jobs.public_versions()
    with connection.cursor() as cursor:
        # nosemgrep: sql-built-from-text - `public` is Django's own SQL, its values are in `parameters`
        cursor.execute(_COMPARE.format(public=public), [clock.real_now(), *parameters])
        count = cursor.rowcount
    if count:
        log.info("the feed differs from the postings", objects=count)
        handlers.request_drain()
    return count


def note_expired() -> int:
    """Note the postings in the feed whose last day is over, in every world. Return their number."""
    upserts = FeedItem.objects.filter(kind="job", change="upsert")
    tests = upserts.filter(test_client_id__isnull=False).order_by("test_client_id")
    return sum(map(_note_expired, [None, *tests.values_list("test_client_id", flat=True).distinct()]))


def _note_expired(client_id: UUID | None) -> int:
    count = 0
    try:
        with worlds.of_client(client_id):
            over = FeedItem.objects.filter(kind="job", change="upsert", test_client_id=client_id)
            over = over.filter(valid_through__lt=clock.today()).exclude(pk__in=PendingItem.objects.values("pk"))
            rows = over.order_by("valid_through", "pk").values_list("pk", flat=True)
            while ids := list(rows[:_AT_ONCE]):
                handlers.request("job", ids)
                count += len(ids)
    except NotFound:  # the client has no test data any more
        FeedItem.objects.filter(test_client_id=client_id).delete()
    return count


def forget_old_tombstones() -> int:
    """Delete tombstones after `KEPT`, and refuse the positions before them from now on. Return their number."""
    old = FeedItem.objects.filter(change="tombstone", written_at__lt=clock.real_now() - KEPT)
    last = old.order_by("-position").values_list("position", flat=True).first()
    if last is None:
        return 0
    FeedMark.objects.filter(pk=1, swept__lt=last).update(swept=last)  # first, so that no reader misses one unnoticed
    return old.filter(position__lte=last).delete()[0]
