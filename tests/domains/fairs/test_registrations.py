"""Registering for a fair, being let in once, and being reminded once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from jiuye.domains.fairs import actions, queries
from jiuye.domains.fairs.models import FairInterest, JobFair
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, organisations
from tests.factories.public_site import fair

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 11, 2, 30, tzinfo=clock.now().tzinfo)  # 10:30 in China, a Monday


@pytest.fixture
def lin() -> Actor:
    return accounts.actor(accounts.seeker())


@pytest.fixture
def held() -> JobFair:
    """A fair that has begun."""
    start = clock.now() - timedelta(hours=1)
    return fair(starts_at=start, ends_at=start + timedelta(hours=6))


def at_the_door(held: JobFair, role: str = "recruiter") -> Actor:
    return organisations.member(held.agency, role=role)


def code_of(actor: Actor, fair_id: UUID) -> str:
    found = queries.registration(actor, fair_id)
    assert found is not None
    return found.code


class TestRegistering:
    def test_one_place_for_one_person(self, lin: Actor) -> None:
        one = fair()
        actions.register(lin, fair_id=one.id)
        code = code_of(lin, one.id)
        actions.register(lin, fair_id=one.id)
        assert code_of(lin, one.id) == code
        assert queries.fair(one.id).registered == 1

    def test_it_can_be_taken_back(self, lin: Actor) -> None:
        one = fair()
        actions.register(lin, fair_id=one.id)
        for _ in range(2):
            actions.cancel(lin, fair_id=one.id)
        assert queries.registration(lin, one.id) is None

    @pytest.mark.parametrize(
        "given",
        [
            {"state": "cancelled"},
            {"starts_at": MORNING - timedelta(days=2000), "ends_at": MORNING - timedelta(days=1999)},
        ],
    )
    def test_not_for_what_does_not_take_place(self, lin: Actor, given: dict[str, object]) -> None:
        one = fair(**given)
        with pytest.raises(Refused):
            actions.register(lin, fair_id=one.id)
        assert not FairInterest.objects.exists()

    def test_not_for_a_draft(self, lin: Actor) -> None:
        with pytest.raises(NotFound):
            actions.register(lin, fair_id=fair(state="draft").id)


class TestTheDoor:
    def test_a_code_lets_in_once(self, lin: Actor, held: JobFair) -> None:
        actions.register(lin, fair_id=held.id)
        staff, code = at_the_door(held), code_of(lin, held.id)
        found = actions.check_in(staff, fair_id=held.id, code=f" {code[:4].lower()} {code[4:]}")
        assert (found.name, found.number) == ("林**", 1)
        with pytest.raises(Refused, match="用过了"):
            actions.check_in(staff, fair_id=held.id, code=code)
        with pytest.raises(Refused):
            actions.cancel(lin, fair_id=held.id)
        assert queries.door(staff, held.id).arrived == 1

    def test_a_scanner_reads_the_whole_address(self, lin: Actor, held: JobFair) -> None:
        actions.register(lin, fair_id=held.id)
        address = f"https://jobs.example.cn/agency/fairs/{held.id}/check-in?code={code_of(lin, held.id)}"
        assert actions.check_in(at_the_door(held), fair_id=held.id, code=address).number == 1

    @pytest.mark.parametrize("code", ["", "AAAAAAAA", "☺", "' OR 1=1"])
    def test_other_codes_open_nothing(self, lin: Actor, held: JobFair, code: str) -> None:
        actions.register(lin, fair_id=held.id)
        with pytest.raises(Invalid):
            actions.check_in(at_the_door(held), fair_id=held.id, code=code)
        assert queries.door(at_the_door(held), held.id).arrived == 0

    def test_a_code_is_good_at_its_own_fair_only(self, lin: Actor, held: JobFair) -> None:
        other = fair(held.agency, starts_at=held.starts_at, ends_at=held.ends_at)
        actions.register(lin, fair_id=other.id)
        with pytest.raises(Invalid):
            actions.check_in(at_the_door(held), fair_id=held.id, code=code_of(lin, other.id))

    @pytest.mark.parametrize("hours", [-2, 7])
    def test_the_door_is_open_in_its_hours(self, lin: Actor, held: JobFair, hours: int) -> None:
        actions.register(lin, fair_id=held.id)
        code, staff = code_of(lin, held.id), at_the_door(held)
        with clock.frozen(held.starts_at + timedelta(hours=hours)):
            assert queries.door(staff, held.id).closed_because
            with pytest.raises(Refused):
                actions.check_in(staff, fair_id=held.id, code=code)
        assert not FairInterest.objects.filter(checked_in_at__isnull=False).exists()

    def test_nobody_else_works_at_it(self, lin: Actor, held: JobFair) -> None:
        actions.register(lin, fair_id=held.id)
        code = code_of(lin, held.id)
        strangers: list[tuple[Actor, type[Exception]]] = [
            (lin, NotFound),
            (organisations.member(organisations.agency()), NotFound),
            (at_the_door(held, "viewer"), Denied),
        ]
        for stranger, refusal in strangers:
            attempts: list[Callable[[], object]] = [
                lambda who=stranger: actions.check_in(who, fair_id=held.id, code=code),  # type: ignore[misc]
                lambda who=stranger: queries.door(who, held.id),  # type: ignore[misc]
            ]
            for attempt in attempts:
                with pytest.raises(refusal):
                    attempt()
        assert not FairInterest.objects.filter(checked_in_at__isnull=False).exists()


class TestReminding:
    def test_the_day_before_from_ten_in_the_morning_once(self, lin: Actor) -> None:
        start = MORNING + timedelta(days=1)
        with clock.frozen(MORNING):
            one = fair(starts_at=start, ends_at=start + timedelta(hours=4))
            fair(one.agency, starts_at=start + timedelta(days=1), ends_at=start + timedelta(days=2))
            actions.register(lin, fair_id=one.id)
        with clock.frozen(MORNING - timedelta(hours=1)):
            assert actions.remind_of_tomorrow(Actor.system()) == 0
        with clock.frozen(MORNING):
            assert [actions.remind_of_tomorrow(Actor.system()) for _ in range(2)] == [1, 0]
        event = events.restore(EventRecord.objects.get(name="FairIsTomorrow"))
        for _ in range(2):
            HANDLERS["FairIsTomorrow"][0](event.event, event)
        told = Notification.objects.get()
        assert (told.user_id, told.link) == (lin.person_id, f"/fairs/{one.id}/attend")
        assert "5月12日 10:30" in told.body
        assert TextMessage.objects.count() == 1

    def test_not_of_a_cancelled_one(self, lin: Actor) -> None:
        start = MORNING + timedelta(days=1)
        with clock.frozen(MORNING):
            one = fair(starts_at=start, ends_at=start + timedelta(hours=4))
            actions.register(lin, fair_id=one.id)
            JobFair.objects.filter(pk=one.id).update(state="cancelled")
            assert actions.remind_of_tomorrow(Actor.system()) == 0


class TestWhen:
    def test_this_week_ends_on_sunday_and_this_month_on_its_last_day(self) -> None:
        agency = organisations.agency()
        with clock.frozen(MORNING):
            for day, title in ((6, "周日"), (7, "下周一"), (20, "月底"), (21, "下月")):
                start = MORNING + timedelta(days=day)
                fair(agency, title=title, starts_at=start, ends_at=start + timedelta(hours=2))
            found = {when: [one.title for one in queries.fairs(when=when).items] for when in ("week", "month", "")}
        assert found == {
            "week": ["周日"],
            "month": ["周日", "下周一", "月底"],
            "": ["周日", "下周一", "月底", "下月"],
        }
