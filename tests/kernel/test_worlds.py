"""Worlds: each sees its own rows and its own time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from jiuye.domains.accounts.models import User
from jiuye.domains.clients.models import TestWorld
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.organisations.models import Employer
from jiuye.kernel import audit, clock, events, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.kernel.worlds import World
from jiuye.ports import authority, identity, registers, sms
from tests.factories import accounts, clients, organisations

pytestmark = pytest.mark.django_db
ONE, OTHER = World(new_id()), World(new_id())


def test_a_row_is_seen_in_the_world_where_it_was_made() -> None:
    live = organisations.employer()
    with worlds.entered(ONE):
        own = organisations.employer()
        assert list(Employer.objects.all()) == [own]
    with worlds.entered(OTHER):
        assert not Employer.objects.exists()
    assert list(Employer.objects.all()) == [live]
    assert own.test_client_id == ONE.client_id


def test_people_who_are_live_are_seen_everywhere_and_others_only_at_home() -> None:
    live = accounts.person()
    with worlds.entered(ONE):
        own = accounts.person()
        assert set(User.objects.all()) == {live, own}
    with worlds.entered(OTHER):
        assert list(User.objects.all()) == [live]
    assert list(User.objects.all()) == [live]


def test_a_phone_and_a_credit_code_are_taken_once_in_each_world() -> None:
    code = organisations.credit_code()
    for world in (None, ONE, OTHER):
        with worlds.entered(world):
            accounts.person(phone="19900000001")
            organisations.employer(credit_code=code)
            with pytest.raises(IntegrityError), transaction.atomic():
                accounts.person(phone="19900000001")
            with pytest.raises(IntegrityError), transaction.atomic():
                organisations.employer(credit_code=code)


def test_employers_without_a_code_do_not_collide() -> None:
    for world in (None, ONE):
        with worlds.entered(world):
            organisations.employer(credit_code=None)
            organisations.employer(credit_code=None)


def test_the_clock_of_a_world_is_moved_and_the_real_one_is_not() -> None:
    before = clock.real_now()
    with worlds.entered(World(new_id(), timedelta(days=200))):
        assert clock.now() - clock.real_now() >= timedelta(days=199, hours=23)
        assert clock.real_now() - before < timedelta(minutes=1)
    assert clock.now() - before < timedelta(minutes=1)


def test_a_world_inside_another_ends_with_its_block() -> None:
    with worlds.entered(ONE):
        with worlds.entered(None):
            assert not worlds.is_test()
        assert worlds.current_client() == ONE.client_id
    assert not worlds.is_test()


def test_audit_entries_of_test_data_are_marked() -> None:
    with worlds.entered(ONE), transaction.atomic():
        audit.record(Actor.system(), "posting.expire", new_id())
    with transaction.atomic():
        audit.record(Actor.system(), "posting.expire", new_id())
    assert list(AuditEntry.objects.order_by("id").values_list("detail", flat=True)) == [{"test": True}, {}]


def test_an_event_is_delivered_in_its_world() -> None:
    client_id = clients.caller(mode=clients.Mode.TEST).client_id
    TestWorld.objects.create(
        client_id=client_id, agency_id=new_id(), offset=timedelta(days=3), created_at=clock.real_now()
    )
    with worlds.of_client(client_id), transaction.atomic():
        events.publish(Actor.system(), PostingsChanged([]))
    with transaction.atomic():
        events.publish(Actor.system(), PostingsChanged([]))
    seen = []
    for row in EventRecord.objects.order_by("id"):
        events.deliver(row.id, {"PostingsChanged": [lambda event, delivered: seen.append(worlds.current_client())]})
    assert seen == [client_id, None]


def test_an_event_of_deleted_test_data_is_dropped() -> None:
    with worlds.entered(ONE), transaction.atomic():
        events.publish(Actor.system(), PostingsChanged([]))
    seen: list[object] = []
    handlers = {"PostingsChanged": [lambda event, delivered: seen.append(event)]}
    assert events.deliver(EventRecord.objects.get().id, handlers) == 0
    assert seen == []


@pytest.mark.parametrize("port", [sms, authority, identity, registers], ids=lambda one: one.__name__)
def test_no_port_to_people_or_offices_opens_in_a_test_world(port: object) -> None:
    with worlds.entered(ONE), pytest.raises(RuntimeError):
        port.get()  # type: ignore[attr-defined]
