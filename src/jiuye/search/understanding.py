"""The place in the words of a search: it means the workplace, before the names of employers and agencies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.queries import PlaceMention
from jiuye.kernel.text import fold
from jiuye.ports.search import Analyser, SearchQuery, analyser, without_minus

_MOST_PLACES = 10
# Also the hyphen of 成都-会计, which is no minus once the place is gone.
_BETWEEN_PLACES = " /、，,;；|-－–—·"
# 成都人事 is cut as 成都人 and 事, 大理石工 as 大理石 and 工: only the second is another word.
_PEOPLE = frozenset("人话")
_WORKERS = ("工", "员", "师", "司机", "骑手")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read from the `words`: the `places` as they were written, their divisions' codes, the names of zones within
    them, and `rest`, the words without them."""

    words: str
    places: tuple[str, ...]
    regions: tuple[str, ...]
    workplace: str
    rest: str


def placed(query: SearchQuery, *, typed: bool = False) -> tuple[SearchQuery, Understood | None]:
    """Return the search with the places in its words as filters, and what was understood; None if there was nothing.

    A region that the search already has is narrowed by a place within it (湖北 武汉 with 湖北) and stays for a place around it.
    Any other is replaced if the words were `typed` after it was chosen, as on the page; for programs all filters hold, and the
    words stay as they are.
    """
    found = None if query.literal else understood(query.q)
    if found is None:
        return query, None
    regions = _within(found.regions, query.region) if query.region else found.regions
    if not regions and not typed:
        return query, None
    workplace = found.workplace or query.workplace
    return replace(query, q=found.rest, region=regions or found.regions, workplace=workplace), found


@lru_cache(maxsize=4096)
def understood(words: str) -> Understood | None:
    """Return the places in the words of a search; None if none is meant. About 0.1 ms, nothing for repeated words."""
    asked, left_out = without_minus(words)
    mentions = [
        one
        for one in reference.places_in(asked)
        if (one.is_sure or _is_before_work(asked, one)) and not _is_within_word(asked, one.start, one.end)
    ]
    if not mentions:
        return None
    rest, end = "", 0
    for one in mentions:
        rest += asked[end : one.start].strip(_BETWEEN_PLACES) + " "
        end = one.end
    rest = " ".join((rest + asked[end:].strip(_BETWEEN_PLACES)).split())
    kept = "" if _analyser().only_asks(rest) else rest
    codes = tuple(dict.fromkeys(code for one in mentions for code in one.codes))[:_MOST_PLACES]
    return Understood(
        words,
        tuple(asked[one.start : one.end] for one in mentions),
        codes,
        " ".join(one.zone for one in mentions if one.zone),
        " ".join([kept, *(f"-{word}" for word in left_out)]).strip(),
    )


def _within(wanted: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The places of one list that are within a place of the other."""
    inner = [one for one in wanted if _is_in(one, chosen)] + [one for one in chosen if _is_in(one, wanted)]
    return tuple(dict.fromkeys(inner))


def _is_in(code: str, places: Sequence[str]) -> bool:
    path = [step.code for step in reference.ancestors(code)] if reference.has_region(code) else [code]
    return any(reference.MUNICIPALITY_CITIES.get(place, place) in path or place in path for place in places)


def _is_before_work(text: str, one: PlaceMention) -> bool:
    """Return whether a county's short name, which may be a part of a name (东方), stands right before an occupation: 浦东会计."""
    rest = text[one.end :].removesuffix("招聘")
    if one.start or len(one.codes) > 1 or not (rest.endswith(_WORKERS) or fold(rest) in _occupations()):
        return False
    return any(alone.is_sure for alone in reference.places_in(text[: one.end]))


@cache
def _occupations() -> frozenset[str]:
    return frozenset(map(fold, reference.occupation_names()))


def _is_within_word(text: str, start: int, end: int) -> bool:
    """Return whether the place is only a part of a longer word: 大理石."""
    folded = fold(text)
    cuts = _analyser().cuts(folded)
    if len(folded) != len(text) or end in cuts:
        return False
    first, last = max(cut for cut in cuts if cut < end), min(cut for cut in cuts if cut > end)
    return first < start or folded[end:last] not in _PEOPLE


def _analyser() -> Analyser:
    return analyser(tuple(reference.occupation_names()))
