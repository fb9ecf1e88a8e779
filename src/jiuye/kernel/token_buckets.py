"""Rate limits for programs: token buckets in the database, shared by all processes, with small leases for each.

A bucket holds `quota` tokens and is refilled evenly within `window` seconds. A process takes a lease of tokens by one
statement and spends it without further statements. So that somebody who reads now and then costs no statement at all, the
first tokens of a policy with `on_credit` are spent before they are taken, and charged with the next lease.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import structlog
from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from jiuye.kernel import clock
from jiuye.kernel.models import TokenBucket
from jiuye.kernel.write_guard import writes_allowed

log = structlog.get_logger("token_buckets")
_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_MOST_KEPT = 50_000
_LEASE_LASTS = 10.0  # seconds; an older one is dropped, so that tokens are not saved up in a process
_CLOSE = 1e-6  # of a token: what rounding may take away

# One statement: refill, charge what was spent on credit, grant up to what is there.
_TAKE = """
INSERT INTO kernel_token_bucket AS b (key, tokens, granted, at)
SELECT %(key)s, have - got, got, %(at)s::timestamptz FROM (SELECT %(quota)s::float - %(owed)s::float AS have) AS x,
LATERAL (SELECT LEAST(%(wanted)s::float, GREATEST(0::float, floor(have))) AS got) AS y
ON CONFLICT (key) DO UPDATE SET (tokens, granted, at) = (
    SELECT have - got, got, GREATEST(b.at, EXCLUDED.at) FROM
    (SELECT LEAST(%(quota)s::float, b.tokens + %(rate)s::float * GREATEST(0, EXTRACT(EPOCH FROM EXCLUDED.at - b.at)::float))
        - %(owed)s::float AS have) AS x,
    LATERAL (SELECT LEAST(%(wanted)s::float, GREATEST(0::float, floor(have + %(close)s::float))) AS got) AS y)
RETURNING tokens, granted
"""


@dataclass(frozen=True)
class Policy:
    """`quota` requests in `window` seconds, by the name under which clients are told of it.

    `lease`: how many tokens a process takes at once. `on_credit`: whether the first `lease` tokens may be spent first.
    """

    name: str
    quota: int
    window: int = 60
    lease: int = 1
    on_credit: bool = False

    @property
    def rate(self) -> float:
        """Tokens a second."""
        return self.quota / self.window


@dataclass(frozen=True)
class Allowance:
    """What is left of a policy. `retry_after`: whole seconds after which a refused request will pass; 0: it was allowed."""

    policy: Policy
    remaining: int
    reset: int
    retry_after: int = 0

    def headers(self) -> dict[str, str]:
        """Return the header fields of draft-ietf-httpapi-ratelimit-headers, in their structured form."""
        name = self.policy.name
        return {
            "RateLimit-Policy": f'"{name}";q={self.policy.quota};w={self.policy.window}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.reset}',
        }


@dataclass
class _Kept:
    """What a process knows of a bucket. `tokens` are those in the database when it was last asked, at `at`."""

    tokens: float
    at: float
    lease: int = 0
    owed: int = 0
    refused_until: float = 0.0


class TokenBuckets:
    """The buckets as one process sees them. `now` is real time, never that of test data."""

    def __init__(self, now: Callable[[], datetime] = clock.real_now) -> None:
        self._now = now
        self._lock = Lock()
        self._kept: dict[tuple[str, str], _Kept] = {}

    def take(self, key: str, policy: Policy) -> Allowance:
        """Take one token of `key`. While the database is away each process counts for itself."""
        moment = self._now()
        at = moment.timestamp()
        with self._lock:
            kept = self._of(key, policy, at)
            if at < kept.refused_until <= at + policy.window:
                return _refused(policy, kept.refused_until - at)
            if self._spend(kept, policy):
                return _allowed(policy, kept, at)
            owed, kept.owed = kept.owed, 0
        try:
            tokens, granted = _take(f"{policy.name}:{key}", policy, moment, owed)
        except _AWAY as error:
            log.warning("buckets are counted in this process", error=type(error).__name__)
            tokens, granted = _alone(kept, policy, at, owed)
        with self._lock:
            kept.tokens, kept.at = tokens, at
            if granted < 1:
                wait = math.ceil((1 - tokens) / policy.rate - _CLOSE)
                kept.refused_until = at + wait
                return _refused(policy, wait)
            kept.lease += granted - 1
            return _allowed(policy, kept, at)

    def _of(self, key: str, policy: Policy, at: float) -> _Kept:
        """Return what is known of a bucket. What is older than its lease is forgotten."""
        place = (policy.name, key)
        kept = self._kept.get(place)
        if kept is None or kept.at < at - max(_LEASE_LASTS, policy.window if kept.owed else 0):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[place] = _Kept(policy.quota, at, owed=0 if kept is None else kept.owed)
        return kept

    def _spend(self, kept: _Kept, policy: Policy) -> bool:
        """Spend a token that is here, if there is one."""
        if kept.lease >= 1:
            kept.lease -= 1
            return True
        if policy.on_credit and kept.owed < policy.lease and kept.tokens >= policy.quota:
            kept.owed += 1
            return True
        return False


def _take(key: str, policy: Policy, moment: datetime, owed: int) -> tuple[float, int]:
    values: dict[str, str | float | datetime] = {
        "key": key[:200], "quota": policy.quota, "rate": policy.rate, "owed": owed, "wanted": policy.lease, "at": moment,
        "close": _CLOSE,
    }  # fmt: skip
    with writes_allowed(), connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        tokens, granted = cursor.fetchone()
    return float(tokens), int(granted)


def _alone(kept: _Kept, policy: Policy, at: float, owed: int) -> tuple[float, int]:
    """As the statement, without the database."""
    have = min(policy.quota, kept.tokens + policy.rate * max(0.0, at - kept.at)) - owed
    granted = max(0, min(policy.lease, math.floor(have + _CLOSE)))
    return have - granted, granted


def _allowed(policy: Policy, kept: _Kept, at: float) -> Allowance:
    refilled = min(policy.quota, kept.tokens + policy.rate * max(0.0, at - kept.at))
    left = min(policy.quota - 1, max(0, math.floor(refilled) + kept.lease - kept.owed))
    return Allowance(policy, left, math.ceil((policy.quota - left) / policy.rate))


def _refused(policy: Policy, wait: float) -> Allowance:
    seconds = max(1, math.ceil(wait - _CLOSE))
    return Allowance(policy, 0, seconds, seconds)


def forget_old() -> None:
    """Delete the buckets that are full again."""
    TokenBucket.objects.filter(at__lt=clock.real_now() - timedelta(days=1)).delete()
