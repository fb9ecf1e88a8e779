"""Lines from letters, or words, and the places where they stand on a page."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

_LABELLED = re.compile(r"^[\u3400-\u9fff \u3000]{2,10}[:：]")


@dataclass(slots=True)
class Mark:
    """A letter or a word in its box; y grows downwards. `is_spaced`: a space is written before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_spaced: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """A line as it is seen: a tab where there is a wide gap."""

    text: str
    left: float
    right: float
    height: float


def lines_of(marks: Iterable[Mark]) -> list[Line]:
    """Return the lines from top to bottom. Marks that overlap half of a line's height belong to it."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: one.middle):
        last = groups[-1] if groups else None
        if last and abs(mark.middle - _middle(last)) < 0.5 * max(mark.height, last[-1].height):
            last.append(mark)
        else:
            groups.append([mark])
    return [_line(sorted(group, key=lambda one: one.left)) for group in groups]


def _middle(group: list[Mark]) -> float:
    recent = group[-16:]
    return sum(one.middle for one in recent) / len(recent)


def _line(marks: list[Mark]) -> Line:
    kept: list[Mark] = []
    for mark in marks:
        # Bold type is sometimes made by printing a letter again, a hair beside itself.
        if kept and mark.text == kept[-1].text and mark.left - kept[-1].left < 0.2 * mark.height:
            continue
        kept.append(mark)
    height = max(one.height for one in kept)
    text = kept[0].text
    for before, mark in itertools.pairwise(kept):
        text += _between(before, mark, height) + mark.text
    return Line(text, kept[0].left, max(one.right for one in kept), height)


def _between(before: Mark, mark: Mark, height: float) -> str:
    gap = mark.left - before.right
    if gap > 1.5 * height:
        return "\t"
    is_latin = before.text[-1:].isascii() and mark.text[:1].isascii()
    return " " if mark.is_spaced or gap > (0.2 if is_latin else 0.5) * height else ""


def joined(lines: list[Line], width: float) -> list[str]:
    """Return the texts of a page of this width, with paragraphs joined that were broken at the right margin.

    The margin is where the longest line ends, unless that leaves more room at the right than at the left.
    """
    if not lines:
        return []
    margin = max(max(line.right for line in lines), width - min(line.left for line in lines) - 2 * lines[0].height)
    texts = [lines[0].text]
    for before, line in itertools.pairwise(lines):
        is_full = before.right > margin - 1.3 * before.height and before.text[-1:] not in "。；;！？!?"
        is_same = (
            abs(before.left - line.left) < 1.0 * line.height and abs(before.height - line.height) < 0.35 * line.height
        )
        is_prose = "\t" not in before.text and "\t" not in line.text and not _LABELLED.match(line.text)
        if is_full and is_same and is_prose:
            texts[-1] += (" " if before.text[-1:].isascii() and line.text[:1].isascii() else "") + line.text
        else:
            texts.append(line.text)
    return texts
