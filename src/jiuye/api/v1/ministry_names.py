"""The ministry's names for members of a posting, for programs that exchange data with labour market systems.

The names are those of the public employment services' indicators (AAB…, AAC…, ACA…, ACB…), as systems of cities use them and
publish them in their source text: table CB21 单位招聘空位信息 (github.com/xoo1996/huierhr, entity Cb21, Rec0402DTO and the page
of rec070209), and a job site of another city (aab004, acb210, acb216). Only names whose meaning these state are here. Not here,
because the sources contradict each other or none was found: pay as a number (acb21h and others), acb214, acb217, acb240, acb241.
Values keep our notations; the systems' code lists differ by city.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from ninja import Query

from jiuye.kernel import clock

Names = Literal["", "ministry"]
PARAMETER: Any = Query("", description="ministry：另外以人社系统的指标名（aab004、aca112 等）给出已知的成员。")  # type: ignore[type-arg]


def _day(moment: datetime | str | None) -> date | None:
    return clock.local(datetime.fromisoformat(moment) if isinstance(moment, str) else moment).date() if moment else None


NAMES: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = {
    "acb210": ("空位编号", lambda job: job["id"]),
    "aab004": ("单位名称", lambda job: (job["employer"] or {}).get("name", "")),
    "aca111": ("职业（工种）代码", lambda job: job["occupation"]),
    "aca112": ("工种名称", lambda job: job["occupation_name"]),
    "acb216": ("工种说明", lambda job: job["duties"]),
    "acb21d": ("招聘人数", lambda job: job["headcount"]),
    "acb21i": ("工资待遇说明", lambda job: job["pay"]),
    "acb204": ("工作地点", lambda job: job["region_name"]),
    "aac011": ("文化程度", lambda job: job["education_code"]),
    "aac048": ("用工形式", lambda job: job["employment_type"]),
    "aae030": ("开始日期", lambda job: _day(job["published_at"])),
    "aae031": ("终止日期", lambda job: job["valid_through"]),
}
"""Ministry's name → its meaning, and its value in a posting as the API shows it."""


def added(job: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    """Return a posting with the ministry's members too, if the request asks for them."""
    return {**job, **{name: value(job) for name, (_, value) in NAMES.items()}} if names == "ministry" else job
