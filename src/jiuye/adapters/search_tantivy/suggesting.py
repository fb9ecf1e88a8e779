"""Suggestions: terms of one field, found by prefix and counted by the engine's term dictionary.

A term is the letter of its kind and what may be typed, then the text to show and the id. The dictionary on disk contains
everything that an answer needs, so that no process keeps a table in memory.
"""

import tantivy

from jiuye.ports.search import PostingDocument, Suggestion
from jiuye.ports.search.suggestions import SuggestionKind, keys_of, names_of_employer, typed

FIELD = "suggestion"
_LETTERS: dict[SuggestionKind, str] = {"title": "t", "employer": "e", "agency": "a"}
_SEPARATOR = "\x1f"
# A text has a term for each way to type it, and titles that differ only in punctuation are one suggestion.
_TERMS_PER_TEXT = 6


def terms(posting: PostingDocument) -> list[str]:
    """Return the terms of a posting."""
    found = _terms("title", (posting.title,), posting.title, "")
    if posting.employer and posting.employer_id:
        names = names_of_employer(posting.employer, posting.place.split())
        found += _terms("employer", names, posting.employer, posting.employer_id)
    if posting.agency:
        found += _terms("agency", (posting.agency,), posting.agency, posting.agency_id)
    return found


def read(searcher: tantivy.Searcher, text: str, kind: SuggestionKind, size: int) -> list[Suggestion]:
    """Return the suggestions of a kind that start with `text`, most postings first."""
    asked = typed(text)
    if not asked:
        return []
    found: dict[tuple[str, str], Suggestion] = {}
    for term, count in searcher.terms_with_prefix(FIELD, _LETTERS[kind] + asked, limit=size * _TERMS_PER_TEXT):
        _, shown, code = term.split(_SEPARATOR)
        found.setdefault((typed(shown), code), Suggestion(kind, shown, code, count))
    return list(found.values())[:size]


def _terms(kind: SuggestionKind, names: tuple[str, ...], shown: str, code: str) -> list[str]:
    keys = dict.fromkeys(key for name in names for key in keys_of(name))
    ending = _SEPARATOR.join(("", shown.replace(_SEPARATOR, " "), code))
    return [f"{_LETTERS[kind]}{key}{ending}" for key in keys]
