"""Reminders that are due: appointments of a day, answers due at agencies, retention questions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q

from jiuye.domains.applications.models import Application, InterviewInvitation, OnboardingNotice, RetentionAnswer
from jiuye.domains.applications.policies import RETENTION_DAYS
from jiuye.domains.applications.states import APPLICATION
from jiuye.kernel import clock

# People whose day is further back are asked on the application's page only.
_ASKED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An open interview or first day; `id` is the application's."""

    id: UUID
    appointment_id: UUID
    applicant_id: UUID
    agency_id: UUID
    agency_name: str
    title: str
    at: datetime
    is_accepted: bool
    invited_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class AgencyDue:
    """Numbers of applications that an agency should answer today, and the day after tomorrow."""

    agency_id: UUID
    today: int
    soon: int


@dataclass(frozen=True, slots=True)
class StillThere:
    """Somebody to ask whether they still work there after so many days."""

    id: UUID
    applicant_id: UUID
    title: str
    days: int


def _of_day(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), clock.SHANGHAI)
    return start, start + timedelta(days=1)


def interviews_on(day: date) -> list[Appointment]:
    """Return the interviews of a calendar day (Asia/Shanghai) that were not declined, cancelled or moved. One query."""
    rows = InterviewInvitation.objects.filter(
        starts_at__gte=_of_day(day)[0],
        starts_at__lt=_of_day(day)[1],
        state__in=["pending", "accepted"],
        application__state__in=["interview_invited", "interview_accepted"],
    ).select_related("application__agency")
    return [_appointment(row, row.starts_at, row.state == "accepted", row.invited_by) for row in rows.order_by("id")]


def first_days_on(day: date) -> list[Appointment]:
    """Return the accepted first days at work on a calendar day (Asia/Shanghai). One query."""
    rows = OnboardingNotice.objects.filter(
        report_at__gte=_of_day(day)[0],
        report_at__lt=_of_day(day)[1],
        state="accepted",
        application__state="onboarding_accepted",
    ).select_related("application__agency")
    return [_appointment(row, row.report_at, True) for row in rows.order_by("id")]


def _appointment(
    row: InterviewInvitation | OnboardingNotice, at: datetime, is_accepted: bool, invited_by: UUID | None = None
) -> Appointment:
    application = row.application
    return Appointment(
        id=application.id,
        appointment_id=row.id,
        applicant_id=application.applicant_id,
        agency_id=application.agency_id,
        agency_name=application.agency.short_name,
        title=application.title,
        at=at,
        is_accepted=is_accepted,
        invited_by=invited_by,
    )


def due_by_agency(day: date) -> list[AgencyDue]:
    """Return the agencies with applications due on `day` or two days later (Asia/Shanghai). One query."""
    today, soon = _of_day(day), _of_day(day + timedelta(days=2))
    of_today = Q(respond_by__gte=today[0], respond_by__lt=today[1])
    of_soon = Q(respond_by__gte=soon[0], respond_by__lt=soon[1])
    rows = (
        Application.objects.filter(of_today | of_soon, state__in=APPLICATION.rows["close_unanswered"].sources)
        .values_list("agency_id")
        .annotate(today=Count("id", filter=of_today), soon=Count("id", filter=of_soon))
        .order_by("agency_id")
    )
    return [AgencyDue(*row) for row in rows]


def retention_to_ask() -> list[StillThere]:
    """Return who started 30 or 90 days ago, within the last week, and has not answered yet."""
    moment = clock.now()
    asked: list[StillThere] = []
    for days in RETENTION_DAYS:
        until = moment - timedelta(days=days)
        answered = RetentionAnswer.objects.filter(days=days).values("application_id")
        rows = (
            OnboardingNotice.objects.filter(
                report_at__range=(until - _ASKED_WITHIN, until), application__state="onboarded", result="onboarded"
            )
            .exclude(seeker_result="no_show")
            .exclude(application_id__in=answered)
            .order_by("id")
            .values_list("application_id", "application__applicant_id", "application__title")
        )
        asked += [StillThere(*row, days) for row in rows]
    return asked
