"""Labels and their values: `姓 名：王芳`, several in a line, or a label's cell before the value's cell."""

import re
from collections.abc import Iterator
from functools import cache

from jiuye.domains.resumes.extraction.vocabulary import by_word

HEAD, ENTRY = by_word("head"), by_word("entry")
_BREAK = re.compile(r"\s{2,}|\s*[|｜;；]\s*")


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Match any of the labels with spaces between its letters, up to its colon."""
    spaced = (r"\s{0,6}".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w\u4e00-\u9fff])({'|'.join(spaced)})\s{{0,4}}[:：]\s*", re.IGNORECASE)


def label_of(cell: str, known: dict[str, str]) -> str:
    """Return what a cell is the label of; "" for any other text."""
    return known.get(re.sub(r"[\s:：*]", "", cell).lower(), "") if len(cell) < 30 else ""


def pairs_in(line: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield labels' names and their values in the line; `("", text)` for what stands before the first label or beside it."""
    cells = line.split("\t")
    place = 0
    while place < len(cells):
        cell = cells[place].strip()
        name = label_of(cell, known)
        if name and len(cells) > 1:
            following = cells[place + 1].strip() if place + 1 < len(cells) else ""
            if following and not label_of(following, known):
                yield name, following
                place += 1
        elif cell:
            yield from _in_cell(cell, known)
        place += 1


def _in_cell(cell: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    marks = list(_pattern(frozenset(known)).finditer(cell))
    if not marks:
        yield "", cell
        return
    if before := cell[: marks[0].start()].strip(" |｜,，;；、"):
        yield "", before
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        text = cell[mark.end() : after.start() if after else len(cell)].strip(" |｜,，;；、/")
        name = known[re.sub(r"\s", "", mark[1]).lower()]
        value, *others = [text] if name == "description" else _BREAK.split(text)
        yield name, value
        yield from (("", other) for other in others if other)
