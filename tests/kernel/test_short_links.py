"""Short-lived links: for one person, one purpose, one thing, five minutes."""

from datetime import timedelta

import pytest

from jiuye.kernel import clock, short_links
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired
from jiuye.kernel.ids import new_id

SUBJECT = "material/3"
ME = Actor(person_id=new_id())


def token(who: Actor = ME) -> str:
    return short_links.issue(who, purpose="evidence", subject=SUBJECT)


def test_a_link_leads_its_owner_to_what_it_was_issued_for() -> None:
    assert short_links.opened(ME, purpose="evidence", token=token()).subject == SUBJECT


@pytest.mark.parametrize(
    ("who", "purpose"), [(Actor(person_id=new_id()), "evidence"), (ME, "preview")], ids=["another person", "purpose"]
)
def test_and_nobody_else_and_nowhere_else(who: Actor, purpose: str) -> None:
    with pytest.raises(NotFound):
        short_links.opened(who, purpose=purpose, token=token())


@pytest.mark.parametrize("forged", ["", "x", "WyJhIiwxXQ", "WyJhIiwxXQ:AAAA", "\x00:é"])
def test_a_forged_one_leads_nowhere(forged: str) -> None:
    with pytest.raises(NotFound):
        short_links.opened(ME, purpose="evidence", token=forged)


def test_it_is_valid_for_five_minutes() -> None:
    now = clock.now()
    with clock.frozen(now):
        issued = token()
    with clock.frozen(now + timedelta(minutes=4, seconds=58)):
        assert short_links.opened(ME, purpose="evidence", token=issued)
    with clock.frozen(now + timedelta(minutes=5)), pytest.raises(short_links.LinkExpired, match="重新打开"):
        short_links.opened(ME, purpose="evidence", token=issued)


def test_one_that_follows_from_another_ends_with_it() -> None:
    now = clock.now()
    with clock.frozen(now):
        first = short_links.opened(ME, purpose="evidence", token=token())
    with clock.frozen(now + timedelta(minutes=4)):
        second = short_links.issue(ME, purpose="page", subject="1", until=first.until)
    with clock.frozen(now + timedelta(minutes=5)), pytest.raises(short_links.LinkExpired):
        short_links.opened(ME, purpose="page", token=second)


def test_without_an_account_there_is_none() -> None:
    with pytest.raises(SignInRequired):
        token(Actor.anonymous())
