"""On which days something falls due in test data, so that the clock need not stop on the others."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.functions import TruncDate

from jiuye.domains.applications.models import Application, InterviewInvitation, OnboardingNotice
from jiuye.domains.applications.policies import RETENTION_DAYS, SILENT_DAYS_BEFORE_CLOSING
from jiuye.domains.applications.states import OPEN
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.organisations.policies import LISTED_AFTER_EXPIRY
from jiuye.domains.qualifications.policies import NOTICE_DAYS
from jiuye.kernel import clock

AT_LEAST_EVERY = 7
"""The clock stops after so many days anyway; all scheduled work makes up for missed days."""

_EXPIRY = (*(-days for days in NOTICE_DAYS), 0, 1, LISTED_AFTER_EXPIRY.days + 1)
_ON_DATES: tuple[tuple[Callable[[], QuerySet[Model]], str, Sequence[int]], ...] = (
    (lambda: JobPosting.objects.filter(state="published"), "valid_through", (1,)),
    (lambda: Qualification.objects.all(), "expires_on", _EXPIRY),
)
_SILENT = (SILENT_DAYS_BEFORE_CLOSING, SILENT_DAYS_BEFORE_CLOSING + 1)
_AT_TIMES: tuple[tuple[Callable[[], QuerySet[Model]], str, Sequence[int]], ...] = (
    (lambda: Application.objects.filter(state__in=OPEN), "respond_by", (-2, 0, 1)),
    (lambda: Application.objects.filter(state__in=OPEN), "state_changed_at", _SILENT),
    (lambda: InterviewInvitation.objects.all(), "starts_at", (-1,)),
    (lambda: OnboardingNotice.objects.all(), "report_at", (-1, *RETENTION_DAYS)),
    (lambda: JobFair.objects.all(), "starts_at", (-1,)),
    (lambda: apps.get_model("erasure.ErasureRequest").objects.all(), "due_at", (0, 1)),
)
"""Rows, their day, and how many days after it (before it: negative) scheduled work may act on them."""


def days_with_work(first: date, last: date) -> set[date]:
    """Return the days from `first` to `last` (in Asia/Shanghai) on which the schedules may find something in the current
    world; a few more do no harm. One query for each kind of row.
    """
    found = {first + timedelta(days=days) for days in range(0, (last - first).days + 1, AT_LEAST_EVERY)}
    for rows, column, shifts in _ON_DATES:
        found |= _shifted(rows().values_list(column, flat=True).distinct(), shifts)
    for rows, column, shifts in _AT_TIMES:
        days = rows().annotate(day=TruncDate(column, tzinfo=clock.SHANGHAI)).values_list("day", flat=True)
        found |= _shifted(days.distinct(), shifts)
    return {day for day in found if first <= day <= last}


def _shifted(days: "QuerySet[Model, date | None]", shifts: Sequence[int]) -> set[date]:
    return {day + timedelta(days=shift) for day in days.order_by() if day for shift in shifts}
