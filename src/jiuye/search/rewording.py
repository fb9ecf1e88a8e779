"""Other words for a search that finds nothing: spelled right (会记, kuaiji), or without a word that nothing has."""

from dataclasses import dataclass, replace

from jiuye.domains.reference import queries as reference
from jiuye.kernel.text import fold
from jiuye.ports import search
from jiuye.ports.search import Analyser, SearchQuery, analyser, without_minus
from jiuye.search.spelling import candidates
from jiuye.search.understanding import placed

# A search with so many results is as it was meant.
_MANY = 10
# Other words are shown at once if they find so many times as much as an unknown word, and offered if so many times as a known one.
_SHOWN_FROM = 20
_OFFERED_FROM = 10
# With fewer results, postings that lack some of many words are shown after those that have all.
_FEW = 5
_MOST_COUNTED = 4
_MOST_CHUNKS = 6


@dataclass(frozen=True, slots=True)
class Reworded:
    """`query`: the search to run instead; None to run the one asked for. `offered`: other words, as a question."""

    query: SearchQuery | None
    offered: str = ""


def reworded(query: SearchQuery, total: int) -> Reworded | None:
    """Return what to search for instead of a search with `total` results, or to offer; None if it is as it was meant.

    A search that is `literal` is never changed. No query; some small searches. Raise SearchUnavailable.
    """
    if total >= _MANY or query.literal or not query.q or query.missing:
        return None
    text, left_out = without_minus(query.q)
    right = _spelled(text)
    if right != text:
        other = replace(query, q=" ".join([right, *(f"-{word}" for word in left_out)]))
        other = placed(other)[0]
        count = _count(other)
        if count and (not total or count >= _SHOWN_FROM * total):
            return Reworded(other)
        if count >= _OFFERED_FROM * total:
            return Reworded(None, right)
    return _with_fewer_words(query) if total < _FEW else None


def _with_fewer_words(query: SearchQuery) -> Reworded | None:
    """Allow one of two or three words to be missing, two of four or five, three of more, as few as find something."""
    words = len(_analyser().words(query.q))
    for missing in range(1, words // 2 + 1):
        other = replace(query, missing=missing)
        if _count(other) >= _FEW or missing == words // 2:
            return Reworded(other)
    return None


def _spelled(text: str) -> str:
    """The text with the words that nothing has spelled right."""
    chunks = text.split()[:_MOST_CHUNKS]
    if len(chunks) > 1 and all(chunk.isascii() and chunk.isalpha() for chunk in chunks):  # wai mai qi shou
        whole = _best("".join(chunks).lower())
        if whole and not any(_total(chunk) for chunk in chunks):
            return whole
    return " ".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: str) -> str:
    """A part of a search between blanks, spelled right as a whole or else word by word."""
    words = _analyser().words(chunk)
    if _is_right(chunk, all(word.known for word in words)):
        return chunk
    folded = fold(chunk)
    if found := _best(folded):
        return found
    for word in words if len(words) > 1 else ():
        if not _is_right(word.text, word.known) and (found := _best(word.text)):
            folded = folded.replace(word.text, found)
    return folded if folded != fold(chunk) else chunk


def _is_right(word: str, is_known: bool) -> bool:
    """Return whether postings have the word: some, or many if it is in no dictionary, since its characters may be anywhere."""
    return _total(word) >= (1 if is_known else _MANY)


def _best(word: str) -> str:
    """The candidate that most postings have; empty if none has any."""
    counted = [(_total(other), other) for other in candidates(word)[:_MOST_COUNTED]]
    count, other = max(counted, default=(0, ""), key=lambda pair: pair[0])
    return other if count else ""


def _total(words: str) -> int:
    return _count(SearchQuery(q=words))


def _count(query: SearchQuery) -> int:
    asked = replace(query, sort="newest", size=1, page=1, cursor="", facets=(), highlight=False, collapse=False)
    return search.get().search(asked).total


def _analyser() -> Analyser:
    return analyser(tuple(reference.occupation_names()))
