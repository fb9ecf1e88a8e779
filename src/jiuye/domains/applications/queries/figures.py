"""Numbers of applications, and how fast agencies answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Aggregate, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.policies import ANSWERS_OF, FEWEST_ANSWERS, TO_ANSWER_IN
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.organisations.models import Shop
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor


@dataclass(frozen=True)
class PostingNumbers:
    """Applications to one posting: all, not opened yet, ended in a job, and with an interview."""

    total: int = 0
    new: int = 0
    onboarded: int = 0
    interviews: int = 0


def numbers_by_posting(actor: Actor, posting_ids: Collection[UUID]) -> dict[UUID, PostingNumbers]:
    """Return the numbers of each posting that has applications to the actor's agency or employer; empty for others.

    For an employer only the applications that it may see are counted, so that blocks stay hidden. One query, two for
    employers.
    """
    if actor.organisation_id is not None and actor.acts_for("agency"):
        own = Application.objects.filter(agency_id=actor.organisation_id)
    elif actor.acts_for("employer"):
        own = own_applications(actor)
    else:
        return {}
    rows = (
        own.filter(posting_id__in=posting_ids)
        .order_by()
        .values_list("posting_id")
        .annotate(
            total=Count("id"),
            new=Count("id", filter=Q(state="submitted")),
            done=Count("id", filter=Q(state="onboarded")),
            invited=Count("id", filter=Exists(InterviewInvitation.objects.filter(application=OuterRef("pk")))),
        )
    )
    return {posting_id: PostingNumbers(*numbers) for posting_id, *numbers in rows}


@dataclass(frozen=True)
class PlatformNumbers:
    """Applications on the whole platform: all, of the last 7 days, open past their deadline, ended in a job."""

    total: int
    last_7_days: int
    late: int
    onboarded: int


def platform_numbers() -> PlatformNumbers:
    """Return the figures for operators. One query."""
    moment = clock.now()
    return PlatformNumbers(
        **Application.objects.aggregate(
            total=Count("id"),
            last_7_days=Count("id", filter=Q(submitted_at__gte=moment - timedelta(days=7))),
            late=Count("id", filter=Q(respond_by__lt=moment)),
            onboarded=Count("id", filter=Q(state="onboarded")),
        )
    )


@dataclass(frozen=True)
class AnswerFigures:
    """How an agency answers: median hours to the first answer (`typical_hours`), and the share (0–1) of applications
    answered within 7 days. None: too few to say.
    """

    typical_hours: float | None = None
    share: float | None = None


class _Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def measure_answers() -> dict[UUID, AnswerFigures]:
    """Return each agency's figures, computed from the rows. Two queries.

    Typical hours: the median time from submission to the first answer beyond viewing, over answers of the last 90
    days. Share: answered within 7 days, over applications of 90 days with 7 days elapsed, excluding applications
    withdrawn before an answer. Both need at least 5 applications.
    """
    moment = clock.now()
    wait = ExpressionWrapper(F("first_handled_at") - F("submitted_at"), output_field=DurationField())
    typical = (
        Application.objects.filter(first_handled_at__gte=moment - ANSWERS_OF)
        .order_by()
        .values_list("agency_id")
        .annotate(number=Count("id"), median=_Median(wait, output_field=DurationField()))
        .filter(number__gte=FEWEST_ANSWERS)
    )
    over = moment - TO_ANSWER_IN
    in_time = Q(first_handled_at__lte=F("submitted_at") + TO_ANSWER_IN)
    shares = (
        Application.objects.filter(submitted_at__gte=over - ANSWERS_OF, submitted_at__lt=over)
        .exclude(state="withdrawn", first_handled_at=None)
        .order_by()
        .values_list("agency_id")
        .annotate(number=Count("id"), answered=Count("id", filter=in_time))
        .filter(number__gte=FEWEST_ANSWERS)
    )
    hours = {agency_id: median.total_seconds() / 3600 for agency_id, _, median in typical}
    share = {agency_id: answered / number for agency_id, number, answered in shares}
    return {
        agency_id: AnswerFigures(hours.get(agency_id), share.get(agency_id))
        for agency_id in hours.keys() | share.keys()
    }


def answer_figures(agency_id: UUID) -> AnswerFigures:
    """Return the figures that the worker computed last. One query."""
    row = Shop.objects.filter(pk=agency_id).values_list("typical_answer_hours", "answered_within_7_days").first()
    return AnswerFigures(*row) if row else AnswerFigures()
