"""Highlighting: which parts of a text a query matched, by the same segmentation as the search."""

from collections.abc import Iterable, Sequence, Set

from jiuye.kernel.text.segmentation import Token

Span = tuple[int, int]


def spans(tokens: Iterable[Token], wanted: Set[str]) -> tuple[Span, ...]:
    """Return the character ranges [from, to) of a text with tokens in `wanted`, in order, overlaps joined."""
    found = sorted((token.start, token.end) for token in tokens if token.text in wanted)
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def pieces(text: str, marked: Sequence[Span]) -> Iterable[tuple[str, bool]]:
    """Return `text` cut at the spans: (part, whether it is marked). The parts joined are `text` again."""
    at = 0
    for start, end in marked:
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
