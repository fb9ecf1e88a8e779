"""A search as parameters of a URL, with the same names in pages and API."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel, education_code, education_rank
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel.text.tidying import tidy_line
from jiuye.ports.search import (
    DEEPEST_PAGE,
    LARGEST_NUMBER,
    LARGEST_RADIUS,
    LEAVE_OUT,
    USUAL_RADIUS,
    Near,
    Place,
    SearchQuery,
    Sort,
)
from jiuye.search import nearby
from jiuye.search.understanding import Understood, placed

LISTS = ("region", "occupation", "industry", "employment_type", "agency", "employer")
NUMBERS = ("pay_min", "pay_max", "experience", "posted_within")
LEFT_OUT = ("exclude_employer", "exclude_agency")
SWITCHES = ("without_agency", "without_dispatch", "without_slow")
LEAVES_OUT = frozenset({*LEAVE_OUT, "without_applied", "leave_out"})
"""Parameters that say what is left out."""
LONGEST_WORKPLACE = 40
MOST_WORDS = 10
LONGEST_WORD = 20
_IDS = ("agency", "employer", *LEFT_OUT)
SORTS = ("relevance", "newest", "pay", "distance")
MOST_VALUES = 20
LARGEST_PAGE = 100
CODE_PATTERNS = {"region": "[0-9]{6}", "occupation": "[0-9](-[0-9]{2}){3}", "industry": "[A-T]|[0-9]{2}"}
# The coordinates of an unknown place: in the sea off Africa, where we have no postings.
_NOWHERE = (0.0, 0.0)
_KNOWN = {
    "region": reference.has_region,
    "occupation": reference.has_occupation,
    "industry": reference.has_industry,
}


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search read from a URL. Messages are in Chinese."""

    query: SearchQuery
    """The search with unknown codes, which match nothing: valid codes that are in no list, for example of another year."""
    known_query: SearchQuery
    """The search without unknown codes, for pages: people prefer some result to none."""
    faults: Mapping[str, str]
    """What could not be read: {parameter: what is wrong}."""
    notes: Mapping[str, str]
    """Unknown codes, and what could not be done but does not change what is found: {parameter: message}."""
    understood: Understood | None = None
    """The places that were read from the words and are filters of both searches."""


def read(parameters: QueryDict, *, here: Place | None = None, typed: bool = False) -> Criteria:
    """Return the search of these parameters. `here` is the place of `near=me`.

    A place in `q` is a filter by workplace, unless `literal` is true; `typed`: the words were typed after the other parameters
    were chosen, so that their place replaces a region elsewhere.

    `q`, `literal`, `workplace` (words of the address); `region`, `occupation`, `industry`, `employment_type`, `agency`,
    `employer` (codes or ids, repeated or joined by commas); `pay_min`, `pay_max` (yuan a month); `education` (GB/T 4658 code
    of the seeker's own level); `experience` (the seeker's years); `posted_within` (days); `near` (a city's or county's code or
    name, or `me`) and `within` (km); `sort`; `size`; `page` or `cursor`. To leave out: `exclude_employer`, `exclude_agency`
    (ids), `exclude_words`, `without_agency`, `without_dispatch`, `without_slow` (true or false), `unconfirmed_for` (days);
    `without_applied` (true; for people who are signed in), `leave_out` (`none`: nothing, whatever else is named).
    Invalid values are ignored and reported in `faults`.
    """
    faults: dict[str, str] = {}
    values: dict[str, Any] = {name: _list(parameters, name, faults) for name in LISTS}
    if LEAVES_OUT & parameters.keys() and not asks_for_all(parameters):
        values |= _left_out(parameters, faults)
    values |= {name: _number(parameters, name, faults, 0, LARGEST_NUMBER) for name in NUMBERS}
    if values["pay_min"] is not None and values["pay_max"] is not None and values["pay_min"] > values["pay_max"]:
        values["pay_min"], values["pay_max"] = values["pay_max"], values["pay_min"]
    unmet: dict[str, str] = {}
    near = _near(parameters, here, faults)
    query = SearchQuery(
        q=tidy_line(parameters.get("q", "") or "")[:80].strip(),
        literal=_switch(parameters, "literal", faults),
        workplace=tidy_line(parameters.get("workplace", "") or "")[:LONGEST_WORKPLACE].strip(),
        education=_education(parameters, faults),
        near=near,
        with_all=asks_for_all(parameters),
        sort=_sort(parameters, near, faults, unmet),
        size=_number(parameters, "size", faults, 1, LARGEST_PAGE) or 20,
        page=_number(parameters, "page", faults, 1, DEEPEST_PAGE) or 1,
        cursor=(parameters.get("cursor", "") or "")[:300],
        **values,
    )
    query, understood = placed(query, typed=typed)
    unknown = _unknown(query)
    messages = {name: f"没有代码为 {'、'.join(codes)} 的选项。" for name, codes in unknown.items()}
    return Criteria(query, _without(query, unknown) if unknown else query, faults, {**messages, **unmet}, understood)


def asks_for_all(parameters: QueryDict) -> bool:
    """Return whether nothing is to be left out, whatever the person asked to remember."""
    return parameters.get("leave_out") == "none"


def _unknown(query: SearchQuery) -> dict[str, Sequence[str]]:
    """{parameter: codes that are in no list}."""
    unknown: dict[str, Sequence[str]] = {
        name: codes
        for name, knows in _KNOWN.items()
        if (codes := tuple(code for code in getattr(query, name) if not knows(code)))
    }
    if query.near and query.near.name != nearby.ME and not reference.has_region(query.near.name):
        unknown["near"] = (query.near.name,)
    return unknown


def _without(query: SearchQuery, unknown: Mapping[str, Sequence[str]]) -> SearchQuery:
    known: dict[str, Any] = {
        name: tuple(code for code in getattr(query, name) if code not in codes)
        for name, codes in unknown.items()
        if name != "near"
    }
    if "near" in unknown:
        known |= {"near": None, "sort": "relevance" if query.sort == "distance" else query.sort}
    return replace(query, **known)


def pairs(query: SearchQuery, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the search as parameters, without page and cursor and without the parameters named in `without`."""
    found: list[tuple[str, str]] = [("q", query.q)] if query.q else []
    found += [("literal", "true")] if query.literal else []
    found += [("workplace", query.workplace)] if query.workplace else []
    for name in LISTS:
        found += [(name, value) for value in getattr(query, name)]
    if query.leaves_out:
        found += [(name, value) for name in (*LEFT_OUT, "exclude_words") for value in getattr(query, name)]
        found += [(name, "true") for name in (*SWITCHES, "without_applied") if getattr(query, name)]
        found += [("unconfirmed_for", str(query.unconfirmed_for))] if query.unconfirmed_for is not None else []
    found += [("leave_out", "none")] if query.with_all else []
    found += [(name, str(getattr(query, name))) for name in NUMBERS if getattr(query, name) is not None]
    if query.education is not None:
        found.append(("education", education_code(query.education)))
    if query.near:
        found.append(("near", query.near.name))
        if query.near.within != USUAL_RADIUS:
            found.append(("within", str(query.near.within)))
    if query.sort != "relevance":
        found.append(("sort", query.sort))
    if query.size != 20:
        found.append(("size", str(query.size)))
    left_out = set(without)
    return [(name, value) for name, value in found if name not in left_out]


def _list(parameters: QueryDict, name: str, faults: dict[str, str]) -> tuple[str, ...]:
    written = [part.strip() for value in parameters.getlist(name) for part in value.split(",")]
    if name in _IDS:
        written = [part.lower() for part in written]
    written = [part for part in written if part]
    values = list(dict.fromkeys(written))
    good = [value for value in values if _fits(name, value)]
    if len(good) < len(values):
        faults[name] = "有不认识的值，请从给出的选项中选择。"
    if len(written) > MOST_VALUES:
        faults[name] = f"最多可选 {MOST_VALUES} 项。"
    return tuple(good[:MOST_VALUES])


def _left_out(parameters: QueryDict, faults: dict[str, str]) -> dict[str, Any]:
    return {
        **{name: _list(parameters, name, faults) for name in LEFT_OUT},
        **{name: _switch(parameters, name, faults) for name in (*SWITCHES, "without_applied")},
        "exclude_words": _words(parameters, faults),
        "unconfirmed_for": _number(parameters, "unconfirmed_for", faults, 0, LARGEST_NUMBER),
    }


def _words(parameters: QueryDict, faults: dict[str, str]) -> tuple[str, ...]:
    written = [
        tidy_line(part) for value in parameters.getlist("exclude_words") for part in re.split("[,，、;；]", value)
    ]
    found = tuple(dict.fromkeys(word for word in written if word))
    if len(found) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in found):
        faults["exclude_words"] = f"最多 {MOST_WORDS} 个词，每个最多 {LONGEST_WORD} 字。"
    return tuple(word[:LONGEST_WORD] for word in found[:MOST_WORDS])


def _switch(parameters: QueryDict, name: str, faults: dict[str, str]) -> bool:
    written = (parameters.get(name, "") or "").strip().lower()
    if written not in ("", "true", "false"):
        faults[name] = "请填写 true 或 false。"
    return written == "true"


def _number(parameters: QueryDict, name: str, faults: dict[str, str], least: int, most: int) -> int | None:
    written = (parameters.get(name, "") or "").strip()
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) <= 9 and least <= int(written) <= most:
        return int(written)
    faults[name] = f"请填写 {least} 到 {most} 之间的整数。"
    return None


def _education(parameters: QueryDict, faults: dict[str, str]) -> int | None:
    code = (parameters.get("education", "") or "").strip()
    if not code:
        return None
    if code in EducationLevel.values:
        return education_rank(code)
    faults["education"] = "没有这个学历代码，请从给出的选项中选择。"
    return None


def _near(parameters: QueryDict, here: Place | None, faults: dict[str, str]) -> Near | None:
    asked = parameters.get("near", "") or ""
    within = _number(parameters, "within", faults, 1, LARGEST_RADIUS)
    if not asked:
        return None
    written = tidy_line(asked)[:60].strip()
    if re.fullmatch(CODE_PATTERNS["region"], written) and not reference.has_region(written):
        return Near(*_NOWHERE, within=within or USUAL_RADIUS, name=written)
    try:
        return nearby.near(written, within, here)
    except nearby.NoPlace as problem:
        faults["near"] = str(problem)
        return None


def _sort(parameters: QueryDict, near: Near | None, faults: dict[str, str], unmet: dict[str, str]) -> Sort:
    written = (parameters.get("sort", "") or "").strip()
    if written == "distance" and near is None:
        if "near" not in faults:
            unmet["sort"] = "按距离排序要先选一个地点。"
        return "relevance"
    if written and written not in SORTS:
        faults["sort"] = "排序方式只有 relevance、newest、pay 和 distance。"
    return cast(Sort, written) if written in SORTS else "relevance"


def _fits(name: str, value: str) -> bool:
    if name in CODE_PATTERNS:
        return re.fullmatch(CODE_PATTERNS[name], value) is not None
    if name == "employment_type":
        return value in EmploymentType.values
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
