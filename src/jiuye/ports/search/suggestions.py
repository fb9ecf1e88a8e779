"""Suggestions while typing, and the keys they are found by: the same for every engine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jiuye.kernel.text import fold

SuggestionKind = Literal["title", "employer", "agency"]
SUGGESTION_KINDS: tuple[SuggestionKind, ...] = ("title", "employer", "agency")
LONGEST_TYPED = 40
_STAYS = "\0"


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
    """Return what may be typed for a name: the name, its pinyin without tones, its initials. 焊工: 焊工, hangong, hg."""
    written = typed(name)
    return tuple(dict.fromkeys(key for key in (written, *sound(written)) if key))


def names_of_employer(name: str, places: Iterable[str]) -> tuple[str, ...]:
    """Return an employer's name with and without its leading place, which people do not type: 成都蓉创电子, 蓉创电子."""
    rest = name
    for place in places:
        for form in (place, place[:-1]):
            if len(form) > 1 and rest.startswith(form) and len(rest) > len(form) + 1:
                rest = rest[len(form) :]
                break
    return (name,) if rest == name else (name, rest)


def sound(text: str) -> tuple[str, str]:
    """Return pinyin and initials. Non-Chinese parts stay whole in both, without punctuation. Java开发: javakaifa, javakf."""
    # Imported here because its tables are slow to load and only the process that writes the index needs them.
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(text, style=Style.NORMAL, errors=lambda other: _STAYS + re.sub(r"\W", "", other))
    initials = (part if part.startswith(_STAYS) else part[:1] for part in read)
    return "".join(read).replace(_STAYS, ""), "".join(initials).replace(_STAYS, "")
