"""The cards of a result as markup: what surrounds a title is drawn once a day for each posting."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from markupsafe import Markup

from jiuye.design.environment import components
from jiuye.kernel import clock
from jiuye.ports.search import Hit
from jiuye.search.documents import card_of_hit
from jiuye.search.queries import JobList, marked_title

_TITLE = "\ufdd0"  # no character (Unicode 23.7), so no posting's text
_HEADING = 2
_NOBODY = UUID(int=0)  # the card shows no id: its address is in it
# Some two kilobytes each: 16 MB a process, and no posting that people look for is drawn twice a day.
_KEPT = 8192


def draw(found: JobList) -> Markup:
    """The cards of the page, one after another."""
    if not found.hits:
        return Markup("").join(_job_card(card) for card in found.cards)
    today = clock.today()
    drawn: list[str] = []
    for hit in found.hits:
        before, after = _around_title(hit.card, today, found.sources.get(hit.id, 1), hit.distance)
        drawn += (before, marked_title(hit), after)
    return Markup("".join(drawn))  # noqa: S704 - the component and marked_title escape what they are given


@lru_cache(maxsize=_KEPT)
def _around_title(card: bytes, today: date, sources: int, distance: int | None) -> tuple[str, str]:
    """The card's markup before and after its title. `today` stands for the words 今天 and 昨天 in it."""
    shown = replace(card_of_hit(Hit(_NOBODY, card, _TITLE, distance=distance), _TITLE), sources=sources)
    before, _, after = str(_job_card(shown)).partition(_TITLE)
    return before, after


def _job_card(card: object) -> Markup:
    return components().job_card(card, heading=_HEADING)
