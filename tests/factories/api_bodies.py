"""Bodies that the API of agencies accepts, as programs send them in tests and benchmarks."""

from datetime import timedelta
from typing import Any

from jiuye.kernel import clock

_CONTACT = {"contact_name": "周经办", "contact_phone": "028-00000000"}


def in_days(days: int) -> str:
    """That time of a later day, as the API writes it."""
    return (clock.real_now() + timedelta(days=days)).isoformat(timespec="seconds").replace("+00:00", "Z")


def posting(**given: Any) -> dict[str, Any]:
    """A posting with all that the law asks for, which the agency recruits for itself."""
    return {
        "title": "焊工",
        "for_self": True,
        "region": "510107",
        "address": "示范路1号",
        "headcount": 2,
        "employment_type": "full_time",
        "pay_min": 7000,
        "pay_max": 9000,
        "duties": "按图纸焊接不锈钢管道。",
        "requirements": "有焊工证，会氩弧焊。",
        "working_conditions": "白班，每天八小时，包午餐。",
        "valid_through": (clock.today() + timedelta(days=30)).isoformat(),
        **given,
    }


def interview(**given: Any) -> dict[str, Any]:
    """An interview on site in five days, to be answered within three."""
    times = {"starts_at": in_days(5), "answer_by": in_days(3)}
    return {"mode": "onsite", "place": "示范路1号2楼", **times, **_CONTACT, **given}


def first_day(**given: Any) -> dict[str, Any]:
    """A first day at work in twelve days, to be answered within eight."""
    return {"report_at": in_days(12), "answer_by": in_days(8), "place": "示范路18号", **_CONTACT, **given}
