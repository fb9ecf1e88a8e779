"""Partner apps, the operator who manages them, and a month of sign-ins, through the apps and otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from jiuye.config.env import environment
from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import Authenticator, Membership, SignInRecord, User
from jiuye.domains.accounts.origins import parse_origin
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.sandbox import people as cards

SECURITY_ADMIN = 900
"""The number of the operator's phone: beyond those that the rest of the demonstration counts up to."""

_FIRST_NEWCOMER, _NEWCOMERS = 700, 60
_DAYS = 30
_CLOSED_DAYS_AGO = 12
_DEVICES = ("应用内网页 · Android", "应用内网页 · iOS", "应用内网页 · HarmonyOS")
_BROWSERS = ("Chrome · Windows", "Chrome · Android", "Safari · iOS", "Edge · Windows")


@dataclass(frozen=True, slots=True)
class _Partner:
    """A partner app as registered; `a_day`: how many people sign in through it on a usual weekday."""

    code: str
    name: str
    days_ago: int
    a_day: int


PARTNERS = (
    _Partner("app-pay", "掌上付", 210, 34),
    _Partner("app-city", "城市通", 160, 19),
    _Partner("app-bank", "惠民银行", 120, 12),
    _Partner("app-social", "乡音", 45, 6),
)
CLOSED = _Partner("app-closed", "旧版通", 240, 5)
_LAST_CAME = """
UPDATE accounts_user SET last_login_at = latest.at
FROM (SELECT user_id, max(signed_in_at) AS at FROM accounts_signinrecord GROUP BY user_id) AS latest
WHERE latest.user_id = accounts_user.id
"""
_OTHERWISE = {SignInMethod.SMS_CODE: 26, SignInMethod.ESSC_QR: 11}


def build(chance: Chance, moment: datetime, seekers: list[User]) -> None:
    """Write everything together, except the partner apps, which are registered as operators do it."""
    admin = _security_admin(chance, moment)
    _register(admin, moment)
    newcomers = _newcomers(chance, moment)
    records = [_first_time(chance, person) for person in newcomers]
    for day in range(_DAYS):
        records += _one_day(chance, moment - timedelta(days=day), moment, seekers, closed=day <= _CLOSED_DAYS_AGO)
    copy_rows(newcomers)
    copy_rows(records)
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CAME)


def _security_admin(chance: Chance, moment: datetime) -> Actor:
    person = User(
        id=chance.id(),
        phone=names.phone(SECURITY_ADMIN),
        phone_index=phone_index(names.phone(SECURITY_ADMIN)),
        name="秦知远",
        created_at=moment - timedelta(days=400),
    )
    auditor = Membership.objects.filter(organisation_kind="platform").order_by("created_at", "id")[0]
    place = Membership(
        id=chance.id(),
        user=person,
        organisation_id=auditor.organisation_id,
        organisation_kind="platform",
        role="security_admin",
        created_at=moment,
    )
    factor = Authenticator(user=person, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)
    for rows in ([person], [place], [factor]):
        copy_rows(rows)
    return Actor(person.id, place.organisation_id, "platform", "security_admin")


def _register(admin: Actor, moment: datetime) -> None:
    """Register the partner apps. The sandbox's phone shows all of them, so its origin is theirs."""
    try:
        origin = parse_origin(environment().sandbox_url)
    except Invalid:
        origin = ""  # where https is required, nobody may frame us from a sandbox without it
    for partner in (*PARTNERS, CLOSED):
        with clock.frozen(moment - timedelta(days=partner.days_ago)):
            channel = actions.register_channel(admin, code=partner.code, name=partner.name, origin=origin)
        with clock.frozen(moment - timedelta(days=partner.days_ago - 3)):
            actions.enable_channel(admin, channel_id=channel, reason="联调完成，正式上线")
        if partner is CLOSED:
            with clock.frozen(moment - timedelta(days=_CLOSED_DAYS_AGO)):
                actions.disable_channel(admin, channel_id=channel, reason="对方停止运营，已提前公告用户")


def _newcomers(chance: Chance, moment: datetime) -> list[User]:
    """Create people who came for the first time this month, through an app; their names are those of their cards in the sandbox."""
    found = []
    for number in range(_FIRST_NEWCOMER, _FIRST_NEWCOMER + _NEWCOMERS):
        card = cards.by_phone(names.phone(number))
        joined = _by_day(chance, moment - timedelta(days=chance.randint(1, _DAYS - 1)))
        found.append(
            User(
                id=chance.id(),
                phone=names.phone(number),
                phone_index=phone_index(names.phone(number)),
                name=card.name if card else names.person(chance),
                created_at=joined,
                last_login_at=joined,
            )
        )
    return found


def _first_time(chance: Chance, person: User) -> SignInRecord:
    [partner] = chance.choices(PARTNERS, [one.a_day for one in PARTNERS])
    return _record(chance, person, SignInMethod.ESSC_APP, person.created_at, partner.code, is_new=True)


def _one_day(
    chance: Chance, day: datetime, moment: datetime, seekers: list[User], *, closed: bool
) -> list[SignInRecord]:
    """Create the sign-ins of one day: fewer at weekends, today only until now, none of people who joined later."""
    share = chance.uniform(0.75, 1.25) * (0.6 if clock.local(day).weekday() >= 5 else 1.0)
    there = [person for person in seekers if person.created_at < day - timedelta(days=1)]
    ways = [(SignInMethod.ESSC_APP, one.code, one.a_day) for one in (PARTNERS if closed else (*PARTNERS, CLOSED))]
    ways += [(method, "", a_day) for method, a_day in _OTHERWISE.items()]
    found = []
    for method, channel, a_day in ways:
        for _ in range(round(a_day * share)):
            at = _by_day(chance, day)
            if at < moment:
                found.append(_record(chance, chance.choice(there), method, at, channel))
    return found


def _by_day(chance: Chance, day: datetime) -> datetime:
    """Return a time between seven in the morning and eleven at night in China, mostly before noon."""
    local = clock.local(day).replace(hour=7, minute=0, second=0, microsecond=0)
    return local + timedelta(minutes=chance.triangular(0, 16 * 60, 4 * 60))


def _record(
    chance: Chance, person: User, method: SignInMethod, at: datetime, channel: str = "", *, is_new: bool = False
) -> SignInRecord:
    return SignInRecord(
        id=chance.id(),
        user=person,
        method=method,
        channel_code=channel,
        is_new_account=is_new,
        device=chance.choice(_DEVICES if method == SignInMethod.ESSC_APP else _BROWSERS),
        ip=f"198.51.100.{chance.randint(1, 254)}",
        signed_in_at=at,
    )
