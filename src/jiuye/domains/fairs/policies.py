"""When one may register for a fair and be let in."""

from datetime import datetime, timedelta
from secrets import choice

from jiuye.domains.fairs.models import JobFair
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused

DOORS_OPEN_BEFORE = timedelta(hours=1)
DOOR_STAFF = frozenset({"owner", "recruiter"})
# Without characters that look alike when they are read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Eight of 31 characters."""
    return "".join(choice(ALPHABET) for _ in range(8))


def tidy_code(given: str) -> str:
    """A code as typed, or the address that a scanner read out of the picture: only its code."""
    last = given.strip().rpartition("code=")[2]
    return "".join(one for one in last.upper() if one in ALPHABET)[:8]


def may_register(fair: JobFair, moment: datetime) -> None:
    """Raises `Refused` for a fair that was cancelled or is over."""
    if fair.state != "published":
        raise Refused("这场招聘会已取消，不能登记。", code="cancelled")
    if fair.ends_at <= moment:
        raise Refused("这场招聘会已经结束，不能登记。可以看看其他场次。", code="ended")


def why_closed(fair: JobFair, moment: datetime) -> str:
    """Why nobody is let in now, in words; empty within the fair's hours. Doors open an hour before."""
    if fair.state != "published":
        return "这场招聘会已取消，不能签到。"
    if moment < fair.starts_at - DOORS_OPEN_BEFORE:
        return "还没有到签到时间，开始前 1 小时可以签到。"
    return "招聘会已经结束，不能再签到。" if moment >= fair.ends_at else ""


def may_let_in(fair: JobFair, moment: datetime) -> None:
    """Raises `Refused` when nobody is let in now."""
    if reason := why_closed(fair, moment):
        raise Refused(reason, code="door_closed")


def may_work_at(actor: Actor, fair: JobFair | None) -> JobFair:
    """The fair, for the staff of its agency. Raises `NotFound` for everyone else and `Denied` for those who only read."""
    if fair is None or not actor.acts_for("agency") or fair.agency_id != actor.organisation_id:
        raise NotFound
    if actor.role not in DOOR_STAFF:
        raise Denied("您在本机构的角色不能签到，请联系机构管理员。")
    return fair
