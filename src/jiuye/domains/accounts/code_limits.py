"""Who may have the next code for a phone, and when: one table for every purpose, the arithmetic of waiting, and the limits of
what one address, network or account tries, whichever phones it tries it on.

A stranger must not be able to lock a phone's owner out, so that requests are counted by who asks. Who is proven to be
the owner (a browser that has signed in to the account, a signed-in person, the holder of the phone's card, the word that
was sent to the phone) is counted by that proof alone. Everybody else is counted by network, and for one phone all strangers together
get a few codes a day at once and then one at a time, in the order in which they asked. Figures and what an attacker can
reach with them: docs/identity.md, "Codes by text message".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from jiuye.domains.accounts.models import CodePlace, LoginCode, SignInRecord, User
from jiuye.domains.accounts.states import CodeLane, CodePurpose
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.networks import wide_network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit, whole_seconds

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
RESEND_AFTER = timedelta(seconds=60)
OWNERS_A_DAY = 10
"""Codes for one proof of the owner, used or not."""

UNUSED_AN_HOUR = 5
UNUSED_A_DAY = 8
"""Codes for one phone asked from one network and never entered. Entering one proves the phone: it no longer counts."""

AT_ONCE = 10
"""Codes that all strangers together get for one phone in 24 hours before they stand in line. More than one network gets."""

PLACE_EVERY = timedelta(minutes=30)
"""In the line: one code for the phone in this time. A place is kept as long."""

TOLD_AFTER = 5
"""The owner is told when strangers have asked for this many codes within 24 hours."""

NEAR = timedelta(days=90)
"""A network from which the account was signed in to within this time is counted apart from strangers."""

_NETWORK = "您所在的网络获取验证码太频繁了，请 {wait}后再试，或换用手机流量，或用电子社保卡登录。"

CODES_OF_ADDRESS = Limit("codes-address", "获取短信验证码", ADDRESS, 20, 3600, _NETWORK)
"""Of an office or a classroom behind one address. A browser known to the account is not counted."""

CODES_OF_NETWORK = Limit("codes-network", "获取短信验证码", "每个网络（IPv4 按 /24，IPv6 按 /48）", 100, 3600, _NETWORK)

CODES_OF_STRANGERS = Limit(
    "codes-strangers",
    "获取短信验证码（未知的浏览器和网络）",
    "全平台合计",
    6000,
    3600,
    "现在获取验证码的人太多了，请 {wait}后再试，或用电子社保卡登录。",
)
"""The budget of text messages for people whom nothing proves: what an attacker with many networks can cost in an hour."""

CODES_OF_ACCOUNT = Limit(
    "codes-account",
    "换手机号、关联社保卡时获取短信验证码",
    "每个账号或社保卡",
    10,
    86_400,
    "获取验证码的次数太多了，请 {wait}后再试。",
)

CHECKS_OF_ADDRESS = Limit(
    "code-checks",
    "核对不存在或已失效的验证码",
    ADDRESS,
    100,
    3600,
    "您所在的网络核对验证码太频繁了，请 {wait}后再试，或换用手机流量。",
)

WORDS_OF_ADDRESS = Limit("code-words", "填错放行码", ADDRESS, 10, 3600, "放行码填错太多次了，请 {wait}后再试。")

ASKERS = {
    CodePurpose.LOGIN: "任何人：浏览器认识、填了放行码的按本人计，其余按网络计",
    CodePurpose.CONFIRM: "已登录的人，只发到本人的手机：按本人计",
    CodePurpose.CHANGE_PHONE: "已登录的人，发到新手机：按网络计，每个账号另有上限",
    CodePurpose.LINK_CARD: "电子社保卡持有人：发到卡上的手机按本人计，别的手机按网络计，每张卡另有上限",
}
"""Who asks for a code of each purpose, and how they are counted."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who is counted for a request. `key` is a keyed digest; `account` the person or card that asks for any phone."""

    lane: CodeLane
    key: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Whole seconds until the next code; 0: now. `in_line`: because strangers have asked for many."""

    seconds: int = 0
    in_line: bool = False


def digest_of(*parts: str) -> str:
    """Return what is stored of a proof or a network."""
    return blind_index("|".join(parts), "code-requester")


def owner(*proof: str) -> Requester:
    """Return the requester that a proof makes the owner of the phone."""
    return Requester(CodeLane.OWNER, digest_of(*proof))


def visitor(*, ip: str, phone_index: str, account: str = "") -> Requester:
    """Return the requester of an unproven request: counted by network, and apart where the owner uses to be."""
    network = wide_network_of(ip)
    since = clock.now() - NEAR
    person = User.objects.filter(phone_index=phone_index, erased_at=None).values("pk")
    # Newest first: a person who signs in every hour has some hundreds in that time, and a few networks.
    places = SignInRecord.objects.filter(user_id__in=person, signed_in_at__gt=since).values_list("ip", flat=True)
    is_near = any(wide_network_of(place) == network for place in places.order_by("-signed_in_at", "-id")[:200])
    return Requester(CodeLane.NEAR if is_near else CodeLane.STRANGER, digest_of(network), account)


def wait_of(requester: Requester, *, phone_index: str, binding: str) -> Wait:
    """Return how long this requester waits for a code for this phone, and keep a place in the line for it.

    Who comes back within half an hour after that time gets the code, however many others ask meanwhile. Call it while
    holding the phone's lock, in a transaction that commits.
    """
    moment = clock.now()
    sent = list(LoginCode.objects.filter(phone_index=phone_index, created_at__gt=moment - DAY).order_by("-created_at"))
    mine = [one for one in sent if one.requester == requester.key]
    own = max([moment, *_ends(mine, [one for one in sent if one.binding == binding], requester.lane)])
    strange = [one for one in sent if one.lane == CodeLane.STRANGER and one.used_at is None]
    if requester.lane != CodeLane.STRANGER or len(strange) < AT_ONCE:
        return Wait(whole_seconds(own - moment))
    place = _place(requester.key, phone_index, strange[0].created_at, at_least=own)
    return Wait(whole_seconds(place - moment), in_line=place > own)


def _ends(mine: Sequence[LoginCode], here: Sequence[LoginCode], lane: CodeLane) -> list[datetime]:
    """Return when each of the requester's own limits ends. `mine` and `here` (the same browser): newest first."""
    ends = [rows[0].created_at + RESEND_AFTER for rows in (mine, here) if rows]
    unused = [one for one in mine if one.used_at is None]
    if lane == CodeLane.OWNER:
        limits = [(mine, OWNERS_A_DAY, DAY)]
    else:
        limits = [(unused, UNUSED_AN_HOUR, HOUR), (unused, UNUSED_A_DAY, DAY)]
    return ends + [rows[most - 1].created_at + span for rows, most, span in limits if len(rows) >= most]


def _place(key: str, phone_index: str, last_code: datetime, *, at_least: datetime) -> datetime:
    """Return the requester's time in the line; a place that was missed is given up."""
    moment = clock.now()
    places = CodePlace.objects.filter(phone_index=phone_index)
    mine = places.filter(requester=key, at__gt=moment - PLACE_EVERY).first()
    if mine:
        return max(at_least, mine.at)
    last: datetime | None = places.filter(at__gt=moment - PLACE_EVERY).aggregate(last=Max("at"))["last"]
    at = max(at_least, max(last_code, last or last_code) + PLACE_EVERY)
    CodePlace.objects.update_or_create(phone_index=phone_index, requester=key, defaults={"at": at})
    return at


def use_place(requester: Requester, *, phone_index: str) -> None:
    """Give up the requester's place: its code is on the way."""
    CodePlace.objects.filter(phone_index=phone_index, requester=requester.key).delete()


def asked_by_others(phone_index: str) -> int:
    """Return how many codes for this phone were asked for within 24 hours by nobody proven, and not entered."""
    unproven = LoginCode.objects.filter(phone_index=phone_index, used_at=None).exclude(lane=CodeLane.OWNER)
    return unproven.filter(created_at__gt=clock.now() - DAY).count()
