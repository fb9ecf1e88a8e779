"""Suggestions while typing, and the keys they are found by: the same for every engine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from jiuye.kernel.text import fold
from jiuye.kernel.text.pinyin import readings

SuggestionKind = Literal["title", "employer", "agency"]
SUGGESTION_KINDS: tuple[SuggestionKind, ...] = ("title", "employer", "agency")
LONGEST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title, employer or agency that starts with what was typed. `code` is the id of an organisation, empty for a title;
    `count` is the number of its postings."""

    kind: SuggestionKind
    text: str
    code: str = ""
    count: int = 0


def typed(text: str) -> str:
    """Normalize what was typed for comparison: folded, without the spaces and apostrophes that people type in pinyin."""
    return re.sub(r"[\s'’\x00-\x1f]", "", fold(text[: 2 * LONGEST_TYPED]))[:LONGEST_TYPED]


@lru_cache(maxsize=20_000)
def keys_of(name: str) -> tuple[str, ...]:
    """Return what may be typed for a name: the name, its pinyin without tones, its initials. 焊工: 焊工, hangong, hg.

    All readings that people type: 重庆 chongqing, zhongqing; 绿化 lvhua, luhua.
    """
    written = typed(name)
    return tuple(dict.fromkeys(key for key in (written, *chain.from_iterable(readings(written))) if key))


def names_of_employer(name: str, places: Iterable[str]) -> tuple[str, ...]:
    """Return an employer's name with and without its leading place, which people do not type: 成都蓉创电子, 蓉创电子."""
    rest = name
    for place in places:
        for form in (place, place[:-1]):
            if len(form) > 1 and rest.startswith(form) and len(rest) > len(form) + 1:
                rest = rest[len(form) :]
                break
    return (name,) if rest == name else (name, rest)
