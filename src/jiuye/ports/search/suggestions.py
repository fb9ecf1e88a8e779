"""What an engine offers while one types, and by what it is found: the same for every engine."""

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
    """A title, employer or agency that what was typed begins. `code` is the id of an organisation, empty for a title;
    `count` is the number of its postings."""

    kind: SuggestionKind
    text: str
    code: str = ""
    count: int = 0


def typed(text: str) -> str:
    """What was typed, as it is compared: folded, without the blanks and apostrophes that people put into pinyin."""
    return re.sub(r"[\s'’\x00-\x1f]", "", fold(text[: 2 * LONGEST_TYPED]))[:LONGEST_TYPED]


@lru_cache(maxsize=20_000)
def keys_of(name: str) -> tuple[str, ...]:
    """What may be typed for a name: the name, its pinyin without tones, its initials. 焊工: 焊工, hangong, hg."""
    written = typed(name)
    return tuple(dict.fromkeys(key for key in (written, *sound(written)) if key))


def names_of_employer(name: str, places: Iterable[str]) -> tuple[str, ...]:
    """An employer's name, and without the place it begins with, for nobody types that: 成都蓉创电子有限公司, 蓉创电子有限公司."""
    rest = name
    for place in places:
        for form in (place, place[:-1]):
            if len(form) > 1 and rest.startswith(form) and len(rest) > len(form) + 1:
                rest = rest[len(form) :]
                break
    return (name,) if rest == name else (name, rest)


def sound(text: str) -> tuple[str, str]:
    """Pinyin and initials; what is not Chinese stays whole in both, without signs. Java开发: javakaifa, javakf."""
    # Its tables take a while to load: only the process that writes the index does.
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(text, style=Style.NORMAL, errors=lambda other: _STAYS + re.sub(r"\W", "", other))
    initials = (part if part.startswith(_STAYS) else part[:1] for part in read)
    return "".join(read).replace(_STAYS, ""), "".join(initials).replace(_STAYS, "")
