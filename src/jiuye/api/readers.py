"""Rate limits of the public API: by address, or by channel for a partner app with a key."""

from datetime import timedelta
from ipaddress import ip_address

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from psycopg_pool import PoolTimeout

from jiuye.api import usage
from jiuye.api.callers import InvalidKey
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.queries import KeyHolder
from jiuye.domains.clients import queries as clients
from jiuye.domains.clients.queries import Caller
from jiuye.kernel import clock
from jiuye.kernel.local_limits import LocalLimit

log = structlog.get_logger("api")
_DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_NOTED_AFTER = timedelta(hours=1)
_TOO_MANY = "请求太频繁：每分钟最多 {limit} 次，请 {wait} 秒后再试。"


class Readers:
    """Counts requests and refuses those past the limit of their address or, with a key, of their channel.

    Limits are requests a minute. A request without a key costs no query. A key is looked up once and then known to this
    process for half a minute; the look-up counts for the address, so guessing keys is limited as reading is.
    """

    def __init__(self, *, by_address: int, by_channel: int) -> None:
        self._by_address = LocalLimit(limit=by_address, message=_TOO_MANY)
        self._by_channel = LocalLimit(limit=by_channel, message=_TOO_MANY)

    def admit(self, request: HttpRequest) -> Caller | None:
        """Count one request and return the client that calls, if one does. Raise `RateLimited` and `InvalidKey`."""
        credentials = request.META.get("HTTP_AUTHORIZATION")
        address = request.META.get("REMOTE_ADDR", "")
        if credentials is None:
            self._count_address(address)
            return None
        scheme, _, key = credentials.partition(" ")
        if scheme.lower() == "bearer" and clients.looks_like_ours(key.strip()):
            return self._admit_client(request, key.strip(), address)
        request.channel_code = self._admit_channel(credentials, address)  # type: ignore[attr-defined]
        return None

    def _admit_client(self, request: HttpRequest, key: str, address: str) -> Caller:
        caller = clients.caller_of(key)
        if caller is None:
            self._count_address(address)
            raise InvalidKey
        usage.belongs_to(request, caller)
        self._by_channel.hit(str(caller.client_id))
        return caller

    def _admit_channel(self, credentials: str, address: str) -> str:
        """Return the code of the channel; empty if it could not be looked up."""
        scheme, _, key = credentials.partition(" ")
        is_known, holder = queries.kept_holder(key) if scheme.lower() == "bearer" else (True, None)
        if holder is None:
            self._count_address(address)
            if is_known:
                raise InvalidKey
            try:
                holder = _look_up(key)
            except _DATABASE_AWAY as error:  # public data stays readable, within the address's limit
                log.warning("key not looked up", error=type(error).__name__)
                return ""
        self._by_channel.hit(holder.channel_code)
        return holder.channel_code

    def _count_address(self, address: str) -> None:
        """Count the address, except loopback: a proxy on this machine that limits its clients, or one of our programs."""
        if not _is_loopback(address):
            self._by_address.hit(address)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return not address  # a unix socket has none


def _look_up(key: str) -> KeyHolder:
    holder = queries.holder_of(key.strip())
    if holder is None:
        raise InvalidKey
    if holder.last_used_at is None or holder.last_used_at < clock.now() - _NOTED_AFTER:
        actions.note_key_use(key_id=holder.key_id)
    return holder
