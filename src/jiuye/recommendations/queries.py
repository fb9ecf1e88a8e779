"""The only place where jobs are chosen by a person's data: their first intention, nothing else."""

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
from jiuye.search.criteria import link
from jiuye.search.documents import card_of_hit

log = structlog.get_logger("recommendations")
MOST = 4


@dataclass(frozen=True, slots=True)
class Recommended:
    """Jobs for one person, in words why these, and where all of them are."""

    why: str
    cards: Sequence[PostingCard]
    href: str


def are_on(actor: Actor) -> bool:
    """Whether jobs may be chosen by the actor's data: until they refuse. One query."""
    return not RecommendationsOff.objects.filter(user_id=actor.person).exists()


def first_intention(actor: Actor) -> IntentionView | None:
    """What recommendations go by; None while the resume says none. One query."""
    intentions = resumes.my_resume(actor).intentions
    return intentions[0] if intentions else None


def for_me(actor: Actor) -> Recommended | None:
    """Jobs found by the title and the place of the actor's first intention, as anybody's search for them would find them.

    None for nobody, for who has refused, who has no intention, and when nothing is found or the search is away. Two queries.
    Neither what was looked at, saved or applied to is used, nor sex, age, ethnicity or household registration.
    """
    if not actor.is_signed_in or not are_on(actor):
        return None
    wish = first_intention(actor)
    if wish is None or not wish.title:
        return None
    query = SearchQuery(q=wish.title[:80], region=(wish.region.code,) if wish.region else ())
    try:
        found = search.get().search(replace(query, size=MOST, highlight=False, collapse=True))
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        return None
    if not found.items:
        return None
    why = " · ".join([wish.title, *([wish.region.name] if wish.region else [])])
    return Recommended(why, [card_of_hit(hit) for hit in found.items], f"/jobs{link(query)}")
