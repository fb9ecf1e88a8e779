"""Saved and browsed postings of the demonstration's people; the first seeker has one of every kind of change."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, JobPosting, SavedJob
from jiuye.domains.jobs.queries import records
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

EVERY = 5


def build(chance: Chance, moment: datetime, people: Sequence[User], postings: Sequence[JobPosting]) -> None:
    """Write them."""
    saved: list[SavedJob] = []
    browsed: list[BrowsingRecord] = []
    for number, person in enumerate(people):
        if number % EVERY:
            continue
        chosen = chance.sample(postings, chance.randint(3, 7))
        if not number:
            chosen += _of_every_kind(chosen, postings, moment)
        for hours, posting in enumerate(chosen, 3):
            at = moment - timedelta(hours=5 * hours)
            saved.append(SavedJob(user=person, posting=posting, saved_at=at, seen=records.pay_seen(posting)))
            browsed.append(BrowsingRecord(user=person, posting=posting, viewed_at=at - timedelta(minutes=2)))
    lower = saved[0].seen
    saved[0].seen = {**lower, "minimum": (lower["minimum"] or 5000) - 1000, "text": ""}
    copy_rows(saved)
    copy_rows(browsed)


def _of_every_kind(chosen: Sequence[JobPosting], postings: Sequence[JobPosting], moment: datetime) -> list[JobPosting]:
    """Return one that is gone and one that ends soon, besides those chosen."""
    gone = list(JobPosting.objects.filter(state="withdrawn").order_by("id")[:1])
    return gone + [one for one in _ending(postings, moment) if one not in chosen][:1]


def _ending(postings: Sequence[JobPosting], moment: datetime) -> list[JobPosting]:
    last = (moment + timedelta(days=records.SOON_DAYS)).date()
    return [one for one in postings if one.valid_through and moment.date() < one.valid_through <= last]
