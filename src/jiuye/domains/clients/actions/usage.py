"""Store when credentials were used, and how many requests clients made."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from jiuye.domains.clients.events import QuotaNear
from jiuye.domains.clients.models import ClientCredential
from jiuye.kernel import clock, events, rate_limits, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.write_guard import writes_allowed

_HOUR = 3600
Counted = tuple[UUID, date, str, int]
"""What is counted: client, day (Asia/Shanghai), operation id, HTTP status."""

# In one order, so that two processes do not wait for each other; without clients that are gone.
_ADD = """
INSERT INTO clients_usagecount (client_id, day, operation, status, count)
SELECT given.client, given.day, given.operation, given.status, given.count
FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::int[], %s::bigint[]) AS given (client, day, operation, status, count)
JOIN clients_apiclient ON clients_apiclient.id = given.client
ORDER BY 1, 2, 3, 4
ON CONFLICT (client_id, day, operation, status) DO UPDATE SET count = clients_usagecount.count + EXCLUDED.count
"""


def note_use(*, credential_id: UUID) -> None:
    """Store that a credential is in use."""
    with writes_allowed():  # reads are noted too
        ClientCredential.objects.filter(pk=credential_id).update(last_used_at=clock.real_now())


def add_usage(counts: Mapping[Counted, int]) -> None:
    """Add numbers of requests to what is stored. One statement."""
    columns = [list(column) for column in zip(*((*key, count) for key, count in counts.items()), strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, columns)


def tell_of_limit(*, client_id: UUID, agency_id: UUID, bucket: str) -> bool:
    """Publish that a client has used most of a limit (read, write, export), once an hour. Return whether it is the first."""
    hour = int(clock.real_now().timestamp()) // _HOUR
    with writes_allowed(), worlds.entered(None), transaction.atomic():
        if not rate_limits.once(f"quota.near:{client_id}:{bucket}:{hour}", seconds=_HOUR):
            return False
        events.publish(Actor.system(), QuotaNear(client_id, agency_id, bucket))
    return True
