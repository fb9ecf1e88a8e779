"""Who organises fairs, what publication requires, and when registration and check-in are open."""

from datetime import datetime, timedelta
from secrets import choice

from jiuye.domains.fairs.models import JobFair
from jiuye.domains.fairs.states import FairMode
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused

DOORS_OPEN_BEFORE = timedelta(hours=1)
DOOR_STAFF = frozenset({"owner", "recruiter"})
SOON = timedelta(hours=48)
"""Changes of a fair that begins within this time are also sent by text message."""
PLANS = {"organising": "组织方案", "emergency": "应急预案", "security": "安全保卫方案"}
"""Plans that an organiser must prepare (人力资源市场暂行条例 art. 29)."""
# Without characters that are confused when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Return eight of 31 characters."""
    return "".join(choice(ALPHABET) for _ in range(8))


def tidy_code(given: str) -> str:
    """Extract the code from typed text or from the URL in a scanned QR code."""
    last = given.strip().rpartition("code=")[2]
    return "".join(one for one in last.upper() if one in ALPHABET)[:8]


def may_register(fair: JobFair, moment: datetime, registered: int) -> None:
    """Raises `Refused` for a fair that was cancelled, has ended or is full."""
    if fair.state != "published":
        raise Refused("这场招聘会已取消，不能登记。", code="cancelled")
    if fair.ends_at <= moment:
        raise Refused("这场招聘会已经结束，不能登记。可以看看其他场次。", code="ended")
    if fair.capacity is not None and registered >= fair.capacity:
        raise Refused("这场招聘会的登记名额已满。有人取消后会空出名额，可以稍后再来看看。", code="full")


def why_closed(fair: JobFair, moment: datetime) -> str:
    """Return why check-in is closed now, in words; "" within the fair's hours. Doors open an hour before."""
    if fair.state != "published":
        return "这场招聘会已取消，不能签到。"
    if moment < fair.starts_at - DOORS_OPEN_BEFORE:
        return "还没有到签到时间，开始前 1 小时可以签到。"
    return "招聘会已经结束，不能再签到。" if moment >= fair.ends_at else ""


def may_let_in(fair: JobFair, moment: datetime) -> None:
    """Raises `Refused` if check-in is closed now."""
    if reason := why_closed(fair, moment):
        raise Refused(reason, code="door_closed")


def may_work_at(actor: Actor, fair: JobFair | None) -> JobFair:
    """Return the fair, for its agency's staff. Raises `NotFound` for others and `Denied` for viewers."""
    if fair is None or not actor.acts_for("agency") or fair.agency_id != actor.organisation_id:
        raise NotFound
    if actor.role not in DOOR_STAFF:
        raise Denied("您在本机构的角色不能签到，请联系机构管理员。")
    return fair


def may_organise(actor: Actor, fair: JobFair | None) -> JobFair:
    """Return the fair, for its agency's editors. Raises `NotFound` for others and `Denied` for viewers."""
    if fair is None or not actor.acts_for("agency") or fair.agency_id != actor.organisation_id:
        raise NotFound
    if actor.role not in DOOR_STAFF:
        raise Denied("您在本机构的角色不能编辑招聘会，请联系机构管理员。")
    return fair


def may_change(fair: JobFair, moment: datetime) -> None:
    """Raises `Refused` for a fair that was cancelled or has ended: its announcement must not change."""
    if fair.state == "cancelled":
        raise Refused("这场招聘会已取消，不能再修改。可以复制一场新的。", code="cancelled")
    if fair.state == "published" and fair.ends_at <= moment:
        raise Refused("这场招聘会已经结束，不能再修改。可以复制一场新的。", code="ended")


def missing(fair: JobFair, moment: datetime) -> list[str]:
    """Return what must be filled in or corrected before publication, in words; empty if it is complete."""
    needed = [("介绍", fair.introduction)]
    needed.append(("地点", fair.place) if fair.mode == FairMode.ONSITE else ("线上会场的网址", fair.link))
    found = [label for label, value in needed if not value]
    if fair.mode == FairMode.ONSITE:
        found += [label for label in PLANS.values() if f"{label}：" not in fair.plans]
    if fair.starts_at <= moment:
        found.append("将来的举办时间")
    return found


def is_soon(moment: datetime, *times: datetime) -> bool:
    """Return whether any of the times is within `SOON`, or has passed."""
    return any(one - moment <= SOON for one in times)
