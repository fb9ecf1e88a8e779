"""Short-lived links to something that not everybody may see: for one person, one purpose and one thing, five minutes.

A link is issued by a POST that records the look; opening it writes nothing, as a GET must not. It carries no right of its
own: the route behind it still checks access.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, ProductError

LASTS = timedelta(minutes=5)


class LinkExpired(ProductError):
    """The link was valid, until a while ago."""

    code = "link_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__("为保护材料里的个人信息，查看链接只在 5 分钟内有效。请重新打开，查看会再次记入日志。")


@dataclass(frozen=True, slots=True)
class ShortLink:
    """What a valid link leads to, and until when."""

    subject: str
    until: datetime


def issue(actor: Actor, *, purpose: str, subject: str, until: datetime | None = None) -> str:
    """Return the token of a link for the actor, safe in URLs. `until`: the end of the link that this one follows from,
    never later than in five minutes.
    """
    last = clock.real_now() + LASTS
    until = min(until, last) if until else last
    return _signer(purpose, actor.person).sign_object([subject, int(until.timestamp())])


def opened(actor: Actor, *, purpose: str, token: str) -> ShortLink:
    """Return what a token leads to. Raises `LinkExpired`, and `NotFound` for forged, other people's and other purposes'."""
    try:
        subject, until = _signer(purpose, actor.person).unsign_object(token)
    except (BadSignature, ValueError) as problem:
        raise NotFound from problem
    moment = datetime.fromtimestamp(until, clock.real_now().tzinfo)
    if clock.real_now() >= moment:
        raise LinkExpired
    return ShortLink(subject, moment)


def _signer(purpose: str, person: UUID) -> Signer:
    return Signer(salt=f"jiuye.short_link:{purpose}:{person}")
