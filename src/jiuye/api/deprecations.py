"""What ends: announced by header fields for at least twelve months (RFC 9745, RFC 8594), and in the changelog."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

SHORTEST_NOTICE = timedelta(days=365)


@dataclass(frozen=True)
class Deprecation:
    """An operation that ends on `sunset`, a day at least twelve months after `since`; `successor` is the path to use."""

    since: date
    sunset: date
    successor: str = ""

    def headers(self) -> dict[str, str]:
        """Return the header fields of its answers."""
        told = {
            "Deprecation": f"@{int(_midnight(self.since).timestamp())}",
            "Sunset": format_datetime(_midnight(self.sunset), usegmt=True),
            "Link": '</api/v1/docs/changelog>; rel="deprecation"; type="text/html"',
        }
        if self.successor:
            told["Link"] += f', <{self.successor}>; rel="successor-version"'
        return told


ENDING: Mapping[str, Deprecation] = {}
"""By operation id. Empty: nothing of version 1 ends."""


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
