"""Interviews and first days as calendar files (RFC 5545): a newer file replaces the same event."""

from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event

from jiuye.domains.applications.queries import ApplicationView, InvitationView, NoticeView
from jiuye.kernel.clock import local
from jiuye.syndication.fair_calendar import RULES_FROM

_CALLED_OFF = frozenset({"cancelled", "declined"})
_LASTS = timedelta(hours=1)


def interview_file(application: ApplicationView, invitation: InvitationView) -> bytes:
    """Return the calendar file of an interview. The UID stays when the time changes, and SEQUENCE grows (RFC 5545 § 3.8.7.4)."""
    is_off = invitation.state in _CALLED_OFF
    details = [
        application.employer_name,
        invitation.mode_label,
        f"如何到达：{invitation.route}" if invitation.route else "",
        f"会议链接：{invitation.link}" if invitation.link else "",
        f"联系人：{invitation.contact_name} {invitation.contact_phone}",
        invitation.note,
    ]
    event = _event(
        f"interview-{application.id}",
        f"面试：{application.title}（{application.agency_name}）",
        invitation.starts_at,
        made_at=invitation.created_at,
        sequence=2 * len(application.earlier_invitations) + is_off,
        details=details,
        place=invitation.place or invitation.mode_label,
    )
    if invitation.link:
        event.add("url", invitation.link)
    return _file(event, is_off=is_off, name="面试")


def first_day_file(application: ApplicationView, notice: NoticeView) -> bytes:
    """Return the calendar file of a first day at work."""
    is_off = notice.state in _CALLED_OFF
    details = [
        application.employer_name,
        f"需带材料：{notice.documents}" if notice.documents else "",
        f"联系人：{notice.contact_name} {notice.contact_phone}",
        notice.note,
    ]
    event = _event(
        f"first-day-{application.id}",
        f"入职报到：{application.title}",
        notice.report_at,
        made_at=notice.created_at,
        sequence=int(is_off),
        details=details,
        place=notice.place,
    )
    return _file(event, is_off=is_off, name="入职报到")


def _event(
    uid: str, title: str, starts_at: datetime, *, made_at: datetime, sequence: int, details: list[str], place: str
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", local(starts_at))
    event.add("dtend", local(starts_at) + _LASTS)
    event.add("summary", title)
    event.add("location", place)
    event.add("description", "\n".join(line for line in details if line))
    return event


def _file(event: Event, *, is_off: bool, name: str) -> bytes:
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if not is_off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-1))
        alarm.add("description", f"明天：{event['summary']}")
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Jiuye Online//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=RULES_FROM)
    return bytes(calendar.to_ical())


def file_name(kind: str, application_id: UUID) -> str:
    """Return the file name for the download."""
    return f"{kind}-{application_id.hex[:8]}.ics"
