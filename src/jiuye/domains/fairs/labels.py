"""A fair's time and place in words."""

from datetime import datetime

from jiuye.domains.fairs.models import JobFair
from jiuye.domains.fairs.states import FairMode
from jiuye.kernel import clock


def in_words(moment: datetime) -> str:
    """5月12日 10:30, in Asia/Shanghai."""
    there = clock.local(moment)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def where(fair: JobFair) -> str:
    """Return its place, or that it is held online."""
    return fair.place if fair.mode == FairMode.ONSITE and fair.place else "线上会场"
