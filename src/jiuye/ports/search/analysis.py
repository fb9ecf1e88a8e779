"""Text analysis, the same for every engine: segmentation with a vocabulary, synonyms, stop words, words to leave out."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jiuye.kernel.text import Segmenter, Span, Term, Word, fold, spans

_DATA = Path(__file__).with_name("data")
# Increase it when a change of the code changes the tokens of a text: every index is then rebuilt automatically.
_REVISION = 6
_LONGEST_QUERY = 80
_MOST_WORDS = 12
# The classes of driving licences (公安部令第162号, annex 1) say all: B2驾照 is also written B2证, B2本, B照.
_LICENCE_CLASS = re.compile(r"a[123]|b[12]|c[1-6]|[def]")
_LICENCE = frozenset(("驾照", "驾驶证", "驾驶执照", "驾证", "证", "本", "照", "证书", "牌"))
# 会计 -外包, 会计 －外包, 会计 —外包; not 3000-5000, C++ -, nor the hyphen of a compound.
_MINUS = re.compile(r"(?:^|(?<=\s))[-－–—−]+(?=[^\s\d\-－–—−])(\S+)")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A required word of a query. It matches itself or, with a lower score, all of its parts or one of its synonyms.

    `known`: it is in the vocabulary, so `inner_tokens` has it wherever a text contains it.
    """

    text: str
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    known: bool = True


def without_minus(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a query without the words with a minus before them, and these words: 会计 -外包 leaves out 外包."""
    if not _MINUS.search(text):
        return text, ()
    return " ".join(_MINUS.sub(" ", text).split()), tuple(_MINUS.findall(text))


class Analyser:
    """Tokenizes texts and queries. `words` are names to add to the vocabulary, for example of occupations.

    `fingerprint` changes with everything that changes the tokens of a text.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        names = sorted(set(words))
        self._synonyms = _synonyms()
        self._variants = _variants()
        self._noise = {fold(line) for line in _lines("noise.txt")}
        self.vocabulary = (*self._synonyms, *map(fold, _lines("words.txt")))
        """Words with synonyms and other words of postings, without the names given."""
        self._segmenter = Segmenter([*names, *self.vocabulary], _terms())
        self.fingerprint = self._digest(names)
        self._variant = re.compile("|".join(sorted(self._variants, key=len, reverse=True)))
        self._located = lru_cache(maxsize=20_000)(lambda title: tuple(self._segmenter.located(title)))
        self._spans = lru_cache(maxsize=20_000)(lambda title, wanted: spans(self._located(title), wanted))
        self.words = lru_cache(maxsize=4096)(self._words)

    def tokens(self, text: str) -> list[str]:
        """Return all tokens of a text, for indexing."""
        return self._segmenter.tokens(text)

    def inner_tokens(self, text: str) -> list[str]:
        """Return the tokens of a short text (a title, names), for indexing: with every word of the vocabulary in it."""
        return self._segmenter.inner_tokens(text)

    def has_word(self, word: str) -> bool:
        """Return whether `word` (folded) is in the vocabulary."""
        return self._segmenter.has_word(word)

    def cuts(self, text: str) -> frozenset[int]:
        """Return the positions in a folded text between its words; 0 and its length are among them."""
        return self._segmenter.cuts(text)

    def only_asks(self, text: str) -> bool:
        """Return whether a query says nothing but that work is looked for (招聘), or nothing at all."""
        words = self._segmenter.words(without_minus(text[:_LONGEST_QUERY])[0])
        return all(word.text in self._noise for word in words)

    def wanted(self, words: Iterable[QueryWord]) -> frozenset[str]:
        """Return the tokens that match the words."""
        return frozenset(token for word in words for token in (word.text, *word.parts, *word.synonyms))

    def spans(self, title: str, wanted: frozenset[str]) -> tuple[Span, ...]:
        """Return the ranges of `title` with the wanted tokens, for highlighting. Cached: titles and searches repeat."""
        return self._spans(title, wanted)

    def _words(self, text: str) -> tuple[QueryWord, ...]:
        """The words of a query: at most 12, from its first 80 characters, without what `without_minus` leaves out. `words` is
        the cached form."""
        asked = fold(without_minus(text[:_LONGEST_QUERY])[0])
        words = self._segmenter.words(self._in_our_words(asked))
        telling = [word for word in _without_licences(words) if word.text not in self._noise] or words
        return tuple(self._with_synonyms(word) for word in telling[:_MOST_WORDS])

    def _in_our_words(self, asked: str) -> str:
        """Replace the words of `variants.txt`, where words begin and end: not 国中 in 中国中铁."""
        if not self._variant.search(asked):
            return asked
        cuts = self._segmenter.cuts(asked)

        def ours(found: re.Match[str]) -> str:
            whole = {found.start(), found.end()} <= cuts
            return self._variants[found.group()] if whole else found.group()

        return self._variant.sub(ours, asked)

    def _with_synonyms(self, word: Word) -> QueryWord:
        known = word.text.isascii() or self._segmenter.has_word(word.text)
        return QueryWord(word.text, word.parts, self._synonyms.get(word.text, ()), known)

    def _digest(self, names: Iterable[str]) -> str:
        digest = hashlib.sha256(f"{_REVISION}".encode())
        for name in names:
            digest.update(name.encode() + b"\n")
        for file in ("synonyms.txt", "terms.txt", "variants.txt", "words.txt"):
            digest.update((_DATA / file).read_bytes())
        return digest.hexdigest()[:10]


def _without_licences(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words without 驾照 and its likes after a class of licences, which a text may call otherwise or not at all."""
    before = ""
    for word in words:
        if not (word.text in _LICENCE and _LICENCE_CLASS.fullmatch(before)):
            yield word
        before = word.text


def _synonyms() -> dict[str, tuple[str, ...]]:
    """{word: the other words of its groups}."""
    found: dict[str, dict[str, None]] = {}
    variants = (f"{here} {there}" for there, here in _variants().items())
    for line in (*_lines("synonyms.txt"), *variants):
        group = [fold(word) for word in line.split()]
        for word in group:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in found.items()}


def _variants() -> dict[str, str]:
    """{word of Taiwan or Hong Kong, folded: the word used here}."""
    return {fold(there): fold(here) for there, here in (line.split() for line in _lines("variants.txt"))}


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
