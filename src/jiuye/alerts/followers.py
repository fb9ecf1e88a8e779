"""Who follows a shop, and what they are told beside its new jobs: that it holds a fair.

To follow a shop is to keep a search for its jobs and nothing else.
"""

from collections.abc import Iterator
from uuid import UUID

from jiuye.alerts import stored
from jiuye.alerts.models import SavedSearch
from jiuye.alerts.states import Frequency
from jiuye.domains.fairs.events import FairPublished
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import notify
from jiuye.notifications.messages import FAIRS, Facts, fill
from jiuye.ports.search import SearchQuery


def following(agency_id: UUID) -> SearchQuery:
    """The search that following this shop keeps."""
    return SearchQuery(agency=(str(agency_id),), sort="newest", highlight=False)


def digest_of(agency_id: UUID) -> str:
    """By which the followers of a shop are found."""
    return stored.digest(stored.write(following(agency_id)))


def tell_followers_of_fair(event: FairPublished, delivered: Delivered) -> None:
    """Tell those who follow the shop, and want to be told, of a fair that it publishes; each once a fair."""
    agency = organisations.organisation_name("agency", event.agency_id)
    text = FAIRS["published"]
    facts = Facts(
        title=event.title, agency=agency, interview_at=event.when, found=event.where, link=f"/fairs/{event.fair_id}"
    )
    for people in _followers(event.agency_id):
        notify(
            Actor.system(),
            user_ids=people,
            kind="fair.published",
            title=fill(text.title, facts, 120),
            body=fill(text.body, facts, 300),
            link=fill(text.link, facts, 200),
            dedupe_key=f"fair:{event.fair_id}:published",
            at=delivered.occurred_at,
        )


def _followers(agency_id: UUID, at_once: int = 1000) -> Iterator[list[UUID]]:
    """Who follows a shop and has not switched its messages off, some at a time; by the index on the digest."""
    rows = SavedSearch.objects.filter(digest=digest_of(agency_id), user__erased_at=None)
    rows = rows.exclude(frequency=Frequency.NEVER).order_by("id")
    last: UUID | None = None
    while found := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", "user_id")[:at_once]):
        yield [user_id for _, user_id in found]
        last = found[-1][0]
