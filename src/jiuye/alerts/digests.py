"""Send alerts: one message per person for all saved searches with findings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from jiuye.alerts.actions import stopping_token
from jiuye.alerts.models import Finding, SavedSearch
from jiuye.alerts.schedule import next_time
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.notifications.actions import Sms, notify
from jiuye.notifications.messages import SAVED_SEARCH, Facts, fill

TEMPLATE = "alert.saved_search"
_PEOPLE = 500


def tell_due() -> int:
    """Send an alert to every person who is due and has findings. Return the number of people."""
    moment, told = clock.now(), 0
    untold = Exists(Finding.objects.filter(saved_search=OuterRef("pk"), told_at=None))
    due = SavedSearch.objects.filter(untold, next_tell_at__lte=moment, user__erased_at=None)
    while people := list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:_PEOPLE]):
        for person_id in people:
            _tell(person_id, moment)
        told += len(people)
    return told


@transaction.atomic
def _tell(person_id: UUID, moment: datetime) -> None:
    """Send one person's message, mark the findings and set the next time, in one transaction."""
    due = list(
        SavedSearch.objects.select_for_update().filter(user_id=person_id, next_tell_at__lte=moment).order_by("-id")
    )
    findings = list(Finding.objects.filter(saved_search__in=due, told_at=None))
    counts = {row: sum(one.total for one in findings if one.saved_search_id == row.pk) for row in due}
    found = [(row, count) for row, count in counts.items() if count]
    if found:
        total = sum(count for _, count in found)
        facts = Facts(count=str(total), found=_body(found))
        notify(
            Actor.system(),
            user_ids=[person_id],
            kind=TEMPLATE,
            title=fill(SAVED_SEARCH.title, facts, 120),
            body=fill(SAVED_SEARCH.body, facts, 300),
            link=SAVED_SEARCH.link,
            dedupe_key=f"alerts:{int(moment.timestamp())}",
            sms=_sms(person_id, [row for row, _ in found], total, moment),
            at=moment,
        )
        Finding.objects.filter(pk__in=[one.pk for one in findings]).update(told_at=moment)
    for row in due:
        row.next_tell_at = next_time(row.frequency, moment)
    SavedSearch.objects.bulk_update(due, ["next_tell_at"])


def _body(found: Sequence[tuple[SavedSearch, int]]) -> str:
    parts = [f"“{row.name}”{count} 个" for row, count in found[:5]]
    more = f"等 {len(found)} 个搜索" if len(found) > 5 else ""
    return "；".join(parts)[:280] + more + "。"


def _sms(person_id: UUID, found: Sequence[SavedSearch], total: int, moment: datetime) -> Sms | None:
    """A text message if one of the searches asks for it, at most one per day. It is stored unencrypted, so it contains no
    names of searches."""
    if not any(row.by_sms for row in found):
        return None
    facts = {"count": str(total), "link": f"{settings.SITE_URL}/alerts/stop/{stopping_token(person_id)}"}
    return Sms(TEMPLATE, facts, f"alerts:{clock.local(moment).date()}", [person_id])
