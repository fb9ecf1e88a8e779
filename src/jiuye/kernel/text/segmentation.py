"""Cutting text into searchable tokens: Chinese by dictionary, Latin technical terms whole, both after folding.

Texts and queries are cut alike. For a text every token counts, words within words too (`tokens`); a query is a list of
words that must all be found (`words`), each with the shorter words it is made of.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from jiuye.kernel.text.folding import fold, fold_with_origins

_LATIN = "a-z0-9\u00df-\u024f"
_COMPOUND = rf"[{_LATIN}]+(?:[.\-_&'][{_LATIN}]+)*(?:\+\+|#)?"
_OTHER = rf"[^\W_{_LATIN}]+"
_JOINT = re.compile(r"[.\-_&']")
_GAP = r"[\s._\-/]*"
# Function words: in every text, looked for by nobody.
_STOP = frozenset("的了和与及或等之")


@dataclass(frozen=True)
class Term:
    """A technical term that is typed in many ways.

    `token` stands for it in texts and queries; `forms` are its spellings, where a space stands for any separator or
    none; `broader` are tokens that a text with this term is found by too (SQL Server by SQL).
    """

    token: str
    forms: Sequence[str]
    broader: Sequence[str] = ()


@dataclass(frozen=True)
class Token:
    """A token and the range [start, end) of the original text it was read from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A word of a query. `parts` are the tokens that cover it, so that a text with all of them is a match too, if a
    lesser one; empty where no shorter words cover it."""

    text: str
    parts: tuple[str, ...] = ()


class Segmenter:
    """Cuts folded text. `words` join the dictionary, `terms` are recognised in all their spellings.

    Building one loads the dictionary (some 0.3 s, 60 MB): make one a process. Safe to use from several threads.
    """

    def __init__(self, words: Iterable[str] = (), terms: Iterable[Term] = ()) -> None:
        self._jieba = rjieba.Jieba()
        for word in words:
            folded = fold(word)
            if 2 <= len(folded) <= 12 and not self._jieba.has_word(folded):
                self._jieba.add_word(folded, None, None)
        self._terms = list(terms)
        known = "|".join(f"(?P<t{index}>{_spellings(term)})" for index, term in enumerate(self._terms))
        guarded = rf"(?<![{_LATIN}])(?:{known})(?![{_LATIN}+#])|" if known else ""
        self._pattern = re.compile(rf"{guarded}(?P<latin>{_COMPOUND})|(?P<other>{_OTHER})")

    def tokens(self, text: str) -> list[str]:
        """Every token of `text`, repeated as often as it occurs; for indexing. Some 20 µs for 200 characters."""
        found: list[str] = []
        for kind, piece in self._pieces(fold(text)):
            if kind is None:
                found += [token for token in self._jieba.cut_for_search(piece, False) if token not in _STOP]
            else:
                found += kind.tokens
        return found

    def located(self, text: str) -> Iterator[Token]:
        """Every token of `text` with its place in the text as given; for highlighting."""
        folded, origins = fold_with_origins(text)
        for match in self._pattern.finditer(folded):
            latin = self._latin(match)
            if latin is not None:
                start, end = origins[match.start()], origins[match.end() - 1] + 1
                for token in latin.tokens:
                    yield Token(token, start, end)
                continue
            for token, start, end in self._jieba.tokenize(match.group(), "search", False):
                at = match.start()
                yield Token(token, origins[at + start], origins[at + end - 1] + 1)

    def words(self, text: str) -> list[Word]:
        """The words of a query, in order, each once. Characters that form no dictionary word stay together as one
        word whose parts are the single characters. Function words are left out unless nothing else is there."""
        found: list[Word] = []
        for kind, piece in self._pieces(fold(text)):
            if kind is None:
                found += self._chinese(piece)
            else:
                found += [Word(token, kind.parts) for token in kind.tokens[: kind.demanded]]
        telling = [word for word in found if word.text not in _STOP]
        return list(dict.fromkeys(telling or found))

    def _pieces(self, folded: str) -> Iterator[tuple["_Latin | None", str]]:
        for match in self._pattern.finditer(folded):
            yield self._latin(match), match.group()

    def _latin(self, match: re.Match[str]) -> "_Latin | None":
        kind = match.lastgroup or ""
        if kind == "other":
            return None
        if kind != "latin":
            term = self._terms[int(kind[1:])]
            return _Latin((term.token, *term.broader))
        return _compound(match.group())

    def _chinese(self, run: str) -> Iterator[Word]:
        strays = ""
        for word in self._jieba.cut(run, False):
            if len(word) == 1:
                if word not in _STOP:
                    strays += word
                continue
            if strays:
                yield _stray(strays)
                strays = ""
            yield Word(word, self._cover(word))
        if strays:
            yield _stray(strays)
        elif run and all(character in _STOP for character in run):
            yield Word(run)

    def _cover(self, word: str) -> tuple[str, ...]:
        """The shorter dictionary words within `word`, if together they cover it; else nothing."""
        inner = [
            (token, start, end) for token, start, end in self._jieba.tokenize(word, "search", False) if token != word
        ]
        covered = {position for _, start, end in inner for position in range(start, end)}
        if len(covered) < len(word):
            return ()
        return tuple(dict.fromkeys(token for token, _, _ in inner))


@dataclass(frozen=True)
class _Latin:
    """What a Latin run stands for: `tokens` in a text, of which a query demands the first `demanded`; or else `parts`."""

    tokens: tuple[str, ...]
    parts: tuple[str, ...] = ()
    demanded: int = 1


def _compound(run: str) -> _Latin:
    """`node.js` is nodejs, node and js; plain words and numbers are themselves."""
    parts = [part for part in _JOINT.split(run) if part]
    if len(parts) == 1:
        return _Latin((run,))
    if all(part[0].isdigit() for part in parts):  # 2026-05-01, 15k-20k: separate numbers, nothing compound
        return _Latin(tuple(parts), demanded=len(parts))
    telling = tuple(part for part in parts if len(part) > 1)
    return _Latin(("".join(parts), *telling), telling if len(telling) == len(parts) else ())


def _stray(characters: str) -> Word:
    return Word(characters, tuple(dict.fromkeys(characters)) if len(characters) > 1 else ())


def _spellings(term: Term) -> str:
    forms = sorted((fold(form) for form in term.forms), key=len, reverse=True)
    return "|".join(_GAP.join(re.escape(part) for part in form.split()) for form in forms)
