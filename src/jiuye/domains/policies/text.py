"""The body of a policy: plain text in the style of official documents, rendered as headings and paragraphs.

There is no markup. A short line that begins like 一、 or （一） or 第三章 and ends without a full stop is a heading
(the numbering of GB/T 9704-2012 §7.3.3); everything else is text.
"""

import re
from dataclasses import dataclass

_FIRST = re.compile(r"[一二三四五六七八九十百]{1,4}、\S.*|第[一二三四五六七八九十百]{1,4}[章节]\s*\S.*")
_SECOND = re.compile(r"（[一二三四五六七八九十百]{1,4}）\S.*")
_LONGEST_HEADING = 40
_GOES_ON = "。；，：、！？;,:"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 or 2) or a paragraph (`level` 0), which keeps its line breaks."""

    level: int
    text: str


def blocks(body: str) -> list[Block]:
    """Return the body in order; empty lines separate paragraphs."""
    found: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            found.append(Block(0, "\n".join(lines)))
            lines.clear()

    for line in (*body.split("\n"), ""):
        level = _level(line.strip())
        if level or not line.strip():
            close()
        if level:
            found.append(Block(level, line.strip()))
        elif line.strip():
            lines.append(line.rstrip())
    close()
    return found


def _level(line: str) -> int:
    if len(line) > _LONGEST_HEADING or line.endswith(tuple(_GOES_ON)):
        return 0
    return 1 if _FIRST.fullmatch(line) else 2 if _SECOND.fullmatch(line) else 0
