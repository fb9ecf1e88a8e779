"""The filter of the inbox in a URL or a form."""

from collections.abc import Mapping

from jiuye.domains.applications import queries
from jiuye.domains.applications.states import APPLICATION_GROUPS
from jiuye.kernel.ids import id_in


def chosen_in(given: Mapping[str, str]) -> queries.InboxFilter:
    """Parse the filter, ignoring invalid values."""
    days = given.get("days", "")
    return queries.InboxFilter(
        group=given.get("group", "") if given.get("group", "") in APPLICATION_GROUPS else "",
        posting_id=id_in(given.get("posting", "")),
        text=given.get("q", "").strip()[:60],
        late=given.get("late") == "1",
        days=int(days) if days in {"1", "7", "30"} else None,
    )
