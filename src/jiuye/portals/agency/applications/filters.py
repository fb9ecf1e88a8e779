"""The filter of the inbox in a URL or a form."""

from collections.abc import Mapping
from uuid import UUID

from jiuye.domains.applications import queries


def chosen_in(given: Mapping[str, str]) -> queries.InboxFilter:
    """Parse the filter, ignoring invalid values."""
    try:
        posting_id = UUID(given["posting"]) if given.get("posting") else None
    except ValueError:
        posting_id = None
    days = given.get("days", "")
    return queries.InboxFilter(
        group=given.get("group", "") if given.get("group", "") in queries.INBOX_GROUPS else "",
        posting_id=posting_id,
        text=given.get("q", "").strip()[:60],
        late=given.get("late") == "1",
        days=int(days) if days in {"1", "7", "30"} else None,
    )
