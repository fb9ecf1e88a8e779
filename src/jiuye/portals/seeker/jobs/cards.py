"""The cards of a result as markup. Everything around a title is rendered once a day for each posting.

A card with a placeholder as its title is rendered, cut at the placeholder and cached; then each search puts in the title
with its own words marked. Measured: 20 cards take 0.019 ms this way and 0.411 ms rendered whole, with the same output; the
whole page has 1.8 ms.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from markupsafe import Markup, escape

from jiuye.design.environment import components
from jiuye.kernel import clock
from jiuye.kernel.text import pieces
from jiuye.ports.search import Hit
from jiuye.search.cards import card_of_hit
from jiuye.search.queries import JobList

_TITLE = "\ufdd0"  # a noncharacter (Unicode 23.7), so it is in no posting's text
_HEADING = 2
_NO_ID = UUID(int=0)  # the card shows no id: its URL is stored with it
# About two kilobytes each: 16 MB a process.
_MOST_CACHED = 8192


def draw(found: JobList) -> Markup:
    """Return the cards of the page, one after another."""
    if not found.hits:
        return Markup("").join(_job_card(card) for card in found.postings)
    today = clock.today()
    drawn: list[str] = []
    for hit in found.hits:
        before, after = _around_title(hit.card, today, found.sources.get(hit.id, 1), hit.distance)
        drawn += (before, _marked_title(hit), after)
    return Markup("".join(drawn))  # noqa: S704 - the component and _marked_title escape what they are given


@lru_cache(maxsize=_MOST_CACHED)
def _around_title(card: bytes, today: date, sources: int, distance: int | None) -> tuple[str, str]:
    """The card's markup before and after its title. `today` is a key of the cache: the card says 今天 and 昨天."""
    shown = replace(card_of_hit(Hit(_NO_ID, card, "", distance=distance)), title=_TITLE, sources=sources)
    before, _, after = str(_job_card(shown)).partition(_TITLE)
    return before, after


def _marked_title(hit: Hit) -> Markup:
    """The title with the matched words in `<mark>`."""
    if not hit.highlights:
        return escape(hit.title)
    cut = pieces(hit.title, hit.highlights)
    written = (f"<mark>{escape(text)}</mark>" if marked else str(escape(text)) for text, marked in cut)
    return Markup("".join(written))  # noqa: S704 - every piece is escaped


def _job_card(card: object) -> Markup:
    return components().job_card(card, heading=_HEADING)
