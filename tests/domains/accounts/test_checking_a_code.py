"""Checking a login code: right once, for one browser and purpose, within five minutes and five tries."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import LoginCode, User
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.domains.accounts.asking import BROWSER, OTHER_BROWSER, PHONE, VISITOR, ask, check, code_of, other_than
from tests.factories.races import at_once, refusals, texts

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DEAD = "验证码已失效，请重新获取一条新的验证码。"


def refused(code: str, **where: str) -> str:
    with pytest.raises(Invalid) as refusal:
        check(code, **where)
    return refusal.value.fields["code"]


def test_the_right_code_makes_a_new_person_a_seeker() -> None:
    entered = check(code_of(ask()))

    person = User.objects.get()
    assert (entered.person_id, entered.is_new) == (person.id, True)
    assert person.phone == PHONE
    assert person.last_login_at is not None
    assert EventRecord.objects.get(name="PersonRegistered").payload == {"person_id": str(person.id)}
    assert AuditEntry.objects.get(action="account.sign_in").actor_person_id == person.id


def test_the_same_phone_comes_back_to_the_same_account() -> None:
    with clock.frozen(MORNING):
        first = check(code_of(ask()))
    with clock.frozen(MORNING + timedelta(minutes=2)):
        second = check(code_of(ask("+86 138 0000 0001")))

    assert second.person_id == first.person_id
    assert not second.is_new
    assert EventRecord.objects.filter(name="PersonRegistered").count() == 1


def test_spaces_and_full_width_digits_are_read_as_meant() -> None:
    code = code_of(ask())
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in code[:3]) + " " + code[3:]

    assert check(typed).is_new


def test_a_code_works_once() -> None:
    code = code_of(ask())
    check(code)

    assert refused(code) == DEAD


def test_a_code_works_only_in_the_browser_that_asked_for_it() -> None:
    code = code_of(ask())

    assert refused(code, binding=OTHER_BROWSER) == DEAD
    assert check(code, binding=BROWSER)


def test_a_code_works_only_for_its_purpose() -> None:
    code = code_of(ask())
    with pytest.raises(Invalid) as refusal:
        actions.prove_phone(VISITOR, phone=PHONE, code=code, purpose=CodePurpose.CONFIRM, binding=BROWSER)
    assert refusal.value.fields["code"] == DEAD


def test_a_code_works_only_for_its_phone() -> None:
    assert refused(code_of(ask()), phone="13800000002") == DEAD


def test_a_code_is_dead_after_five_minutes() -> None:
    with clock.frozen(MORNING):
        code = code_of(ask())
    with clock.frozen(MORNING + timedelta(minutes=5)):
        assert refused(code) == DEAD
    with clock.frozen(MORNING + timedelta(minutes=4, seconds=59)):
        assert check(code)


def test_a_newer_code_replaces_the_one_before() -> None:
    with clock.frozen(MORNING):
        old = code_of(ask())
    with clock.frozen(MORNING + timedelta(seconds=61)):
        new = code_of(ask())
        if old != new:
            assert "还可以再试 4 次" in refused(old)
        assert check(new)


def test_without_any_code_the_answer_is_that_of_a_dead_one() -> None:
    assert refused("123456") == DEAD


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "¹²³⁴⁵⁶"])
def test_what_cannot_be_a_code_is_not_counted(typed: str) -> None:
    code_id = ask()

    refused(typed)

    assert LoginCode.objects.get(pk=code_id).checks == 0


def test_every_failure_says_how_many_tries_are_left_and_the_fifth_locks() -> None:
    code = code_of(ask())

    for left in (4, 3, 2, 1):
        assert f"还可以再试 {left} 次" in refused(other_than(code, left))
    with pytest.raises(RateLimited):
        check(other_than(code, 9))
    with pytest.raises(RateLimited):
        check(code)

    assert not User.objects.exists()


def test_a_lock_ends_thirty_minutes_after_the_last_failure() -> None:
    with clock.frozen(MORNING):
        code = code_of(ask())
        for offset in (1, 2, 3, 4):
            refused(other_than(code, offset))
        with pytest.raises(RateLimited):
            check(other_than(code, 5))
    with clock.frozen(MORNING + timedelta(minutes=29)), pytest.raises(RateLimited) as locked:
        ask()
    with clock.frozen(MORNING + timedelta(minutes=30)):
        entered = check(code_of(ask()))

    assert locked.value.retry_after == 60
    assert entered.is_new


def test_failures_are_counted_over_several_codes() -> None:
    with clock.frozen(MORNING):
        first = code_of(ask())
        for offset in (1, 2, 3):
            refused(other_than(first, offset))
    with clock.frozen(MORNING + timedelta(minutes=1)):
        second = code_of(ask())
        for offset in (1, 2):
            refused(other_than(second, offset))
        with pytest.raises(RateLimited):
            check(second)


def test_a_lock_does_not_keep_the_owner_out_of_another_browser() -> None:
    with clock.frozen(MORNING):
        code = code_of(ask(binding=OTHER_BROWSER))
        for offset in (1, 2, 3, 4):
            refused(other_than(code, offset), binding=OTHER_BROWSER)
        with pytest.raises(RateLimited):
            check(other_than(code, 5), binding=OTHER_BROWSER)
    with clock.frozen(MORNING + timedelta(minutes=1)):
        assert check(code_of(ask()))


def answers_to(guesses: list[str]) -> list[str]:
    """What each of the guesses, made at the same moment, was answered; empty for success."""
    return texts(at_once(*[partial(check, guess) for guess in guesses], refusal=(Invalid, RateLimited)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("purpose", CodePurpose)
def test_of_sixty_guesses_at_once_exactly_five_are_looked_at(purpose: CodePurpose) -> None:
    code_id = actions.request_code(VISITOR, phone=PHONE, purpose=purpose, binding=BROWSER)
    code = code_of(code_id)

    def guess(typed: str) -> None:
        actions.prove_phone(VISITOR, phone=PHONE, code=typed, purpose=purpose, binding=BROWSER)

    guesses = [partial(guess, other_than(code, offset)) for offset in range(1, 61)]
    answers = texts(at_once(*guesses, refusal=(Invalid, RateLimited)))

    assert sorted(answer[:13] for answer in answers if "还可以再试" in answer) == [
        f"验证码不对，还可以再试 {left}" for left in (1, 2, 3, 4)
    ]
    stored = LoginCode.objects.get(pk=code_id)
    assert stored.checks == 5
    assert stored.used_at is None
    assert not User.objects.exists()
    with pytest.raises(RateLimited):
        guess(code)


@pytest.mark.django_db(transaction=True)
def test_the_right_code_sent_sixty_times_at_once_enters_once() -> None:
    code = code_of(ask())

    answers = answers_to([code] * 60)

    assert answers.count("") == 1
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_requests_at_once_send_one_code() -> None:
    results = at_once(*[partial(ask, ip=f"192.0.2.{number}") for number in range(20)], refusal=RateLimited)

    assert len(refusals(results)) == 19
    assert LoginCode.objects.count() == 1
