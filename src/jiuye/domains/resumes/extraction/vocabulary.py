"""The words of `vocabulary.toml`."""

import tomllib
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))


def by_word(table: str) -> dict[str, str]:
    """Return each word of a table with the name of its group."""
    return {word: group for group, words in _WORDS[table].items() for word in words.split()}


SURNAMES = frozenset("".join(_WORDS["surnames"]["single"].split()))
COMPOUND_SURNAMES = frozenset(_WORDS["surnames"]["compound"].split())
