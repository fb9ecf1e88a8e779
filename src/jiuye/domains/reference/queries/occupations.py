"""Occupations: look-up by code, paths, search-as-you-type."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import FormerOccupation, Occupation
from jiuye.domains.reference.queries.occupation_text import suggest_occupations
from jiuye.domains.reference.queries.sounds import plain_sound
from jiuye.kernel.errors import NotFound
from jiuye.kernel.text import fold

OCCUPATION_LEVEL = 4


def occupation(code: str) -> Occupation:
    """Return the class or occupation with this code of 职业分类大典 2022. Raises NotFound."""
    try:
        return catalogue.occupations()[code]
    except KeyError:
        raise NotFound(f"没有代码为 {code} 的职业") from None


def has_occupation(code: str) -> bool:
    """Return whether this release has the code."""
    return code in catalogue.occupations()


def former_occupation(code: str) -> FormerOccupation:
    """Return an occupation's code that is no longer used. Raises NotFound."""
    try:
        return catalogue.former_occupations()[code]
    except KeyError:
        raise NotFound(f"没有代码为 {code} 的职业") from None


def occupation_children(code: str = "") -> Sequence[Occupation]:
    """Return the children, by code; without a code the eight major classes. Empty for an occupation."""
    return _children().get(code, ())


def occupation_ancestors(code: str) -> list[Occupation]:
    """Return the path from the major class to the code itself. Raises NotFound."""
    path = [occupation(code)]
    while path[0].parent:
        path.insert(0, occupation(path[0].parent))
    return path


def occupation_descendants(code: str) -> list[str]:
    """Return the codes of the class and all its descendants. Raises NotFound."""
    found = [occupation(code).code]
    for known in found:
        found.extend(child.code for child in occupation_children(known))
    return found


def occupation_names() -> list[str]:
    """Return names of occupations and their titles, for a segmenter's dictionary: two characters or more, no repeats.

    Titles that combine several (A/B, brackets) are left out: nobody writes them so.
    """
    names: dict[str, None] = {}
    for known in catalogue.occupations().values():
        for name in (known.name, *known.aliases) if known.level == OCCUPATION_LEVEL else known.aliases:
            if len(name) > 1 and not set(name) & set("/()（）、 ,") and len(name) <= 12:
                names[name] = None
    names.update(dict.fromkeys(title for title in catalogue.job_titles() if len(title) > 2 and not title.isascii()))
    return list(names)


def search_occupations(text: str, limit: int = 10, *, guess: bool = True) -> list[Occupation]:
    """Return occupations with a name, title, pinyin or initials that match the text, best first; occupations before
    classes.

    Without a match, return those that it may mean as a posting's title (Python开发), if `guess`. Costs about 1 ms:
    one pass over all. An empty text finds nothing.
    """
    typed = "".join(fold(text).split())
    if not typed:
        return []
    ranked = []
    for known in catalogue.occupations().values():
        rank = _rank(typed, known)
        if rank is not None:
            ranked.append((rank, -known.level, len(known.name), known.code, known))
    if not ranked:
        return list(suggest_occupations(text)[:limit]) if guess else []
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])[:limit]]


def _rank(typed: str, known: Occupation) -> int | None:
    if typed == known.code or typed == known.name:
        return 0
    titles = _titles_of(known.code)
    if typed in titles:
        return 1
    if known.name.startswith(typed):
        return 2
    if typed in known.name:
        return 3
    if any(typed in title for title in titles):
        return 4
    if len(typed) > 1 and typed.replace("ü", "v").isascii():
        sound, typed_sound = plain_sound(known.pinyin), plain_sound(typed)
        if typed_sound in sound or known.initials.startswith(typed):
            return 5 if sound.startswith(typed_sound) else 6
    return None


def _titles_of(code: str) -> tuple[str, ...]:
    return _titles().get(code, ())


@cache
def _titles() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for known in catalogue.occupations().values():
        found[known.code].extend(alias.lower() for alias in known.aliases)
    for title in catalogue.job_titles().values():
        found[title.code].append(title.title)
    return {code: tuple(titles) for code, titles in found.items()}


@cache
def _children() -> Mapping[str, tuple[Occupation, ...]]:
    found: dict[str, list[Occupation]] = defaultdict(list)
    for known in catalogue.occupations().values():
        found[known.parent].append(known)
    return {parent: tuple(sorted(below, key=lambda o: o.code)) for parent, below in found.items()}
