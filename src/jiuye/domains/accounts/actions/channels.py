"""Partner apps: register them, switch them on and off, and manage their API keys."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from jiuye.domains.accounts import duties, queries
from jiuye.domains.accounts.channel_keys import KEY_PREFIX, digest_of, shown_start
from jiuye.domains.accounts.models import Channel, ChannelKey
from jiuye.domains.accounts.origins import parse_origin
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.write_guard import writes_allowed

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_CODE, _LONGEST_NAME, _LONGEST_REASON = 40, 40, 200
USE_NOTED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key in plain text, shown only once."""

    id: UUID
    key: str


def register_channel(actor: Actor, *, code: str, name: str, origin: str = "") -> UUID:
    """Add a partner app, switched off; its code is permanent. Return its id.

    With an empty origin its pages cannot frame the site. Raises `Denied` and `Invalid` (code, name, origin).
    """
    duties.require_security_admin(actor)
    code = code.strip().lower()
    faults = _faults_of_code(code)
    given = _checked(name=name, origin=origin, faults=faults)
    moment = clock.now()
    channel = Channel(id=new_id(), code=code, created_at=moment, updated_at=moment, **given)
    with transaction.atomic():
        Channel.objects.bulk_create([channel], ignore_conflicts=True)
        if not Channel.objects.filter(pk=channel.id).exists():
            raise Invalid({"code": f"代码 {code} 已被另一个渠道使用，请换一个。"})
        audit.record(actor, "channel.register", channel.id, code=code, **given)
    return channel.id


def edit_channel(actor: Actor, *, channel_id: UUID, name: str, origin: str) -> None:
    """Change name and origin; a new origin takes effect within 30 seconds. Raises as `register_channel`, and `NotFound`."""
    duties.require_security_admin(actor)
    given = _checked(name=name, origin=origin, faults={})
    with _held(channel_id) as channel:
        changes = {
            field: {"from": getattr(channel, field), "to": value}
            for field, value in given.items()
            if getattr(channel, field) != value
        }
        if not changes:
            return
        _write(channel, **given)
        audit.record(actor, "channel.edit", channel.id, **changes)


def enable_channel(actor: Actor, *, channel_id: UUID, reason: str) -> None:
    """Allow sign-ins through it. Raises `Denied`, `NotFound`, `Invalid` (reason) and `Refused` if it is on already."""
    _switch(actor, channel_id=channel_id, reason=reason, on=True)


def disable_channel(actor: Actor, *, channel_id: UUID, reason: str) -> None:
    """Stop sign-ins through it immediately; within 30 seconds its pages cannot frame the site and its keys are invalid.

    Raises as `enable_channel`.
    """
    _switch(actor, channel_id=channel_id, reason=reason, on=False)


def issue_key(actor: Actor, *, channel_id: UUID) -> IssuedKey:
    """Create an API key. Raises `Denied`, `NotFound`, `Refused` (two are in use already)."""
    duties.require_security_admin(actor)
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    with _held(channel_id) as channel:
        live = ChannelKey.objects.filter(channel=channel, revoked_at=None).count()
        if live >= duties.LIVE_KEYS_PER_CHANNEL:
            raise Refused(f"最多同时使用 {duties.LIVE_KEYS_PER_CHANNEL} 个密钥。请先吊销不再使用的一个，再生成新的。")
        issued = ChannelKey.objects.create(
            channel=channel, prefix=shown_start(key), digest=digest_of(key), created_at=clock.now()
        )
        audit.record(actor, "channel.issue_key", channel.id, key=issued.prefix)
    return IssuedKey(issued.id, key)


def revoke_key(actor: Actor, *, channel_id: UUID, key_id: UUID) -> None:
    """Revoke a key; web processes accept it for at most 30 more seconds. Idempotent. Raises `Denied` and `NotFound`."""
    duties.require_security_admin(actor)
    with _held(channel_id) as channel:
        key = ChannelKey.objects.filter(pk=key_id, channel=channel).first()
        if key is None:
            raise NotFound
        if key.revoked_at is not None:
            return
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        audit.record(actor, "channel.revoke_key", channel.id, key=key.prefix)


def note_key_use(*, key_id: UUID) -> None:
    """Record that a key is in use, at most once an hour. A counter: it may be written during a read."""
    moment = clock.now()
    with writes_allowed():
        ChannelKey.objects.filter(
            Q(last_used_at=None) | Q(last_used_at__lt=moment - USE_NOTED_AFTER), pk=key_id, revoked_at=None
        ).update(last_used_at=moment)


def _switch(actor: Actor, *, channel_id: UUID, reason: str, on: bool) -> None:
    duties.require_security_admin(actor)
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": "请写明原因，会记入变更记录。"})
    if len(reason) > _LONGEST_REASON:
        raise Invalid({"reason": f"原因太长了，最多 {_LONGEST_REASON} 个字。"})
    with _held(channel_id) as channel:
        if channel.is_enabled == on:
            raise Refused("这个渠道已经启用了。" if on else "这个渠道已经停用了。")
        _write(channel, is_enabled=on)
        audit.record(actor, "channel.enable" if on else "channel.disable", channel.id, reason=reason)


@contextmanager
def _held(channel_id: UUID) -> Iterator[Channel]:
    """Lock the channel in a transaction; afterwards clear this process's cache of channels."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update().filter(pk=channel_id).first()
        if channel is None:
            raise NotFound
        yield channel
        transaction.on_commit(queries.forget_channels)


def _write(channel: Channel, **values: Any) -> None:
    for field, value in values.items():
        setattr(channel, field, value)
    channel.updated_at = clock.now()
    channel.save(update_fields=[*values, "updated_at"])


def _faults_of_code(code: str) -> dict[str, str]:
    if not code:
        return {"code": "请填写代码，例如 app-pay。"}
    if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
        return {
            "code": "代码以小写字母开头，只用小写字母、数字和连字符（不在开头结尾、不连用），最多 40 个字符，例如 app-pay。"
        }
    return {}


def _checked(*, name: str, origin: str, faults: dict[str, str]) -> dict[str, str]:
    """Return name and origin as stored. Raises `Invalid` with all errors, including `faults`."""
    name = " ".join(name.split())
    if not name:
        faults["name"] = "请填写名称，求职者登录时会看到。"
    elif len(name) > _LONGEST_NAME:
        faults["name"] = f"名称太长了，最多 {_LONGEST_NAME} 个字。"
    try:
        origin = parse_origin(origin) if origin.strip() else ""
    except Invalid as error:
        faults |= error.fields
    if faults:
        raise Invalid(faults)
    return {"name": name, "origin": origin}


def count_visit(*, channel_code: str) -> None:
    """Count that a link that names a channel was opened; unknown and disabled channels are ignored. At most two queries.

    A visit is nobody's act, so there is no actor and no audit entry.
    """
    if queries.enabled_channel(channel_code) is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_channelvisit (id, channel_code, day, visits) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (channel_code, day) DO UPDATE SET visits = accounts_channelvisit.visits + 1",
            [new_id(), channel_code, clock.today()],
        )
