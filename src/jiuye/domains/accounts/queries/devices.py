"""A person's sessions and recent sign-ins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.devices import UNKNOWN, masked_address
from jiuye.domains.accounts.models import Channel, Session, SignInRecord
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate

_PAGE = 20


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which the person is signed in. `place` is the network part of the address."""

    handle: UUID
    label: str
    place: str
    method: str
    channel: str
    signed_in_at: datetime | None
    last_seen_at: datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the sign-in history."""

    at: datetime
    label: str
    place: str
    method: str
    channel: str
    is_new_account: bool


def devices(actor: Actor, *, session_key: str | None) -> list[Device]:
    """Return the actor's sessions: this browser (of `session_key`) first, then the most recently used. Two queries."""
    rows = list(
        Session.objects.filter(person_id=actor.person, expire_date__gt=clock.now())
        .order_by("-last_seen_at", "handle")
        .defer("session_data")
    )
    names = _channel_names({row.channel_code for row in rows})
    found = [
        Device(
            handle=row.handle,
            label=row.device or UNKNOWN,
            place=masked_address(row.ip),
            method=_method_label(row.method),
            channel=names.get(row.channel_code, row.channel_code),
            signed_in_at=row.signed_in_at,
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_this)


def sign_ins(actor: Actor, *, cursor: str = "") -> Page[SignIn]:
    """Return the actor's sign-ins, newest first. Two queries."""
    rows = SignInRecord.objects.filter(user_id=actor.person)
    page = paginate(rows, ordering=("-signed_in_at", "-id"), cursor=cursor, size=_PAGE)
    names = _channel_names({row.channel_code for row in page.items})
    return page.map(
        lambda row: SignIn(
            at=row.signed_in_at,
            label=row.device or UNKNOWN,
            place=masked_address(row.ip),
            method=_method_label(row.method),
            channel=names.get(row.channel_code, row.channel_code),
            is_new_account=row.is_new_account,
        )
    )


def _method_label(method: str) -> str:
    return str(SignInMethod(method).label) if method else ""


def _channel_names(codes: set[str]) -> dict[str, str]:
    wanted = codes - {""}
    return dict(Channel.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}
