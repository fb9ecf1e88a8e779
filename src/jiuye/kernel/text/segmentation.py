"""Segmentation of text into search tokens: Chinese by dictionary, Latin technical terms whole, both after folding.

Texts and queries are segmented alike. A text yields all its tokens, words within words included (`tokens`); a short one, such
as a title, every dictionary word in it, wherever the cuts are (`inner_tokens`): 网络安全员 is cut as 网络安全 and 员, and has 安全员.
A query is a list of words that must all match (`words`), each with the shorter words it contains.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jiuye.kernel.text.folding import fold, fold_with_origins

_LETTERS = "a-z\u00df-\u024f"
_LATIN = f"0-9{_LETTERS}"
_COMPOUND = rf"[{_LATIN}]+(?:[.\-_][{_LATIN}]+)*(?:\+\+|#)?"
_OTHER = rf"[^\W_{_LATIN}]+"
# A text is first split into runs of Latin script, with the characters that may join it, and runs of all other
# letters: this is cheap, and the long list of terms is then tried on Latin runs only.
_LATIN_RUN = rf"\.?[{_LATIN}][{_LATIN}\s.+#/&_\-]*"
_RUN = re.compile(rf"(?P<latin>{_LATIN_RUN})|(?P<other>{_OTHER})")
_latin_runs = re.compile(_LATIN_RUN).findall
_other_runs = re.compile(_OTHER).findall
_JOINT = re.compile(r"[.\-_]")
# python3, iso9001: a name and its number. a1a2: several short names in a row.
_NAME_AND_NUMBER = re.compile(rf"([{_LETTERS}]{{2,}})([0-9]+)")
# stm32f103: a model of the series stm32.
_MODEL = re.compile(rf"([{_LETTERS}]{{2,}})([0-9]+)[{_LETTERS}][{_LATIN}]*")
_SHORT_NAMES = re.compile(rf"(?:[{_LETTERS}][0-9]){{2,}}")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")
# Numbers as short as versions: python3 is also looked for as python, iso9001 only as iso with 9001.
_LONGEST_VERSION = 2
_GAP = r"[\s._\-/]*"
# Stop words: in every text, and nobody searches for them.
_STOP = frozenset("的了和与及或等之")
_NO_TOKENS = _STOP | {"\n"}


@dataclass(frozen=True)
class Term:
    """A technical term with several spellings.

    `token` represents it in texts and queries; `forms` are its spellings, where a space means any separator or none;
    `broader` are tokens that also find a text with this term (SQL finds SQL Server).
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
    """A word of a query. `parts` are tokens that cover it: a text with all of them is a weaker match; empty if no
    shorter words cover it.
    """

    text: str
    parts: tuple[str, ...] = ()


class Segmenter:
    """Segments folded text. `words` are added to the dictionary, `terms` are recognised in all their spellings.

    Creating one loads the dictionary (about 0.3 s, 60 MB): create one per process. Thread-safe.
    """

    def __init__(self, words: Iterable[str] = (), terms: Iterable[Term] = ()) -> None:
        import rjieba  # takes 0.3 s: only for those who segment

        self._jieba = rjieba.Jieba()
        for word in words:
            folded = fold(word)
            if 2 <= len(folded) <= 12 and not self._jieba.has_word(folded):
                self._jieba.add_word(folded, None, None)
        self._terms = list(terms)
        known = "|".join(f"(?P<t{index}>{_spellings(term)})" for index, term in enumerate(self._terms))
        # A version may follow: autocad2020.
        guarded = rf"(?<![{_LATIN}])(?:{known})(?![{_LETTERS}+#]|(?<=[0-9])[0-9])|" if known else ""
        self._latin_tokens = lru_cache(maxsize=20_000)(self._tokens_of_latin)
        self._term = re.compile(rf"{guarded}(?P<plain>{_COMPOUND})")

    def tokens(self, text: str) -> list[str]:
        """Return every token of `text`, as often as it occurs, in no particular order; for indexing. About 40 µs for 200 characters."""
        return self._tokens(fold(text))

    def _tokens(self, folded: str) -> list[str]:
        # One call for all runs: no dictionary word holds a line feed, so none crosses the end of a run.
        cut = self._jieba.cut_for_search("\n".join(_other_runs(folded)), False)
        found = [token for token in cut if token not in _NO_TOKENS]
        for run in _latin_runs(folded):
            found += self._latin_tokens(run)
        return found

    def inner_tokens(self, text: str) -> list[str]:
        """Return the tokens of a short text and every other dictionary word in it. About twice the time of `tokens`."""
        folded = fold(text)
        found = self._tokens(folded)
        known = set(found)
        for run in _other_runs(folded):
            found += [word for word in self._jieba.cut_all(run) if len(word) > 1 and word not in known]
        return found

    def has_word(self, word: str) -> bool:
        """Return whether `word` (folded) is in the dictionary: `inner_tokens` finds it in every text."""
        return bool(self._jieba.has_word(word))

    def cuts(self, text: str) -> frozenset[int]:
        """Return the positions in folded Chinese text between its words; 0 and its length are among them."""
        ends = [end for _, _, end in self._jieba.tokenize(text, "default", False)]
        return frozenset((0, *ends))

    def _tokens_of_latin(self, run: str) -> tuple[str, ...]:
        """Return the tokens of a Latin run, cached: numbers and common terms are most of them."""
        match = _RUN.fullmatch(run)
        return tuple(token for latin, _ in self._latin(match) for token in latin.tokens) if match else ()

    def located(self, text: str) -> Iterator[Token]:
        """Return every token of `text` with its range in the original text; for highlighting."""
        folded, origins = fold_with_origins(text)
        for run in _RUN.finditer(folded):
            if run.lastgroup == "other":
                for token, start, end in self._inner(run.group()):
                    yield Token(token, origins[run.start() + start], origins[run.start() + end - 1] + 1)
                continue
            for latin, match in self._latin(run):
                start, end = origins[match.start()], origins[match.end() - 1] + 1
                for token in latin.tokens:
                    yield Token(token, start, end)

    def _inner(self, run: str) -> Iterator[tuple[str, int, int]]:
        """Return the tokens of `inner_tokens` in a Chinese run, with their ranges."""
        yield from self._jieba.tokenize(run, "search", False)
        start = 0
        for word in self._jieba.cut_all(run):  # in the order of their beginnings
            start = run.index(word, start)
            if len(word) > 1:
                yield word, start, start + len(word)

    def words(self, text: str) -> list[Word]:
        """Return the words of a query, in order, each once. Characters that form no dictionary word stay together as one
        word with the single characters as its parts. Stop words are left out unless there are no others.
        """
        found: list[Word] = []
        for run in _RUN.finditer(fold(text)):
            if run.lastgroup == "other":
                found += self._chinese(run.group())
                continue
            end_of_term = -1
            for latin, match in self._latin(run):
                if match.start() == end_of_term and _VERSION.fullmatch(match.group()):
                    continue  # the version of a term: autocad2020 finds autocad
                found += [Word(token, latin.parts) for token in latin.tokens[: latin.demanded]]
                end_of_term = match.end() if match.lastgroup != "plain" else -1
        telling = [word for word in found if word.text not in _STOP]
        return list(dict.fromkeys(telling or found))

    def _latin(self, run: re.Match[str]) -> Iterator[tuple["_Latin", re.Match[str]]]:
        """Return the terms and words within a Latin run."""
        for match in self._term.finditer(run.string, run.start(), run.end()):
            kind = match.lastgroup or ""
            if kind == "plain":
                yield _compound(match.group()), match
            else:
                term = self._terms[int(kind[1:])]
                yield _Latin((term.token, *term.broader)), match

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
        """Return the shorter dictionary words that together cover `word`, none of them redundant; nothing if they leave a gap."""
        found = [one for one in self._jieba.tokenize(word, "search", False) if one[0] != word]
        for one in sorted(found, key=lambda one: one[2] - one[1]):
            rest = [other for other in found if other is not one]
            if _covers(rest, len(word)):
                found = rest
        return tuple(dict.fromkeys(token for token, _, _ in found)) if _covers(found, len(word)) else ()


@dataclass(frozen=True)
class _Latin:
    """The result for a Latin run: its `tokens` in a text, of which a query requires the first `demanded`; or else `parts`."""

    tokens: tuple[str, ...]
    parts: tuple[str, ...] = ()
    demanded: int = 1


def _covers(tokens: Iterable[tuple[str, int, int]], length: int) -> bool:
    return len({position for _, start, end in tokens for position in range(start, end)}) == length


def _compound(run: str) -> _Latin:
    """Return the parts of a compound: `node.js` is nodejs, node and js; plain words and numbers are themselves."""
    parts = [part for part in _JOINT.split(run) if part]
    if all(part[0].isdigit() for part in parts):  # 2026-05-01, 15k-20k: separate numbers, not a compound
        return _Latin(tuple(parts), demanded=len(parts))
    if len(parts) == 1:
        return _numbered(run)
    first = _NAME_AND_NUMBER.fullmatch(parts[0])
    if first and all(part.isdigit() for part in parts[1:]):  # python3.8: python3, python
        return _Latin(("".join(parts), parts[0], *first.groups(), *parts[1:]), (first[1],))
    telling = tuple(part for part in parts if len(part) > 1)
    inner = [token for part in telling for token in _numbered(part).tokens[1:]]
    return _Latin(("".join(parts), *telling, *inner), telling if len(telling) == len(parts) else ())


def _numbered(word: str) -> _Latin:
    """Part a name from its number, short names from each other, and a series from its models: iso9001 is iso and 9001, a1a2
    is a1 and a2, stm32f103 is also stm32.
    """
    if _SHORT_NAMES.fullmatch(word):
        pairs = tuple(word[start : start + 2] for start in range(0, len(word), 2))
        return _Latin((word, *pairs), pairs)
    if model := _MODEL.fullmatch(word):
        series = "".join(model.groups())
        return _Latin((word, series, model[1]), (series,))
    if not (numbered := _NAME_AND_NUMBER.fullmatch(word)):
        return _Latin((word,))
    name, number = numbered.groups()
    return _Latin((word, name, number), (name,) if len(number) <= _LONGEST_VERSION else (name, number))


def _stray(characters: str) -> Word:
    return Word(characters, tuple(dict.fromkeys(characters)) if len(characters) > 1 else ())


def _spellings(term: Term) -> str:
    forms = sorted((fold(form) for form in term.forms), key=len, reverse=True)
    return "|".join(_GAP.join(re.escape(part) for part in form.split()) for form in forms)
