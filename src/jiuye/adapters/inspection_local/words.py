"""Reading the fields of a form from the words of a licence or letter. Nothing here is certain: these are suggestions."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from jiuye.kernel import identifiers
from jiuye.kernel.identifiers import InvalidIdentifier
from jiuye.kernel.text.tidying import tidy_line
from jiuye.ports.inspection import FieldName, Source, Suggestion

_LONGEST_VALUE = 120
_MOST_OF_A_FIELD = 3
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z](?: ?[0-9A-Z]){17}(?! ?[0-9A-Z])")
_LICENCE = re.compile(
    r"(?:\(\s*)?[\u4e00-\u9fff]\s*\)\s*人服证字\s*[\[\(【〔]\s*\d{4}\s*[\]\)】〕]\s*第?\s*\d{6,12}\s*号?"
)
_LABELS: dict[FieldName, str] = {
    "name": r"(?:单位|机构|企业|公司|用人单位|委托单位)?名\s*称",
    "legal_person": r"法\s*定\s*代\s*表\s*人(?:\s*\(?负责人\)?)?|负\s*责\s*人",
}
_DATE = r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_ISSUED = re.compile(rf"(?:发\s*证|成\s*立|登\s*记|核\s*准|签\s*发)\s*(?:日\s*期|时\s*间)\s*[:：]?\s*{_DATE}")
_PERIOD = re.compile(
    rf"(?:有\s*效\s*期\s*限?|期\s*限)\s*[:：]?\s*(?:自|从)?\s*{_DATE}\s*(?:起)?\s*(?:至|到|-|—|~)\s*{_DATE}"
)
_UNTIL = re.compile(rf"有\s*效\s*期\s*(?:限)?\s*(?:至|到)\s*[:：]?\s*{_DATE}")


def suggest(text: str, *, source: Source) -> tuple[Suggestion, ...]:
    """Return what the text says about the fields, at most three values of a field, in the order of the text."""
    plain = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    found: dict[tuple[FieldName, str], Suggestion] = {}
    for name, value in _values(plain):
        if sum(1 for field, _ in found if field == name) < _MOST_OF_A_FIELD:
            found.setdefault((name, value), Suggestion(name, value, source))
    return tuple(found.values())


def _values(text: str) -> Iterator[tuple[FieldName, str]]:
    for match in _CODE.finditer(text.upper()):
        try:
            yield "credit_code", identifiers.check_credit_code(match[0])
        except InvalidIdentifier:
            continue
    for match in _LICENCE.finditer(text):
        try:
            yield "licence_number", identifiers.check_hr_licence(_bracketed(match[0]))
        except InvalidIdentifier:
            continue
    for name, label in _LABELS.items():
        for match in re.finditer(rf"(?m)(?:{label})\s*[:：]?[ \t]*\n?[ \t]*([^\n]+)", text):
            value = tidy_line(match[1]).strip(" :：")
            if 1 < len(value) <= _LONGEST_VALUE:
                yield name, value
    yield from _dates(text)


def _dates(text: str) -> Iterator[tuple[FieldName, str]]:
    for match in _ISSUED.finditer(text):
        yield from _dated("issued_on", match.groups())
    for match in _PERIOD.finditer(text):
        yield from _dated("valid_from", match.groups()[:3])
        yield from _dated("valid_until", match.groups()[3:])
    for match in _UNTIL.finditer(text):
        yield from _dated("valid_until", match.groups())


def _dated(name: FieldName, parts: tuple[str, ...]) -> Iterator[tuple[FieldName, str]]:
    try:
        year, month, day = (int(part) for part in parts)
        yield name, date(year, month, day).isoformat()
    except ValueError:
        return


def _bracketed(number: str) -> str:
    """Return the licence number with its opening bracket, which text extraction sometimes loses."""
    compact = re.sub(r"\s", "", number)
    return compact if compact.startswith("(") else f"({compact}"
