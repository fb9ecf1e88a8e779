"""Agencies' own numbers of postings, as spreadsheets write them.

A sheet's number means the same posting whatever its width, case, blanks and number format: K-001, k-001, Ｋ－００１; 003, 3, 3.0. The
open API compares its `external_id` as it is written: a program states the same number each time, and its numbers may differ in
case alone.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from django.db import models
from django.db.models.expressions import RawSQL

_NUMBER = re.compile(r"(?:0+(?=[0-9]))?+([0-9]++)(?:\.0+)?")


@lru_cache(maxsize=8192)  # asked several times for each row of a chunk
def fold_code(code: str) -> str:
    """Return what is the same for every way to write a number. `FoldedCode` is its like in SQL."""
    folded = "".join(unicodedata.normalize("NFKC", code).lower().split())
    number = _NUMBER.fullmatch(folded)
    return number[1] if number else folded


class FoldedCode(models.Func):
    """`fold_code` of a column, immutable for an index. The two may differ in rare letters' case; then codes compare as written."""

    arity = 1
    output_field = models.TextField()
    template = (
        r"regexp_replace(regexp_replace(lower(normalize(%(expressions)s, NFKC)), '\s+', '', 'g'), "
        r"'^0*([0-9]+)(\.0+)?$', '\1')"
    )


class _IsAny(models.Func):
    output_field = models.BooleanField()
    arg_joiner = " = ANY("
    template = "%(expressions)s)"


def has_folded_code(codes: Sequence[str]) -> models.Func:
    """Return the condition that a posting's code is one of these once both are folded; for one agency, with codes alone.

    As an array: with a subquery PostgreSQL folds the code of every posting instead of using the index.
    """
    return _IsAny(FoldedCode("external_code"), RawSQL("%s::text[]", [[fold_code(code) for code in codes]]))
