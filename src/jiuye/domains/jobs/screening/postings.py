"""Screening of texts and of whole postings."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from jiuye.domains.jobs.screening.findings import FIELD_LABELS, Finding, Screening
from jiuye.domains.jobs.screening.folding import Reading, readings
from jiuye.domains.jobs.screening.rules import RULES, Rule
from jiuye.kernel import worlds

HELD_IN_TEST = "hold_"
# As far as a lawful reason reaches: the sentence, and this many characters before and after.
_SENTENCE_ENDS = "。;\n!"
_REACH = 80


@cache
def _compiled(rule: Rule) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the rule's expressions with the verdict for what they match."""
    found = [(rule.verdict, re.compile("|".join(rule.words)))] if rule.words else []
    return (*found, ("review", re.compile("|".join(rule.doubtful)))) if rule.doubtful else tuple(found)


@cache
def _marks() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return the marks with the place of their rule, by last character: most texts have few of these characters."""
    by_end: dict[str, list[tuple[str, int]]] = {}
    for place, rule in enumerate(RULES):
        for mark in rule.marks.split():
            by_end.setdefault(mark[-1], []).append((mark, place))
    return {end: tuple(marks) for end, marks in by_end.items()}


def _rules_for(text: str) -> list[Rule]:
    """Return the rules with a mark in the text, in their order."""
    marks = _marks()
    places = {place for end in marks.keys() & set(text) for mark, place in marks[end] if mark in text}
    return [RULES[place] for place in sorted(places)]


@cache
def _any_of(expressions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(expressions))


def screen(texts: Mapping[str, str | Iterable[str]]) -> Screening:
    """Screen texts by field name; lists of words (tags) are screened one by one. No query."""
    found: dict[tuple[str, str, str], Finding] = {}
    for field, value in texts.items():
        for text in [value] if isinstance(value, str) else value:
            for finding in _in_text(field, text):
                found.setdefault((finding.field, finding.rule, finding.words), finding)
    return Screening(tuple(found.values()))


def screen_posting(posting: object) -> Screening:
    """Screen any object with a posting's text attributes (a stored posting, a form's content, a sheet's row)."""
    found = screen({field: getattr(posting, field) for field in FIELD_LABELS})
    return Screening((*found.findings, *held_in_test_data(posting)))


def held_in_test_data(posting: object) -> tuple[Finding, ...]:
    """Return a finding for a posting of test data whose number begins with `HELD_IN_TEST`: it is always reviewed first."""
    if not (worlds.is_test() and getattr(posting, "external_code", "").startswith(HELD_IN_TEST)):
        return ()
    return (
        Finding(
            "title", HELD_IN_TEST, "test_hold", "review", "是测试数据的送审标记", "请用测试接口通过或驳回。", "测试模式"
        ),
    )


def _in_text(field: str, text: str) -> Iterator[Finding]:
    read = readings(text)
    for rule in _rules_for(read[0].text):
        seen: list[tuple[int, int]] = []
        for reading in read:
            for verdict, start, end in _offences(rule, reading):
                span = reading.span(start, end)
                if _overlaps(span, seen):
                    continue
                insort(seen, span)
                yield _finding(field, text, span, rule, is_stop=verdict == "stop")


def _offences(rule: Rule, reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Return verdict, start and end of each offence. A harmless phrase excuses only what it overlaps."""
    text = reading.text
    fine: list[tuple[int, int]] | None = None
    for verdict, expression in _compiled(rule):
        for match in expression.finditer(text):
            start, end = match.span()
            if fine is None:
                fine = [one.span() for one in _any_of(rule.harmless).finditer(text)] if rule.harmless else []
            if _overlaps(match.span(), fine):
                continue
            yield ("review" if rule.lawful and _is_lawful(rule, text, start, end) else verdict), start, end


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Return whether the span overlaps one of the others, which are sorted and do not overlap each other."""
    place = bisect_left(others, (span[1],))
    return place > 0 and others[place - 1][1] > span[0]


def _is_lawful(rule: Rule, text: str, start: int, end: int) -> bool:
    """Return whether the sentence names one of the rule's lawful reasons."""
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = max(left, *(text.rfind(mark, left, start) + 1 for mark in _SENTENCE_ENDS))
    stop = min((place for mark in _SENTENCE_ENDS if (place := text.find(mark, end, right)) >= 0), default=right)
    return _any_of(rule.lawful).search(text, begin, stop) is not None


def _finding(field: str, text: str, span: tuple[int, int], rule: Rule, *, is_stop: bool) -> Finding:
    start, end = span
    while end - start > 1 and text[start].isspace():
        start += 1
    while end - start > 1 and text[end - 1].isspace():
        end -= 1
    advice = rule.advice if is_stop or rule.verdict == "review" else rule.advice_in_doubt or rule.advice
    return Finding(
        field, text[start:end], rule.key, "stop" if is_stop else "review", rule.reason, advice, rule.basis, (start, end)
    )
