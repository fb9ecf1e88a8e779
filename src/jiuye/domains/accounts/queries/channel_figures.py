"""Channels for operators: their status, their keys, and how many people sign in through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import Channel, ChannelKey, User
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

DAYS = 30
REFUSED = "account.sign_in_refused"

# Each channel reads its own part of the index, newest first; days begin at midnight in China.
_TOTALS = """
SELECT code,
    count(*) FILTER (WHERE signed_in_at >= %(today)s),
    count(*) FILTER (WHERE signed_in_at >= %(week)s),
    count(signed_in_at),
    count(*) FILTER (WHERE is_new_account),
    (SELECT max(signed_in_at) FROM accounts_signinrecord WHERE channel_code = code),
    (SELECT coalesce(sum(visits), 0) FROM accounts_channelvisit WHERE channel_code = code AND day >= %(first)s)
FROM unnest(%(codes)s::text[]) AS code
LEFT JOIN accounts_signinrecord ON channel_code = code AND signed_in_at >= %(month)s
GROUP BY code
"""
_DAYS = """
SELECT (signed_in_at AT TIME ZONE 'Asia/Shanghai')::date, count(*), count(*) FILTER (WHERE is_new_account)
FROM accounts_signinrecord
WHERE channel_code = %(code)s AND signed_in_at >= %(month)s
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sign-ins through a channel: since midnight, in 7 and 30 days (including today), accounts created in 30 days, the last one."""

    today: int = 0
    week: int = 0
    month: int = 0
    new_accounts: int = 0
    last_at: datetime | None = None
    visits: int = 0
    """How often links that name the channel were opened in 30 days."""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel in the list."""

    id: UUID
    code: str
    name: str
    origin: str
    is_enabled: bool
    totals: Totals


@dataclass(frozen=True, slots=True)
class ChannelDay:
    """One day of a channel, in China."""

    day: date
    sign_ins: int
    new_accounts: int
    refused: int


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as it may be shown."""

    id: UUID
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """An audit log entry of a channel; `who` is the operator's name."""

    at: datetime
    who: str
    action: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChannelDetail:
    """A channel with everything on its page; `days` end with today."""

    id: UUID
    code: str
    name: str
    origin: str
    is_enabled: bool
    created_at: datetime
    totals: Totals
    days: Sequence[ChannelDay]
    refused: int
    keys: Sequence[KeyRow]
    history: Sequence[ChannelChange]


def channel_rows(
    actor: Actor, *, text: str = "", state: str = "", cursor: str = "", size: int = 50
) -> Page[ChannelRow]:
    """Return registered channels by code; `text` in name or code, `state` "enabled", "disabled" or all. Two queries."""
    duties.require_operator(actor)
    rows = _matching(text, state)
    page = paginate(rows, ordering=("code", "id"), cursor=cursor, size=size)
    totals = _totals([row.code for row in page.items])
    return page.map(
        lambda row: ChannelRow(row.id, row.code, row.name, row.origin, row.is_enabled, totals.get(row.code, Totals()))
    )


def _matching(text: str, state: str) -> "QuerySet[Channel]":
    rows = Channel.objects.all()
    if text := text.replace("\x00", "").strip()[:40]:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    if state in ("enabled", "disabled"):
        rows = rows.filter(is_enabled=state == "enabled")
    return rows


def channel_detail(actor: Actor, channel_id: UUID) -> ChannelDetail:
    """Return one of them. Raises `NotFound`. Seven queries."""
    duties.require_operator(actor)
    found = Channel.objects.filter(pk=channel_id).first()
    if found is None:
        raise NotFound
    days = _days(found.code)
    keys = ChannelKey.objects.filter(channel=found).order_by("-created_at", "-id")[:20]
    return ChannelDetail(
        id=found.id,
        code=found.code,
        name=found.name,
        origin=found.origin,
        is_enabled=found.is_enabled,
        created_at=found.created_at,
        totals=_totals([found.code]).get(found.code, Totals()),
        days=days,
        refused=sum(one.refused for one in days),
        keys=[KeyRow(one.id, one.prefix, one.created_at, one.last_used_at, one.revoked_at) for one in keys],
        history=_history(found.id),
    )


def _history(channel_id: UUID) -> list[ChannelChange]:
    lines = audit.of_subject(channel_id, limit=50)
    people = User.objects.filter(pk__in={line.person_id for line in lines if line.person_id}).only("id", "name")
    names = {person.id: person.name for person in people}
    return [
        ChannelChange(
            line.occurred_at, names.get(line.person_id, "") if line.person_id else "", line.action, line.detail
        )
        for line in lines
    ]


def _since() -> dict[str, Any]:
    today = datetime.combine(clock.today(), time(), clock.SHANGHAI)
    month = today - timedelta(days=DAYS - 1)
    return {"today": today, "week": today - timedelta(days=6), "month": month, "first": month.date()}


def _totals(codes: list[str]) -> dict[str, Totals]:
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"codes": codes, **_since()})
        return {code: Totals(*figures) for code, *figures in cursor.fetchall()}


def _days(code: str) -> list[ChannelDay]:
    since = _since()["month"]
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"code": code, "month": since})
        counted = {day: figures for day, *figures in cursor.fetchall()}
    refused = audit.counts_by_day(REFUSED, code, since=since)
    first = clock.today() - timedelta(days=DAYS - 1)
    all_days = (first + timedelta(days=number) for number in range(DAYS))
    found = []
    for day in all_days:
        sign_ins, new_accounts = counted.get(day, (0, 0))
        found.append(ChannelDay(day, sign_ins, new_accounts, refused.get(day, 0)))
    return found
