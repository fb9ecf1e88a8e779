"""A fair as a calendar entry (RFC 5545)."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from jiuye.domains.fairs.queries import FairCard
from jiuye.kernel import clock


def entry(fair: FairCard, link: str, address: str) -> bytes:
    """Return the .ics file: Asia/Shanghai times with VTIMEZONE, a reminder two hours before; cancelled fairs are marked."""
    calendar = Calendar()
    calendar.add("prodid", "-//jiuye-online//fairs//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"fair-{fair.id}@jiuye-online")
    event.add("dtstamp", clock.now())
    event.add("dtstart", clock.local(fair.starts_at))
    event.add("dtend", clock.local(fair.ends_at))
    event.add("summary", fair.title)
    event.add("location", fair.place or link or fair.mode_label)
    event.add("description", f"{fair.agency_name}主办，免费入场。\n{link or address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if fair.phase == "cancelled" else "CONFIRMED")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", fair.title)
    reminder.add("trigger", timedelta(hours=-2))
    event.add_component(reminder)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
