"""Reminders sent by the platform itself. Idempotent: nobody is reminded twice of the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from jiuye.domains.applications import queries as applications
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.notifications.actions import Side, Sms, notify
from jiuye.notifications.messages import Facts, daily_key, fill, find, in_words, parameters
from jiuye.notifications.models import Notification
from jiuye.notifications.recipients import staff_of

EVENING = 18
MORNING = 9
"""Hours in Asia/Shanghai from which people are reminded of tomorrow, and agencies of what is due."""


@dataclass(frozen=True, slots=True)
class _Reminder:
    """One reminder to some people; `key` deduplicates it."""

    template: str
    key: str
    facts: Facts
    user_ids: Sequence[UUID]
    sms_key: str = ""
    by_sms: Sequence[UUID] = field(default=())
    side: Side = field(default_factory=Side)


def remind_of_tomorrow() -> int:
    """From 18:00: remind applicants and interviewers of tomorrow's interviews and first days. Return how many people were reminded."""
    if clock.local(clock.now()).hour < EVENING:
        return 0
    day = clock.today() + timedelta(days=1)
    due: list[_Reminder] = []
    for one in applications.interviews_on(day):
        due += _of_interview(one)
    for one in applications.first_days_on(day):
        facts = Facts(title=one.title, agency=one.agency_name, report_at=in_words(one.at), application_id=str(one.id))
        due.append(_to_seeker("reminder.first_day", one, facts))
    return _send(due)


def _of_interview(one: applications.Appointment) -> list[_Reminder]:
    facts = Facts(title=one.title, agency=one.agency_name, interview_at=in_words(one.at), application_id=str(one.id))
    if not one.is_accepted:
        return [_to_seeker("reminder.interview_unanswered", one, facts)]
    staff = staff_of(one.agency_id)
    inviting = [user_id for user_id in staff.answerable if user_id == one.invited_by]
    side = Side("agency", one.agency_id)
    of_staff = _Reminder(
        "reminder.interviewer", f"staff:{one.appointment_id}", facts, inviting or list(staff.answerable), side=side
    )
    return [_to_seeker("reminder.interview", one, facts), of_staff]


def _to_seeker(template: str, one: applications.Appointment, facts: Facts) -> _Reminder:
    to = [one.applicant_id]
    return _Reminder(template, f"tomorrow:{one.appointment_id}", facts, to, f"tomorrow:{one.appointment_id}", to)


def remind_of_due() -> int:
    """From 9:00: remind agencies once a day of applications due today or in two days. Return how many people were reminded."""
    if clock.local(clock.now()).hour < MORNING:
        return 0
    day = clock.today()
    due = []
    for agency in applications.due_by_agency(day):
        staff = staff_of(agency.agency_id)
        parts = [(agency.today, "今天到期"), (agency.soon, "后天到期")]
        facts = Facts(
            count=str(agency.today + agency.soon),
            found="，".join(f"{label} {number} 份" for number, label in parts if number),
        )
        due.append(
            _Reminder(
                "reminder.due",
                f"due:{agency.agency_id}:{day}",
                facts,
                list(staff.answerable),
                daily_key(agency.agency_id, day),
                list(staff.answerable),
                Side("agency", agency.agency_id),
            )
        )
    return _send(due)


def ask_about_retention() -> int:
    """From 9:00: ask people who started work 30 or 90 days ago whether they are still employed there. Return how many were asked."""
    if clock.local(clock.now()).hour < MORNING:
        return 0
    return _send(
        [
            _Reminder(
                "reminder.retention",
                f"retention:{one.id}:{one.days}",
                Facts(title=one.title, count=str(one.days), application_id=str(one.id)),
                [one.applicant_id],
            )
            for one in applications.retention_to_ask()
        ]
    )


def _send(due: Sequence[_Reminder]) -> int:
    """Send the reminders that were not sent before."""
    keys = [f"{one.key}:{user_id}" for one in due for user_id in one.user_ids]
    sent = set(Notification.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    told = 0
    for one in due:
        to = [user_id for user_id in one.user_ids if f"{one.key}:{user_id}" not in sent]
        if not to:
            continue
        text = find(one.template)
        by_sms = [user_id for user_id in one.by_sms if user_id in to]
        notify(
            Actor.system(),
            user_ids=to,
            kind=one.template,
            title=fill(text.title, one.facts, 120),
            body=fill(text.body, one.facts, 300),
            link=fill(text.link, one.facts, 200),
            dedupe_key=one.key,
            side=one.side,
            sms=Sms(one.template, parameters(text, one.facts), one.sms_key, by_sms) if by_sms else None,
        )
        told += len(to)
    return told
