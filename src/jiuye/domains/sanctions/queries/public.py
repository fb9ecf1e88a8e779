"""What everybody may read: the list of bans in force, and figures."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q

from jiuye.domains.sanctions.models import Appeal, BanEntry, Sanction
from jiuye.domains.sanctions.states import Level, SanctionState
from jiuye.kernel import clock
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True, slots=True)
class PublicBan:
    """An organisation in the list of 异常名录."""

    name: str
    credit_code: str
    reason: str
    since: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Sanctions of the last days: imposed by level (label → number), lifted; appeals; days until their answer (median)."""

    days: int
    imposed: dict[str, int]
    lifted: int
    appeals: int
    upheld: int
    rejected: int
    answer_days: float | None
    banned_now: int


def public_bans(*, cursor: str = "", size: int = 50) -> Page[PublicBan]:
    """Return the organisations with a ban in force, newest first. One query. People are never listed in public."""
    rows = BanEntry.objects.filter(ended_at=None, person=None).select_related("sanction__agency", "sanction__employer")
    return paginate(rows, ordering=("-since", "-id"), cursor=cursor, size=size).map(_public)


def _public(entry: BanEntry) -> PublicBan:
    sanction = entry.sanction
    party = sanction.agency or sanction.employer
    return PublicBan(
        name=party.legal_name if party else "",
        credit_code=entry.credit_code,
        reason=sanction.reason,
        since=clock.local(entry.since).date(),
        ends_on=sanction.ends_on,
    )


def figures(days: int = 30) -> Figures:
    """Return the figures of the last `days` days. Four queries."""
    since = clock.now() - timedelta(days=days)
    started = Sanction.objects.filter(starts_at__gte=since).order_by().values_list("level")
    by_level = dict(started.annotate(number=Count("id")))
    decided = list(
        Appeal.objects.filter(decided_at__gte=since, state__in=["upheld", "rejected"])
        .order_by("decided_at")
        .values_list("state", "submitted_at", "decided_at")
    )
    waits = [(end - begin).total_seconds() / 86_400 for _, begin, end in decided if end]
    states = [state for state, _, _ in decided]
    counted = Sanction.objects.aggregate(
        lifted=Count("id", filter=Q(closed_at__gte=since, state=SanctionState.LIFTED)),
        banned=Count("id", filter=Q(level=Level.BAN, state=SanctionState.ACTIVE, person=None)),
    )
    return Figures(
        days=days,
        imposed={str(level.label): by_level.get(level.value, 0) for level in Level},
        lifted=counted["lifted"],
        appeals=Appeal.objects.filter(submitted_at__gte=since).count(),
        upheld=states.count("upheld"),
        rejected=states.count("rejected"),
        answer_days=round(median(waits), 1) if waits else None,
        banned_now=counted["banned"],
    )
