"""Fairs as calendar entries (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from jiuye.domains.fairs.queries import FairCard
from jiuye.kernel import clock

RULES_FROM = date(2020, 1, 1)
"""Calendars get the zone's rules since then only: some programs take the summer time of 1986–1991 for today's."""


@dataclass(frozen=True)
class Entry:
    """A fair with the link of an online one, and the address of its page."""

    fair: FairCard
    link: str
    address: str


def calendar_of(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """Return the .ics file: Asia/Shanghai times with VTIMEZONE, a reminder two hours before; cancelled fairs are marked.

    SEQUENCE grows with each change by the agency, so that programs replace the event (RFC 5545 § 3.8.7.4).

    `name` is shown by programs that subscribe to a calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//jiuye-online//fairs//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)  # RFC 7986
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones(first_date=RULES_FROM)
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    fair = entry.fair
    event = Event()
    event.add("uid", f"fair-{fair.id}@jiuye-online")
    event.add("sequence", fair.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", clock.local(fair.starts_at))
    event.add("dtend", clock.local(fair.ends_at))
    event.add("summary", fair.title)
    event.add("location", fair.place or entry.link or fair.mode_label)
    event.add("description", f"{fair.agency_name}主办，免费入场。\n{entry.link or entry.address}")
    event.add("url", entry.address)
    event.add("status", "CANCELLED" if fair.phase == "cancelled" else "CONFIRMED")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", fair.title)
    reminder.add("trigger", timedelta(hours=-2))
    event.add_component(reminder)
    return event
