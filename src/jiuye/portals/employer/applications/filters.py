"""The filter of the employer's list of applications, in a URL or a form."""

from collections.abc import Mapping

from jiuye.domains.applications import queries
from jiuye.domains.applications.states import APPLICATION_GROUPS, Verdict
from jiuye.kernel.ids import id_in

VERDICTS = (("", "意见不限"), ("none", "还没有意见"), *Verdict.choices)
DAYS = (("", "不限时间"), ("1", "今天和昨天"), ("7", "近 7 天"), ("30", "近 30 天"))


def chosen_in(given: Mapping[str, str]) -> queries.EmployerFilter:
    """Parse the filter, ignoring invalid values."""
    days, sort = given.get("days", ""), given.get("sort", "")
    return queries.EmployerFilter(
        group=given.get("group", "") if given.get("group", "") in APPLICATION_GROUPS else "",
        posting_id=id_in(given.get("posting", "")),
        agency_id=id_in(given.get("agency", "")),
        verdict=given.get("verdict", "") if given.get("verdict", "") in dict(VERDICTS) else "",
        name=given.get("q", "").strip()[:20],
        days=int(days) if days in {"1", "7", "30"} else None,
        sort=sort if sort in queries.EMPLOYER_SORTS else "newest",
    )


def kept(chosen: queries.EmployerFilter) -> dict[str, str]:
    """Return the filter as URL parameters, without the group."""
    given = {
        "posting": str(chosen.posting_id or ""),
        "agency": str(chosen.agency_id or ""),
        "verdict": chosen.verdict,
        "q": chosen.name,
        "days": str(chosen.days or ""),
        "sort": chosen.sort if chosen.sort != "newest" else "",
    }
    return {name: value for name, value in given.items() if value}
