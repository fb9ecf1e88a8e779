"""Limits counted in one process."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from jiuye.kernel import clock, rate_limits
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.local_limits import LocalLimit

NOON = datetime(2026, 11, 23, 12, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def declared_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rate_limits, "DECLARED", {})
    with clock.frozen(NOON):
        yield


def limit(most: int, message: str = "") -> LocalLimit:
    """A limit a minute."""
    return LocalLimit("here", "试", "每个地址", most, 60, message)


def test_a_new_window_counts_from_nothing() -> None:
    two = limit(2)
    two.hit("192.0.2.1")
    two.hit("192.0.2.1")
    with pytest.raises(RateLimited) as refusal:
        two.hit("192.0.2.1")
    assert refusal.value.retry_after == 50
    with clock.frozen(NOON + timedelta(seconds=50)):
        two.hit("192.0.2.1")


def test_each_key_has_a_count_of_its_own() -> None:
    one = limit(1)
    one.hit("192.0.2.1")
    one.hit("192.0.2.2")


def test_the_refusal_says_the_limit_and_the_wait() -> None:
    with pytest.raises(RateLimited, match="最多 0 次，请 50 秒后再试。"):
        limit(0, "最多 {most} 次，请 {wait}后再试。").hit("a")


def test_its_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.kernel.local_limits._MOST_KEYS", 10)
    five = limit(5)
    for number in range(100):
        five.hit(f"198.51.100.{number}")
    assert len(five.counts) <= 11


def test_threads_lose_no_count() -> None:
    many = limit(4000)

    def hit_often(_: int) -> None:
        with clock.frozen(NOON):
            for _ in range(500):
                many.hit("a")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hit_often, range(8)))
    with pytest.raises(RateLimited):
        many.hit("a")
