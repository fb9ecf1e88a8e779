"""Limits hold across processes, count refused attempts, and say when to try again (bar S17)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from jiuye.kernel import clock, rate_limits
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.models import RateCounter

NOON = datetime(2026, 11, 23, 12, 0, 10, tzinfo=UTC)


def attempt(key: str = "login:192.0.2.1") -> bool:
    """Whether one attempt was allowed; the limit is three per minute."""
    try:
        rate_limits.hit(key, limit=3, seconds=60)
    except RateLimited:
        return False
    return True


@pytest.mark.django_db
def test_as_many_as_allowed_pass_in_a_window_and_then_none() -> None:
    with clock.frozen(NOON):
        assert [attempt() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_keys_are_counted_apart() -> None:
    with clock.frozen(NOON):
        assert [attempt("a"), attempt("b"), attempt("a"), attempt("b")] == [True] * 4


@pytest.mark.django_db
def test_the_next_window_starts_at_zero() -> None:
    with clock.frozen(NOON):
        assert [attempt() for _ in range(4)][-1] is False
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert attempt()


@pytest.mark.django_db
def test_the_refusal_says_how_long_to_wait() -> None:
    with clock.frozen(NOON):
        for _ in range(3):
            attempt("k")
        with pytest.raises(RateLimited) as refusal:
            rate_limits.hit("k", limit=3, seconds=60)
    assert refusal.value.retry_after == 50
    assert "50 秒" in refusal.value.message


@pytest.mark.django_db
def test_a_long_wait_is_told_in_minutes_and_a_message_of_ones_own_is_kept() -> None:
    assert "10 分钟" in RateLimited(600).message
    assert RateLimited(600, "今天的次数已用完。").message == "今天的次数已用完。"


@pytest.mark.django_db
def test_a_key_however_long_is_counted() -> None:
    with clock.frozen(NOON):
        assert [attempt("k" * 500) for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db(transaction=True)
def test_sixty_at_once_let_through_exactly_the_limit() -> None:
    def one(_: int) -> bool:
        try:
            with clock.frozen(NOON):
                return attempt()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(one, range(60))) == 3
    assert RateCounter.objects.get().count == 60


@pytest.mark.django_db(transaction=True)
def test_an_attempt_counts_although_what_followed_was_rolled_back() -> None:
    rate_limits.hit("k", limit=3, seconds=60)
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError
    assert RateCounter.objects.get().count == 1


@pytest.mark.django_db
def test_something_happens_once_over_all_processes() -> None:
    assert rate_limits.once("state:a", seconds=600)
    assert not rate_limits.once("state:a", seconds=600)
    assert rate_limits.once("state:b", seconds=600)


@pytest.mark.django_db
def test_what_happened_once_is_remembered_for_that_time() -> None:
    with clock.frozen(NOON):
        rate_limits.once("state:a", seconds=600)
    assert RateCounter.objects.get(key="state:a").expires_at == NOON + timedelta(seconds=600)


@pytest.mark.django_db
def test_a_message_without_the_wait_gets_it() -> None:
    with clock.frozen(datetime(2026, 3, 2, 1, 0, 0, 500_000, tzinfo=UTC)):
        rate_limits.hit("x", limit=1, seconds=3600, message="今天够了。")
        with pytest.raises(RateLimited) as refusal:
            rate_limits.hit("x", limit=1, seconds=3600, message="今天够了。")
    assert refusal.value.message == "今天够了。60 分钟后可以再试。"


@pytest.mark.parametrize(
    ("seconds", "words"), [(119, "119 秒"), (121, "3 分钟"), (7200, "120 分钟"), (7201, "3 小时"), (86_400, "24 小时")]
)
def test_the_wait_is_rounded_up(seconds: int, words: str) -> None:
    assert f"请 {words}后" in RateLimited(seconds).message
