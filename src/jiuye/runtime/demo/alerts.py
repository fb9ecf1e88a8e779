"""Saved searches and their findings: for every fourth seeker, and two more for the first one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.alerts import stored
from jiuye.alerts.actions import LONGEST_NAME
from jiuye.alerts.models import Finding, MatchingMark, SavedSearch
from jiuye.alerts.schedule import next_time
from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.resumes.models import Intention
from jiuye.portals.seeker.jobs.conditions import in_words
from jiuye.ports.search import SearchQuery
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

EVERY = 4
WORDS = ("会计", "养老护理员")


def build(chance: Chance, moment: datetime, people: Sequence[User], postings: Sequence[JobPosting]) -> None:
    """Write them; new postings are matched from now on."""
    wishes = {
        one.resume.user_id: one for one in Intention.objects.filter(resume__user__in=people).select_related("resume")
    }
    searches = [
        _saved(chance, moment, person, SearchQuery(q=wish.title, region=(wish.region_id,), pay_min=wish.pay_min))
        for person in people[::EVERY]
        if (wish := wishes.get(person.pk)) and wish.region_id
    ]
    searches += [_saved(chance, moment, people[0], SearchQuery(q=word)) for word in WORDS]
    copy_rows(searches)
    copy_rows(
        Finding(
            id=chance.id(),
            saved_search=one,
            total=chance.randint(1, 12),
            posting_ids=[posting.pk for posting in chance.sample(postings, 3)],
            found_at=moment - timedelta(hours=chance.randint(1, 40)),
            told_at=moment - timedelta(minutes=5),
        )
        for one in searches[::2]
    )
    newest = max(one.published_at for one in postings if one.published_at)
    MatchingMark.objects.create(published_through=max(newest, moment), posting_id=postings[0].pk)


def _saved(chance: Chance, moment: datetime, person: User, query: SearchQuery) -> SavedSearch:
    criteria = stored.write(query)
    frequency = chance.choice(["daily", "daily", "weekly", "soon", "never"])
    return SavedSearch(
        id=chance.id(),
        user=person,
        name=" ".join(in_words(query))[:LONGEST_NAME],
        criteria=criteria,
        digest=stored.digest(criteria),
        frequency=frequency,
        by_sms=frequency == "daily" and chance.random() < 0.5,
        created_at=moment - timedelta(days=chance.randint(2, 19)),
        next_tell_at=next_time(frequency, moment),
    )
