"""Codes of an authenticator app under many hands at once: each counts once, and of guesses five are looked at."""

from functools import partial

import pytest
from django.http import HttpRequest

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import Authenticator, RecoveryCode, User
from jiuye.domains.accounts.session_store import PERSON, SessionStore
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.factories.races import at_once, texts

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 60


@pytest.fixture
def zhou() -> User:
    """Staff with a second factor."""
    return accounts.member(new_id(), with_second_factor=True)


def request_of(user: User) -> HttpRequest:
    """A request of a browser of its own in which the person is signed in."""
    request = HttpRequest()
    store = SessionStore()
    store[PERSON] = str(user.pk)
    store.save()
    request.session = store
    return request


def answers_to(user: User, codes: list[str]) -> list[str]:
    """What each code, typed at the same moment in a browser of its own, was answered; empty for success."""
    enter = partial(actions.pass_second_factor, accounts.actor(user))
    return texts(
        at_once(*[partial(enter, request_of(user), code=code) for code in codes], refusal=(Invalid, RateLimited))
    )


def test_one_code_typed_sixty_times_at_once_enters_once(zhou: User) -> None:
    answers = answers_to(zhou, [accounts.app_code(zhou)] * AT_ONCE)
    assert answers.count("") == 1


def test_of_sixty_guesses_at_once_exactly_five_are_looked_at(zhou: User) -> None:
    near = {int(accounts.app_code(zhou, steps)) for steps in range(-3, 4)}
    guesses = [f"{guess:06d}" for guess in range(500_000, 500_100) if guess not in near][:AT_ONCE]

    answers = answers_to(zhou, guesses)

    looked_at = sorted(answer.partition("还可以再试 ")[2][:1] for answer in answers if "还可以再试" in answer)
    assert looked_at == ["1", "2", "3", "4"]
    assert sum("已输错 5 次" in answer for answer in answers) == AT_ONCE - 4
    assert Authenticator.objects.get().failures == 5


def test_one_recovery_code_typed_five_times_at_once_enters_once(zhou: User) -> None:
    (code, *_) = actions.renew_recovery_codes(accounts.actor(zhou))
    assert answers_to(zhou, [code] * 5).count("") == 1
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
