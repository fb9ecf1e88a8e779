"""The only place that chooses jobs by a person's data: by their first intention and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from jiuye.domains.jobs.queries import PostingCard
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import IntentionView
from jiuye.kernel.actor import Actor
from jiuye.ports import search
from jiuye.ports.search import SearchQuery, SearchUnavailable
from jiuye.recommendations.models import RecommendationsOff
from jiuye.search.cards import card_of_hit
from jiuye.search.remembered import remembered, with_wishes, without_applied
from jiuye.search.slow_agencies import with_slow_agencies

log = structlog.get_logger("recommendations")
MOST = 4


@dataclass(frozen=True, slots=True)
class Recommended:
    """Jobs for one person: the search that found them, the intention behind it in words, and the first cards."""

    query: SearchQuery
    why: str
    cards: Sequence[PostingCard]


def are_on(actor: Actor) -> bool:
    """Return whether jobs may be chosen by the actor's data, that is, they have not opted out. One query."""
    return not RecommendationsOff.objects.filter(user_id=actor.person).exists()


def first_intention(actor: Actor) -> IntentionView | None:
    """Return the intention that recommendations are based on; None if the resume has none. One query."""
    intentions = resumes.my_resume(actor).intentions
    return intentions[0] if intentions else None


def for_me(actor: Actor) -> Recommended | None:
    """Return jobs that a search for the title and region of the actor's first intention finds, in the order of any search.

    None for visitors who are not signed in, have opted out or have no intention, if nothing is found, and while the engine is
    away. What the person does not want to see (不看) is left out. Three queries, two more at most for what is left out. Views,
    saved jobs, applications (except to hide them), sex, age, ethnicity and household registration are not used.
    """
    if not actor.is_signed_in or not are_on(actor):
        return None
    wish = first_intention(actor)
    if wish is None or not wish.title:
        return None
    query = SearchQuery(q=wish.title[:80], region=(wish.region.code,) if wish.region else ())
    query = with_wishes(query, remembered(actor))
    asked = with_slow_agencies(without_applied(actor, query))
    try:
        found = search.get().search(replace(asked, size=MOST, highlight=False, collapse=True))
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        return None
    if not found.items:
        return None
    why = " · ".join([wish.title, *([wish.region.name] if wish.region else [])])
    return Recommended(query, why, [card_of_hit(hit) for hit in found.items])
