"""Saved searches, and postings that came in since."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from jiuye.alerts import actions
from jiuye.alerts.matching import SETTLING, match_new
from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.ports.search import SearchQuery
from tests.factories import jobs


def saved_search(
    owner: User, query: SearchQuery, *, name: str = "我的搜索", frequency: str = "daily", by_sms: bool = False
) -> UUID:
    """A search somebody keeps."""
    actor = Actor(person_id=owner.pk)
    return actions.save_search(actor, query=query, name=name, frequency=frequency, by_sms=by_sms)


def start_matching() -> None:
    """The first run: from now on new postings are matched."""
    match_new()


def comes_in(agency: Agency | None = None, **given: Any) -> JobPosting:
    """A posting published just now, old enough to be matched from the next run on."""
    return jobs.posting(agency, published_at=clock.now() - SETTLING + timedelta(microseconds=1), **given)
