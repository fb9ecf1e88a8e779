"""No regular expression of ours takes long for a text made to make it slow: linear, or the text has a declared length.

The time is that of the processor, and ratios within one run decide; a loaded machine changes neither.
"""

import ast
import re
import time
from collections.abc import Iterator
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from jiuye.config.env import REPOSITORY

_CALLS = {"compile", "match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"}
_FROM_THE_START = {"match", "fullmatch"}
_FLAGS = {
    "I": re.I,
    "IGNORECASE": re.I,
    "M": re.M,
    "MULTILINE": re.M,
    "S": re.S,
    "DOTALL": re.S,
    "X": re.X,
    "VERBOSE": re.X,
}
_POOL = (" ", "\n", "-", "0", "9.", "a", "Z ", "，", "焊", "1-", "3,", "<", "(", "/", "a@", "元", "\t ", "a-")
SHORT, LONG = 1_000, 8_000  # characters
FAST = 0.02
"""Seconds of the processor for the long text that need no second look."""

BOUNDED: dict[str, int] = {
    r"[（(【\[][^）)】\]]*[）)】\]]": 100,  # a header's text: sheets.mapping._LONGEST_HEADER
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]': 200,  # a number format: sheets.structure.shown_by reads so much of it
    r"_.|\*.|\[[^\]]*\]|@": 200,  # a number format: sheets.structure.shown_by reads so much of it
    r"([#0?,]*[0#?])(\.[0#?]+)?(,*)|General|G/通用格式": 200,  # the same
    r"_.|\*.|\[(?!\$)[^\]]*\]": 200,  # the same
    r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|（[^）]*）|\([^)]*\))": 100,  # a legal name
}
"""{pattern: the most characters it ever gets}, where more would take long. The caller's limit is named beside each."""


Found = tuple[str, int, bool]
"""Pattern, flags, whether it is only matched from the start of a text."""


@cache
def found() -> dict[Found, str]:
    """Return every pattern and where it first stands; not those of the sandbox and of what makes the reference data."""
    patterns: dict[Found, str] = {}
    for path in sorted((REPOSITORY / "src").rglob("*.py")):
        if {"sandbox", "generate"} & set(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        for node, pattern in _in(ast.parse(source)):
            key = (pattern, _flags_of(node), _only_from_the_start(node, source))
            patterns.setdefault(key, f"{path.relative_to(REPOSITORY)}:{node.lineno}")
    return patterns


def _only_from_the_start(node: ast.Call, source: str) -> bool:
    """A compiled one is known by the name that its line gives it."""
    if isinstance(node.func, ast.Attribute) and node.func.attr != "compile":
        return node.func.attr in _FROM_THE_START
    named = re.match(r"\s*(\w+)", source.splitlines()[node.lineno - 1])
    uses = re.findall(rf"\b{named[1]}\.(\w+)", source) if named else []
    return bool(uses) and set(uses) <= _FROM_THE_START


def _in(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        is_re = name in _CALLS and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"  # type: ignore[attr-defined]
        is_validator = isinstance(node.func, ast.Name) and node.func.id in ("RegexValidator", "RegexField")
        if (is_re or is_validator) and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node, node.args[0].value


def _flags_of(node: ast.Call) -> int:
    flags = 0
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "re":
            flags |= _FLAGS.get(inner.attr, 0)
    return int(flags)


def _letters(parsed: Any) -> Iterator[str]:
    """A letter for each place of the pattern."""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            yield chr(value)
        elif kind is _constants.IN:
            yield from (
                chr(one if isinstance(one, int) else one[0])
                for kind, one in value
                if kind in (_constants.LITERAL, _constants.RANGE)
            )
        elif isinstance(value, tuple):
            for inner in value:
                if isinstance(inner, _parser.SubPattern):
                    yield from _letters(inner)
                elif isinstance(inner, list):
                    for one in inner:
                        yield from _letters(one)


def _words(parsed: Any) -> Iterator[str]:
    """The words of the pattern: its places for one letter that stand together, without what may be left out."""
    word = ""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            word += chr(value)
            continue
        yield word
        word = ""
        if isinstance(value, tuple):
            for inner in value:
                for one in inner if isinstance(inner, list) else [inner]:
                    if isinstance(one, _parser.SubPattern):
                        yield from _words(one)
    yield word


def texts_for(pattern: str, flags: int) -> list[tuple[str, str]]:
    """What makes it slow: how the text begins, and what is then repeated."""
    parsed = _parser.parse(pattern, flags)
    letters = list(dict.fromkeys(_letters(parsed)))[:14]
    repeated = [*_POOL, *letters, "".join(letters[:6])]
    begun = [word for word in dict.fromkeys(_words(parsed)) if word][:12]
    return [("", one) for one in repeated] + [(word, one) for word in begun for one in (" ", "0", "a", "-")]


def seconds(expression: re.Pattern[str], text: str, only_from_the_start: bool) -> float:
    """The processor's time for looking in a text; the fastest of two."""
    took = []
    for _ in range(2):
        began = time.process_time()
        if not only_from_the_start:
            for _ in expression.finditer(text):
                pass
        expression.match(text)
        expression.fullmatch(text)
        took.append(time.process_time() - began)
        if took[0] < FAST:
            break
    return min(took)


def slowness(pattern: str, flags: int = 0, only_from_the_start: bool = False) -> str:
    """Return a text that makes the pattern slow; "" if none does."""
    expression = re.compile(pattern, flags)
    bound = BOUNDED.get(pattern, LONG)
    for begun, chunk in texts_for(pattern, flags):
        for length in (16, 22, 28, 100, 300, SHORT, bound):  # an exponential one shows before it hangs
            text = (begun + chunk * length)[: min(length, bound)] + "\x01"
            took = seconds(expression, text, only_from_the_start)
            if took > FAST and (
                length < LONG or took > 16 * seconds(expression, text[:SHORT] + "\x01", only_from_the_start)
            ):
                return f"{begun!r} + {chunk!r} × {length}: {took:.3f} s"
    return ""


def test_patterns_are_found() -> None:
    assert len(found()) > 100


@pytest.mark.parametrize("place", sorted(set(found().values())))
def test_it_is_linear_or_its_text_is_bounded(place: str) -> None:
    slow = {one[0]: told for one, at in found().items() if at == place and (told := slowness(*one))}
    assert slow == {}


def test_a_quadratic_and_an_exponential_one_are_noticed() -> None:
    assert slowness(r"\s+x")
    assert slowness(r"(a|a)*b")
    assert slowness(r"(\d+)+元")
    assert not slowness(r"\d{1,4}元")


def test_every_bound_belongs_to_a_pattern() -> None:
    assert set(BOUNDED) <= {pattern for pattern, _, _ in found()}
