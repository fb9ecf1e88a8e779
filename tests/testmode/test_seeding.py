"""The test data of a client: there at its first request, complete, unseen by live data, and deleted with the client."""

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.clients.events import ClientCreated, ClientRevoked
from jiuye.domains.clients.models import ApiClient, TestWorld
from jiuye.domains.clients.states import Mode
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference.models import Region
from jiuye.kernel import clock, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from jiuye.testmode import removal
from jiuye.testmode.actions import create_for_client, delete_of_client, ensure_test_data, reset_test_data
from jiuye.testmode.values import SEEKERS
from tests.factories import clients, organisations, reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> clients.Caller:
    return clients.caller(mode=Mode.TEST)


def rows_of(client_id: object) -> dict[str, int]:
    """The rows of the client's test data, by table."""
    return {
        model._meta.label: count
        for model in removal.models()
        if (count := model._base_manager.filter(test_client_id=client_id).count())
    }


def delivered(event: ClientCreated | ClientRevoked) -> Delivered:
    return Delivered(new_id(), event, Actor.system(), clock.now())


def test_the_first_request_finds_published_postings(caller: clients.Caller) -> None:
    answer = caller.get("/agency/jobs")
    assert answer.status_code == 200, answer.content
    items = answer.json()["items"]
    assert [one["state"] for one in items] == ["published"] * 3
    assert all(one["title"].startswith("（测试）") for one in items)


def test_an_agency_of_a_whole_province_has_postings_in_a_city() -> None:
    wuhou = reference.region(reference.WUHOU)
    city = Region.objects.get(pk=wuhou.parent_id)
    caller = clients.caller(organisations.agency(region_id=city.parent_id), mode=Mode.TEST)
    ensure_test_data(caller.client_id)
    with worlds.of_client(caller.client_id):
        assert set(JobPosting.objects.values_list("region_id", flat=True)) == {city.code}


def test_test_data_are_there_once_however_often_they_are_asked_for(caller: clients.Caller) -> None:
    first = ensure_test_data(caller.client_id)
    event = ClientCreated(caller.client_id, caller.agency.id, "test")
    create_for_client(event, delivered(event))
    assert ensure_test_data(caller.client_id) == first
    with worlds.of_client(caller.client_id):
        assert JobPosting.objects.count() == 3
        assert Employer.objects.count() == 3


def test_a_live_client_gets_no_test_data() -> None:
    live = clients.caller()
    event = ClientCreated(live.client_id, live.agency.id, "live")
    create_for_client(event, delivered(event))
    assert not TestWorld.objects.exists()


def test_live_data_do_not_change(caller: clients.Caller) -> None:
    before = Agency.objects.count(), Employer.objects.count(), JobPosting.objects.count(), User.objects.count()
    ensure_test_data(caller.client_id)
    after = Agency.objects.count(), Employer.objects.count(), JobPosting.objects.count(), User.objects.count()
    assert before == after


def test_two_clients_have_the_same_phones_and_codes_in_their_own_data(caller: clients.Caller) -> None:
    other = clients.caller(mode=Mode.TEST)
    ensure_test_data(caller.client_id)
    ensure_test_data(other.client_id)
    for one in (caller, other):
        with worlds.of_client(one.client_id):
            own = User.objects.filter(test_client_id=one.client_id)
            assert {user.phone for user in own} == {seeker.phone for seeker in SEEKERS}


def test_resetting_begins_again_with_other_ids_and_the_real_time(caller: clients.Caller) -> None:
    first = ensure_test_data(caller.client_id)
    rows = rows_of(caller.client_id)
    caller.post("/test/clock", {"by": "P40D"})
    answer = caller.post("/test/reset")
    assert answer.status_code == 200, answer.content
    assert answer.json()["id"] != str(first)
    assert rows_of(caller.client_id) == rows
    assert TestWorld.objects.get().offset.total_seconds() == 0


def test_a_reset_leaves_other_test_data_alone(caller: clients.Caller) -> None:
    other = clients.caller(mode=Mode.TEST)
    agency_id = ensure_test_data(other.client_id)
    reset_test_data(caller.client_id)
    assert ensure_test_data(other.client_id) == agency_id


def test_revoking_a_client_deletes_its_test_data(caller: clients.Caller) -> None:
    ensure_test_data(caller.client_id)
    ApiClient.objects.filter(pk=caller.client_id).update(revoked_at=clock.real_now())
    event = ClientRevoked(caller.client_id, caller.agency.id)
    delete_of_client(event, delivered(event))
    delete_of_client(event, delivered(event))
    assert rows_of(caller.client_id) == {}
    assert not TestWorld.objects.exists()
    late = ClientCreated(caller.client_id, caller.agency.id, "test")
    create_for_client(late, delivered(late))
    assert not TestWorld.objects.exists()


def test_the_removal_knows_every_table_with_test_data() -> None:
    assert {model._meta.label for model in removal.models()} == {
        model._meta.label for model in removal.with_test_data()
    }
