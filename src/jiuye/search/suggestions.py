"""What the search box offers while one types: titles, occupations, places, employers, agencies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiuye.domains.reference import queries as reference
from jiuye.ports import search
from jiuye.ports.search import SearchUnavailable, Suggestion
from jiuye.ports.search.suggestions import LONGEST_TYPED

_MOST = 8
_TITLES = 5
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """One line under the search box. `words` are to be searched for; an offer without words leads to `href` at once."""

    text: str
    kind: str
    href: str
    words: str = ""


def offers(typed: str) -> list[Offer]:
    """At most eight, those of each kind together; none for nothing. No query.

    What was typed is the beginning of a name, of its pinyin or of its initials. While the engine is away there are still
    occupations and places.
    """
    text = typed[:LONGEST_TYPED].strip()
    if not text:
        return []
    titles, organisations = _engine_offers(text)
    named = {offer.text for offer in titles}
    occupations = [offer for offer in _occupations(text) if offer.text not in named]
    others = [*_places(text), *occupations, *organisations]
    kept = titles[: max(_TITLES, _MOST - len(others))]
    return [*kept, *others[: _MOST - len(kept)]]


def _engine_offers(text: str) -> tuple[list[Offer], list[Offer]]:
    engine = search.get()
    try:
        titles = engine.suggest(text, kind="title", size=_MOST)
        employers = engine.suggest(text, kind="employer", size=_OTHERS)
        agencies = engine.suggest(text, kind="agency", size=_OTHERS)
    except SearchUnavailable:
        return [], []
    return list(_titles(titles)), [
        *(Offer(one.text, "用人单位", f"/jobs?employer={one.code}") for one in employers),
        *(Offer(one.text, "职介机构", f"/agencies/{one.code}") for one in agencies),
    ]


def _titles(found: Iterable[Suggestion]) -> Iterator[Offer]:
    for one in found:
        yield Offer(one.text, "职位", "", one.text)


def _places(text: str) -> list[Offer]:
    """Places whose whole name, pinyin or initials were typed: fewer letters mean too many places to be of use."""
    found = reference.search_regions(text, 6) if len(text) > 1 else []
    exact = [one for one in found if text.lower() in (one.name, one.short_name, one.pinyin, one.initials)]
    return [Offer(reference.full_name(one.code), "地区", f"/jobs?region={one.code}") for one in exact[:_OTHERS]]


def _occupations(text: str) -> list[Offer]:
    found = reference.search_occupations(text, _OTHERS) if len(text) > 1 else []
    return [Offer(one.name, "职业", f"/jobs?occupation={one.code}") for one in found]
