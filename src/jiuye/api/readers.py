"""Who calls the API, and how often: by address, by channel for a partner app with a key, or by client of an agency."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from psycopg_pool import PoolTimeout

from jiuye.api import usage
from jiuye.api.challenges import InvalidKey
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.queries import KeyHolder
from jiuye.domains.clients import actions as client_actions
from jiuye.domains.clients import queries as clients
from jiuye.domains.clients.queries import Caller
from jiuye.kernel import clock
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.networks import is_loopback, network_of
from jiuye.kernel.token_buckets import Allowance, Policy, TokenBuckets

log = structlog.get_logger("api")
_DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_NOTED_AFTER = timedelta(hours=1)
Kind = Literal["read", "write", "export"]
READ: Kind = "read"
WRITE: Kind = "write"
EXPORT: Kind = "export"
_TOO_MANY = "请求太频繁：每分钟最多 {limit} 次，请 {wait} 秒后再试。"


@dataclass(frozen=True)
class Limits:
    """Requests a minute: `reads` of an address, of a channel or a client; `writes` of a client; `exports` of either."""

    by_address: int
    by_channel: int
    writes: int = 3000
    exports: int = 60


class Readers:
    """Counts requests and refuses those past the limit of their address or, with a key, of their channel or client.

    The first requests without a key cost no query. A key is looked up once and then known to this process for half a
    minute; the look-up counts for the address, so guessing keys is limited as reading is.
    """

    def __init__(self, limits: Limits) -> None:
        self._buckets = TokenBuckets()
        self._told: dict[tuple[UUID, Kind], int] = {}
        self._by_address = {
            READ: _policy(READ, limits.by_address, on_credit=True),
            WRITE: _policy(WRITE, limits.by_address),
            EXPORT: _policy(EXPORT, limits.exports),
        }
        self._by_key = {
            READ: _policy(READ, limits.by_channel, on_credit=True),
            WRITE: _policy(WRITE, limits.writes),
            EXPORT: _policy(EXPORT, limits.exports),
        }

    def admit(self, request: HttpRequest, kind: Kind = READ) -> Caller | None:
        """Count one request and return the client that calls, if one does. Raise `RateLimited` and `InvalidKey`.

        `allowance_of` then says what is left.
        """
        credentials = request.META.get("HTTP_AUTHORIZATION")
        if credentials is None:
            self._count_address(request, kind)
            return None
        scheme, _, key = credentials.partition(" ")
        if scheme.lower() == "bearer" and clients.looks_like_ours(key.strip()):
            return self._admit_client(request, key.strip(), kind)
        request.channel_code = self._admit_channel(request, credentials, kind)  # type: ignore[attr-defined]
        return None

    def _admit_client(self, request: HttpRequest, key: str, kind: Kind) -> Caller:
        caller = clients.caller_of(key)
        if caller is None:
            self._count_address(request, kind)
            raise InvalidKey
        usage.belongs_to(request, caller)
        self._count(request, str(caller.client_id), self._by_key[kind])
        self._tell_if_near(request, caller, kind)
        return caller

    def _tell_if_near(self, request: HttpRequest, caller: Caller, kind: Kind) -> None:
        """Tell the agency's endpoints when a fifth of a limit is left; this process asks the database once an hour."""
        allowance = allowance_of(request)
        if caller.is_test or allowance is None or allowance.remaining * 5 > allowance.policy.quota:
            return
        hour = int(clock.real_now().timestamp()) // 3600
        if self._told.get((caller.client_id, kind)) == hour:
            return
        self._told[caller.client_id, kind] = hour
        with suppress(*_DATABASE_AWAY):
            client_actions.tell_of_limit(client_id=caller.client_id, agency_id=caller.agency_id, bucket=kind)

    def _admit_channel(self, request: HttpRequest, credentials: str, kind: Kind) -> str:
        """Return the code of the channel; empty if it could not be looked up."""
        scheme, _, key = credentials.partition(" ")
        is_known, holder = queries.kept_holder(key) if scheme.lower() == "bearer" else (True, None)
        if holder is None:
            self._count_address(request, kind)
            if is_known:
                raise InvalidKey
            try:
                holder = _look_up(key)
            except _DATABASE_AWAY as error:  # public data stays readable, within the address's limit
                log.warning("key not looked up", error=type(error).__name__)
                return ""
        self._count(request, holder.channel_code, self._by_key[kind])
        return holder.channel_code

    def _count_address(self, request: HttpRequest, kind: Kind) -> None:
        """Count the address, except loopback: a proxy on this machine that limits its clients, or one of our programs."""
        address, policy = request.META.get("REMOTE_ADDR", ""), self._by_address[kind]
        if is_loopback(address):
            _tell(request, Allowance(policy, policy.quota, 0))
        else:
            self._count(request, network_of(address), policy)

    def _count(self, request: HttpRequest, key: str, policy: Policy) -> None:
        allowance = self._buckets.take(key, policy)
        _tell(request, allowance)
        if allowance.retry_after:
            raise RateLimited(allowance.retry_after, _TOO_MANY.format(limit=policy.quota, wait=allowance.retry_after))


def allowance_of(request: HttpRequest) -> Allowance | None:
    """Return what is left to who sent a request; None before it was counted."""
    return getattr(request, "allowance", None)


def _tell(request: HttpRequest, allowance: Allowance) -> None:
    request.allowance = allowance  # type: ignore[attr-defined]


def _policy(kind: Kind, quota: int, *, on_credit: bool = False) -> Policy:
    """Return the policy of a limit a minute. A lease is a second's share, at most 20."""
    return Policy(kind, quota, lease=max(1, min(20, quota // 60)), on_credit=on_credit)


def _look_up(key: str) -> KeyHolder:
    holder = queries.holder_of(key.strip())
    if holder is None:
        raise InvalidKey
    if holder.last_used_at is None or holder.last_used_at < clock.now() - _NOTED_AFTER:
        actions.note_key_use(key_id=holder.key_id)
    return holder
