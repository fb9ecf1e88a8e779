"""Who acts in a request: for how long a session counts, for whom it acts, and whether its person has just proved who they are."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import RequestFactory

from jiuye.domains.accounts import sessions
from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.session_store import SessionStore
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor, SecondFactor
from jiuye.kernel.errors import SessionEnded
from jiuye.kernel.ids import new_id
from tests.factories import accounts

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def session_of(user: User) -> str:
    """The key of a session that has passed the second factor and a step-up just now."""
    client = accounts.browser(user, confirmed=True)
    return str(client.cookies["jiuye_session"].value)


def actor_in(key: str, kind: str = "", *, after: timedelta = timedelta()) -> Actor:
    """Who acts in a request of this session, on a route of staff of `kind` or of the person as such."""
    with clock.frozen(MORNING + after):
        request = RequestFactory().get("/")
        request.session = SessionStore(key)
        request.actor = Actor.anonymous("192.0.2.1")  # type: ignore[attr-defined]
        return sessions.actor_for_request(request, kind)


def staff(kind: str = "agency", *, with_second_factor: bool | None = None) -> tuple[str, UUID]:
    """A session of somebody who works for an organisation since this morning, and the person."""
    with clock.frozen(MORNING):
        user = accounts.member(new_id(), kind, "owner", with_second_factor=with_second_factor)
        return session_of(user), user.pk


@pytest.mark.parametrize(("kind", "minutes"), [("agency", 120), ("employer", 120), ("platform", 30)])
def test_a_portals_session_ends_when_it_was_not_used_for_a_while(kind: str, minutes: int) -> None:
    key, _ = staff(kind)
    assert actor_in(key, kind, after=timedelta(minutes=minutes)).acts_for(kind)
    key, _ = staff(kind)
    with pytest.raises(SessionEnded):
        actor_in(key, kind, after=timedelta(minutes=minutes, seconds=1))


def test_a_portals_session_ends_after_twelve_hours_however_much_used() -> None:
    key, _ = staff()
    for hour in range(1, 13):
        assert actor_in(key, "agency", after=timedelta(hours=hour)).acts_for("agency")
    with pytest.raises(SessionEnded):
        actor_in(key, "agency", after=timedelta(hours=12, seconds=1))


def test_the_person_as_such_stays_signed_in_when_the_portal_has_closed() -> None:
    key, person = staff()
    assert actor_in(key, after=timedelta(days=1)).person_id == person


def test_the_session_of_an_erased_account_is_nobodys() -> None:
    with clock.frozen(MORNING):
        lin = accounts.seeker()
        key = session_of(lin)
    assert actor_in(key).person_id == lin.pk
    User.objects.filter(pk=lin.pk).update(phone="", phone_index=None, erased_at=MORNING)
    assert not actor_in(key).is_signed_in


def test_an_ended_membership_acts_for_nobody_from_the_next_request_on() -> None:
    key, person = staff()
    Membership.objects.filter(user_id=person).update(ended_at=MORNING)
    actor = actor_in(key, "agency")
    assert (actor.person_id, actor.organisation_id, actor.role) == (person, None, "")


def test_a_proof_of_who_one_is_lasts_ten_minutes() -> None:
    with clock.frozen(MORNING):
        key = session_of(accounts.seeker())
    assert actor_in(key, after=timedelta(minutes=10)).is_confirmed
    assert not actor_in(key, after=timedelta(minutes=10, seconds=1)).is_confirmed


def test_staff_have_two_weeks_to_set_up_a_second_factor() -> None:
    key, person = staff(with_second_factor=False)
    assert actor_in(key, "agency").second_factor == SecondFactor.NOT_ASKED
    with clock.frozen(MORNING + timedelta(days=14)):
        key = session_of(User.objects.get(pk=person))
    assert actor_in(key, "agency", after=timedelta(days=14)).second_factor == SecondFactor.MISSING


def test_operators_need_a_second_factor_at_once() -> None:
    key, _ = staff("platform", with_second_factor=False)
    assert actor_in(key, "platform").second_factor == SecondFactor.MISSING
