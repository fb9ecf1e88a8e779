"""The occupation that a job title means: `高级Python开发工程师（苏州）` → 计算机软件工程技术人员."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import Occupation
from jiuye.domains.reference.titles import model
from jiuye.domains.reference.titles.features import words
from jiuye.kernel.text import fold

SUGGESTED = 5
_LIKELY = 0.5
_OCCUPATION = 4


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a title may mean: at most five codes, best first; whether the first is certain, and the certainty, from 0 to 1."""

    codes: tuple[str, ...]
    is_certain: bool
    certainty: float


@lru_cache(maxsize=8192)
def read_title(title: str) -> TitleReading:
    """Return the occupations that a title may mean. About 0.4 ms.

    Certain is what a title of its words means in nine of ten ads (docs/reading.md#occupations), or an occupation's own name.
    A title that names only a rank (技术员, 经理) is never certain; one without a known word has no codes. A code of the list means itself.
    """
    named = _names().get("".join(fold(title).split()))
    if named:
        return TitleReading((named,), True, 1.0)
    found = model.score(title, SUGGESTED)
    if not found.codes:
        return TitleReading((), False, 0.0)
    certainty = 0.0 if _is_vague(title) else model.weights().certainty_of(found)
    return TitleReading(found.codes, certainty >= model.weights().least_certainty, certainty)


def guess_occupation(title: str) -> str | None:
    """Return the code that a title certainly means, else None: then a person is asked, with `suggest_occupations`."""
    reading = read_title(title)
    return reading.codes[0] if reading.is_certain else None


def likely_occupation(title: str) -> str | None:
    """Return the code that a title more likely means than not, else None. For a person's own wish, which the page shows."""
    reading = read_title(title)
    return reading.codes[0] if reading.certainty >= _LIKELY else None


def suggest_occupations(title: str) -> Sequence[Occupation]:
    """Return at most five occupations that a title may mean, best first."""
    return [catalogue.occupations()[code] for code in read_title(title).codes]


@cache
def _names() -> Mapping[str, str]:
    known = catalogue.occupations().values()
    return {one.code: one.code for one in known} | {
        fold(one.name): one.code for one in known if one.level == _OCCUPATION
    }


def _is_vague(title: str) -> bool:
    return all(word in _vague_titles() for word in words(fold(title)))


@cache
def _vague_titles() -> frozenset[str]:
    return frozenset((catalogue.DATA / "vague_titles.txt").read_text(encoding="utf-8").split())
