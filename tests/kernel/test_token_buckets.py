"""Limits of programs: one count in all processes, and a time to wait that is enough."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from jiuye.kernel import token_buckets
from jiuye.kernel.token_buckets import Allowance, Policy, TokenBuckets

pytestmark = pytest.mark.django_db
START = datetime(2020, 11, 29, 8, tzinfo=UTC)
EXACT = Policy("write", quota=6)
READS = Policy("read", quota=60, lease=5, on_credit=True)


class Time:
    """The time of the test, which moves when it says so."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def process(time: Time) -> TokenBuckets:
    return TokenBuckets(time)


def take(process: TokenBuckets, policy: Policy, number: int, key: str = "a") -> list[Allowance]:
    return [process.take(key, policy) for _ in range(number)]


def passed(allowances: list[Allowance]) -> int:
    return sum(not one.retry_after for one in allowances)


@pytest.mark.parametrize("policy", [EXACT, READS])
def test_as_many_pass_as_the_quota_says(process: TokenBuckets, policy: Policy) -> None:
    assert passed(take(process, policy, policy.quota + 10)) == policy.quota


@pytest.mark.parametrize("policy", [EXACT, READS])
def test_waiting_exactly_as_long_as_told_is_enough_and_less_is_not(
    process: TokenBuckets, time: Time, policy: Policy
) -> None:
    for _ in range(5):
        refused = take(process, policy, policy.quota + 1)[-1]
        assert refused.retry_after == refused.reset >= 1
        assert refused.remaining == 0
        time.wait(refused.retry_after - 1)
        if refused.retry_after > 1:
            assert process.take("a", policy).retry_after == 1
        time.wait(1)
        assert process.take("a", policy).retry_after == 0


@pytest.mark.parametrize("policy", [EXACT, READS])
def test_two_processes_share_one_count(time: Time, policy: Policy) -> None:
    first, second = TokenBuckets(time), TokenBuckets(time)
    allowed = 0
    for _ in range(policy.quota):
        allowed += passed([first.take("a", policy), second.take("a", policy)])
    assert allowed == policy.quota
    time.wait(first.take("a", policy).retry_after)
    assert passed([second.take("a", policy), second.take("a", policy)]) >= 1


def test_remaining_and_reset_agree(process: TokenBuckets, time: Time) -> None:
    first, second = take(process, EXACT, 2)
    assert (first.remaining, first.reset) == (5, 10)
    assert (second.remaining, second.reset) == (4, 20)
    time.wait(20)
    assert process.take("a", EXACT).remaining == 5


def test_others_are_not_affected(process: TokenBuckets) -> None:
    take(process, EXACT, 10)
    assert process.take("b", EXACT).retry_after == 0


def test_who_reads_now_and_then_costs_nothing_and_others_a_statement_a_lease(
    process: TokenBuckets, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        take(process, READS, READS.lease)
    with django_assert_num_queries(2):
        take(process, READS, 2 * READS.lease)


def test_a_refusal_is_told_again_without_a_statement(
    process: TokenBuckets, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    take(process, EXACT, 7)
    with django_assert_num_queries(0):
        assert all(one.retry_after for one in take(process, EXACT, 20))


def test_a_lease_that_is_not_used_is_dropped(process: TokenBuckets, time: Time) -> None:
    take(process, READS, READS.lease + 1)
    time.wait(3600)
    assert passed(take(process, READS, 2 * READS.quota)) == READS.quota


def test_a_bucket_fills_evenly_to_its_quota_and_no_further(process: TokenBuckets, time: Time) -> None:
    take(process, EXACT, 6)
    time.wait(35)
    assert passed(take(process, EXACT, 10)) == 3
    time.wait(100_000)
    assert passed(take(process, EXACT, 10)) == 6


def test_a_clock_that_goes_back_blocks_nobody(process: TokenBuckets, time: Time) -> None:
    take(process, EXACT, 7)
    time.wait(-86_400)
    assert process.take("a", EXACT).retry_after <= 11


def test_while_the_database_is_away_each_process_counts(process: TokenBuckets, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(token_buckets, "_take", away)
    assert passed(take(process, EXACT, 10)) == 6


def test_the_header_fields_are_structured(process: TokenBuckets) -> None:
    assert process.take("a", EXACT).headers() == {
        "RateLimit-Policy": '"write";q=6;w=60',
        "RateLimit": '"write";r=5;t=10',
    }


def test_full_buckets_are_deleted(process: TokenBuckets) -> None:
    process.take("a", EXACT)
    token_buckets.forget_old()
    assert not token_buckets.TokenBucket.objects.exists()
