"""Reading a cell takes time that is linear in it, whatever it holds: short cells are cut, long texts meet linear patterns alone."""

import re
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType

import pytest

from jiuye.domains.jobs import codes, currencies, experience, numerals, pay_text
from jiuye.domains.jobs.sheets import (
    cells,
    cleaning,
    dates,
    degrees,
    descriptions,
    headcounts,
    pay_cells,
    rows,
    tags,
    units,
    words,
)

CUT = (codes, currencies, experience, numerals, pay_text, dates, degrees, headcounts, units, words)
"""They read at most some 120 characters of a cell, so what matters is that no repetition stands within another."""
WHOLE = (cells, cleaning, descriptions, pay_cells, rows, tags)
LINEAR = {"_SCRIPT": "its repetition ends at the end of the text at the latest, so no part of a text is read twice"}
REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)


def patterns(modules: Sequence[ModuleType]) -> list[tuple[str, re.Pattern[str]]]:
    found = [(f"{module.__name__}.{name}", value) for module in modules for name, value in vars(module).items()]
    return [(name, pattern) for name, value in found for pattern in _within(value)]


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _within(one)


def repetitions(parsed: object, *, inside: bool = False, is_last: bool = True) -> Iterator[tuple[bool, bool]]:
    """Yield for every unlimited repetition: whether it is within another, and whether nothing follows it."""
    items = list(parsed)  # type: ignore[call-overload]
    for position, (kind, argument) in enumerate(items):
        ends = is_last and position == len(items) - 1
        if kind in REPEATS:
            _, most, body = argument
            if most == constants.MAXREPEAT:
                yield inside, ends
            yield from repetitions(body, inside=inside or most == constants.MAXREPEAT, is_last=ends and most == 1)
        elif kind is constants.SUBPATTERN:
            yield from repetitions(argument[-1], inside=inside, is_last=ends)
        elif kind is constants.BRANCH:
            for branch in argument[1]:
                yield from repetitions(branch, inside=inside, is_last=ends)
        elif kind in (constants.ASSERT, constants.ASSERT_NOT):
            yield from repetitions(argument[1], inside=inside, is_last=False)
        elif kind is constants.ATOMIC_GROUP:
            yield from repetitions(argument, inside=inside, is_last=ends)


@pytest.mark.parametrize(("name", "pattern"), patterns((*CUT, *WHOLE)))
def test_no_unlimited_repetition_stands_within_another(name: str, pattern: re.Pattern[str]) -> None:
    assert not any(inside for inside, _ in repetitions(parser.parse(pattern.pattern, pattern.flags)))


@pytest.mark.parametrize(("name", "pattern"), patterns(WHOLE))
def test_in_long_texts_nothing_follows_an_unlimited_repetition(name: str, pattern: re.Pattern[str]) -> None:
    if name.rsplit(".", 1)[1] not in LINEAR:
        assert all(is_last for _, is_last in repetitions(parser.parse(pattern.pattern, pattern.flags)))


@pytest.mark.parametrize("module", [module for module in CUT if module not in (codes, currencies, numerals, units)])
def test_short_cells_are_cut_before_any_pattern(module: ModuleType) -> None:
    assert module.LONGEST_READ <= 120


CPU_SECONDS = 60
READ = textwrap.dedent("""
    import django
    django.setup()
    from datetime import date
    from jiuye.domains.jobs.sheets.fields import FIELDS
    from jiuye.domains.jobs.sheets.parsed import Choices
    from jiuye.domains.jobs.sheets.reference import reference_vocabulary
    from jiuye.domains.jobs.sheets.rows import parse_row
    from jiuye.domains.jobs.sheets.units import needs_unit, unit_of_header

    PIECES = (
        "-|—|1|9-| |\\u3000|\\u2003|\\n|(|【|<|<a|<!--|<script|</script |一|万|五险|1,000|年|至|岗位职责|任职要求 |要求：|、|·13薪"
        "|&|&amp;|男|\\ufffd|=|¥|usd |以上|半年"
    ).split("|")
    codes = [field.code for field in FIELDS if field.code != "title"]
    vocabulary, today = reference_vocabulary(), date(2026, 3, 1)
    for piece in PIECES:
        text = (piece * 32767)[:32767]
        for code in codes:
            parse_row(["车工", text], {"title": 0, code: 1}, {}, vocabulary, today, Choices(whole_description=True))
        parse_row([text], {"title": 0}, {}, vocabulary, today)
        needs_unit(text, [text])
    print("read")
""")


def test_cells_of_32767_characters_are_read_in_limited_time() -> None:
    """Some 1,100 of the longest cells that a workbook may hold, in a process that may use 60 s of a processor (it needs about 3)."""
    done = subprocess.run(
        [sys.executable, "-c", READ],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
    )
    assert (done.stdout.strip(), done.returncode) == ("read", 0), done.stderr[-2000:]
