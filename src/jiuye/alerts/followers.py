"""The followers of a shop, and the message to them about its fairs.

Following a shop is a saved search for its jobs without other conditions.
"""

from collections.abc import Iterator
from uuid import UUID

from jiuye.alerts import stored
from jiuye.alerts.models import SavedSearch
from jiuye.alerts.states import Frequency
from jiuye.domains.fairs.events import FairPublished
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import notify
from jiuye.notifications.messages import FAIRS, Facts, fill
from jiuye.ports.search import SearchQuery


def following(agency_id: UUID) -> SearchQuery:
    """Return the search that follows this shop."""
    return SearchQuery(agency=(str(agency_id),), sort="newest", highlight=False)


def digest_of(agency_id: UUID) -> str:
    """Return the digest that the saved searches of all followers of a shop have."""
    return stored.digest(stored.write(following(agency_id)))


def tell_followers_of_fair(event: FairPublished, delivered: Delivered) -> None:
    """Handler: notify the followers of a shop who have alerts on about its new fair, each once. A fair of test data has none."""
    if worlds.is_test():
        return
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
    """Ids of the followers of a shop who have alerts on, in batches. Uses the index on the digest."""
    rows = SavedSearch.objects.filter(digest=digest_of(agency_id), user__erased_at=None)
    rows = rows.exclude(frequency=Frequency.NEVER).order_by("id")
    last: UUID | None = None
    while found := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", "user_id")[:at_once]):
        yield [user_id for _, user_id in found]
        last = found[-1][0]
