"""Create, reset and delete the test data of a client."""

from uuid import UUID

from django.db import transaction

from jiuye.changes import handlers as feed
from jiuye.changes.models import FeedItem
from jiuye.domains.clients.events import ClientCreated, ClientRevoked
from jiuye.domains.clients.models import ApiClient, TestWorld
from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock, worlds
from jiuye.kernel.errors import NotFound
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import World
from jiuye.kernel.write_guard import writes_allowed
from jiuye.testmode.removal import FEED, ORDER, remove
from jiuye.testmode.seeding import seed


def ensure_test_data(client_id: UUID) -> UUID:
    """Return the test agency of a client in test mode, creating its test data if there is none. Raises `NotFound`."""
    with writes_allowed(), worlds.entered(None), transaction.atomic():  # the first request may be a read
        client = _locked(client_id)
        known = TestWorld.objects.filter(pk=client_id).values_list("agency_id", flat=True).first()
        return known or _create(client)


@transaction.atomic
def reset_test_data(client_id: UUID) -> UUID:
    """Delete the test data of a client and create it from the beginning, with the clock at the real time. Return the test
    agency's new id. The change feed tells what is gone. Raises `NotFound`.
    """
    with worlds.entered(None):
        client = _locked(client_id)
        known = list(
            FeedItem.objects.filter(test_client_id=client_id, change="upsert").values_list("kind", "object_id")
        )
        remove(client_id)
        TestWorld.objects.filter(pk=client_id).delete()
        agency_id = _create(client)
    with worlds.entered(World(client_id)):
        for kind in dict.fromkeys(kind for kind, _ in known):
            feed.request(kind, [object_id for of_kind, object_id in known if of_kind == kind])
    return agency_id


def create_for_client(event: ClientCreated, delivered: Delivered) -> None:
    """Handler: create the test data of a new client in test mode. Idempotent."""
    is_current = ApiClient.objects.filter(pk=event.client_id, revoked_at=None).exists()
    if event.mode == Mode.TEST and is_current:
        ensure_test_data(event.client_id)


@transaction.atomic
def delete_of_client(event: ClientRevoked, delivered: Delivered) -> None:
    """Handler: delete the test data of a revoked client. Idempotent."""
    remove(event.client_id, labels=(*ORDER, *FEED))
    TestWorld.objects.filter(pk=event.client_id).delete()


def _locked(client_id: UUID) -> ApiClient:
    rows = ApiClient.objects.select_for_update(of=("self",), no_key=True)
    client = rows.filter(pk=client_id, mode=Mode.TEST, revoked_at=None).first()
    if client is None:
        raise NotFound
    return client


def _create(client: ApiClient) -> UUID:
    agency_id = new_id()
    TestWorld.objects.create(client=client, agency_id=agency_id, created_at=clock.real_now())
    with worlds.entered(World(client.pk)):
        seed(client, agency_id)
    return agency_id
