"""Limits counted in one process."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from jiuye.kernel.errors import RateLimited
from jiuye.kernel.local_limits import LocalLimit


def test_a_new_window_counts_from_nothing() -> None:
    now = [1000.0]
    limit = LocalLimit(limit=2, seconds=60, clock=lambda: now[0])
    limit.hit("192.0.2.1")
    limit.hit("192.0.2.1")
    with pytest.raises(RateLimited) as refusal:
        limit.hit("192.0.2.1")
    assert refusal.value.retry_after == 60
    now[0] += 60
    limit.hit("192.0.2.1")


def test_each_key_has_a_count_of_its_own() -> None:
    limit = LocalLimit(limit=1)
    limit.hit("192.0.2.1")
    limit.hit("192.0.2.2")


def test_the_refusal_says_the_limit_and_the_wait() -> None:
    limit = LocalLimit(limit=0, seconds=60, message="最多 {limit} 次，请 {wait} 秒后再试。", clock=lambda: 0.0)
    with pytest.raises(RateLimited, match="最多 0 次，请 60 秒后再试。"):
        limit.hit("a")


def test_its_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.kernel.local_limits._MOST_KEYS", 10)
    limit = LocalLimit(limit=5)
    for number in range(100):
        limit.hit(f"198.51.100.{number}")
    assert len(limit._counts) <= 11


def test_threads_lose_no_count() -> None:
    limit = LocalLimit(limit=4000)

    def hit_often(_: int) -> None:
        for _ in range(500):
            limit.hit("a")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hit_often, range(8)))
    with pytest.raises(RateLimited):
        limit.hit("a")
