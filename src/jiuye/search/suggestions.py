"""Suggestions for the search box while typing: titles, occupations, regions, employers, agencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jiuye.domains.reference import queries as reference
from jiuye.ports import search
from jiuye.ports.search import SearchUnavailable, Suggestion
from jiuye.ports.search.suggestions import LONGEST_TYPED

_MOST = 8
_TITLES = 5
_OTHERS = 2


OfferKind = Literal["title", "occupation", "region", "employer", "agency"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion. `code` is the reference code or id of what `text` names; a title has none."""

    kind: OfferKind
    text: str
    code: str = ""


def offers(typed: str) -> list[Offer]:
    """Return at most eight suggestions, grouped by kind; none for an empty text. No query.

    They start with what was typed by name, pinyin or initials. While the engine is away there are still occupations and
    regions.
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
    return _read(titles), _read([*employers, *agencies])


def _read(found: Sequence[Suggestion]) -> list[Offer]:
    return [Offer(one.kind, one.text, one.code) for one in found]


def _places(text: str) -> list[Offer]:
    """Regions with exactly this name, pinyin or initials; prefixes would match too many to be useful."""
    found = reference.search_regions(text, 6) if len(text) > 1 else []
    exact = [one for one in found if reference.is_called(text.lower(), one)]
    return [Offer("region", reference.full_name(one.code), one.code) for one in exact[:_OTHERS]]


def _occupations(text: str) -> list[Offer]:
    found = reference.search_occupations(text, _OTHERS, guess=False) if len(text) > 1 else []
    return [Offer("occupation", one.name, one.code) for one in found]
