"""Text analysis, the same for every engine: segmentation with a vocabulary, synonyms, stop words."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jiuye.kernel.text import Segmenter, Span, Term, Word, fold, spans

_DATA = Path(__file__).with_name("data")
# Increase it when a change of the code changes the tokens of a text: every index is then rebuilt automatically.
_REVISION = 3
_LONGEST_QUERY = 80
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A required word of a query. It matches itself or, with a lower score, all of its parts or one of its synonyms."""

    text: str
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Analyser:
    """Tokenizes texts and queries. `words` are names to add to the vocabulary, for example of occupations.

    `fingerprint` changes with everything that changes the tokens of a text.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        names = sorted(set(words))
        groups = [[fold(word) for word in line.split()] for line in _lines("synonyms.txt")]
        self._synonyms = {word: tuple(other for other in group if other != word) for group in groups for word in group}
        self._noise = {fold(line) for line in _lines("noise.txt")}
        self._segmenter = Segmenter([*names, *self._synonyms, *_lines("words.txt")], _terms())
        self.fingerprint = self._digest(names)
        self._located = lru_cache(maxsize=20_000)(lambda title: tuple(self._segmenter.located(title)))
        self.words = lru_cache(maxsize=4096)(self._words)

    def tokens(self, text: str) -> list[str]:
        """Return all tokens of a text, for indexing."""
        return self._segmenter.tokens(text)

    def spans(self, title: str, words: Iterable[QueryWord]) -> tuple[Span, ...]:
        """Return the ranges of `title` that the words match, for highlighting."""
        wanted: set[str] = set()
        for word in words:
            wanted.update((word.text, *word.parts, *word.synonyms))
        return spans(self._located(title), wanted)

    def _words(self, text: str) -> tuple[QueryWord, ...]:
        """The words of a query: at most 12, from its first 80 characters. `words` is the cached form."""
        words = self._segmenter.words(text[:_LONGEST_QUERY])
        telling = [word for word in words if word.text not in self._noise] or words
        return tuple(self._with_synonyms(word) for word in telling[:_MOST_WORDS])

    def _with_synonyms(self, word: Word) -> QueryWord:
        return QueryWord(word.text, word.parts, self._synonyms.get(word.text, ()))

    def _digest(self, names: Iterable[str]) -> str:
        digest = hashlib.sha256(f"{_REVISION}".encode())
        for name in names:
            digest.update(name.encode() + b"\n")
        for file in ("synonyms.txt", "terms.txt", "words.txt"):
            digest.update((_DATA / file).read_bytes())
        return digest.hexdigest()[:10]


@lru_cache(maxsize=4)
def analyser(words: tuple[str, ...] = ()) -> Analyser:
    """The process's analyser that knows these words: building one loads the dictionary."""
    return Analyser(words)


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _terms() -> list[Term]:
    """The technical terms of terms.txt: `token > broader tokens : spelling | spelling`."""
    terms = []
    for line in _lines("terms.txt"):
        head, _, spellings = line.partition(" : ")
        token, _, broader = head.partition(" > ")
        terms.append(Term(token.strip(), [form.strip() for form in spellings.split(" | ")], tuple(broader.split())))
    # Longer spellings first, so that "vue 3" is not read as "vue".
    return sorted(terms, key=lambda term: -max(len(form) for form in term.forms))
