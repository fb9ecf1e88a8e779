"""The facts of an item as typed: checked by the kinds of their fields, and stored as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import orjson

from jiuye.domains.qualifications.requirements import LONG_TERM, Field, Requirement
from jiuye.kernel import clock
from jiuye.kernel.identifiers import InvalidIdentifier, check_credit_code, check_hr_licence
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

Facts = dict[str, str]

PERSON = "person"
"""In the facts of the handler's identity: the id of the person who handles the registration."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed for an item: the values that may be stored, and by field what is missing or wrong."""

    facts: Facts = field(repr=False)
    faults: dict[str, str]


def check(requirement: Requirement, typed: Mapping[str, str], *, credit_code: str) -> Checked:
    """Check typed values. A document must be of the organisation with `credit_code`, and valid today (Beijing)."""
    facts: Facts = {}
    faults: dict[str, str] = {}
    for one in requirement.fields:
        value = tidy_lines(typed.get(one.name, "")) if one.kind == "long_text" else tidy_line(typed.get(one.name, ""))
        if not value:
            if one.is_required:
                faults[one.name] = f"请填写{one.label}。"
            continue
        if len(value) > one.limit:
            faults[one.name] = f"最多 {one.limit} 字，现在是 {len(value)} 字。"
            continue
        try:
            facts[one.name] = _normal(one, value)
        except InvalidIdentifier as problem:
            faults[one.name] = f"{problem}。"
            continue
        if fault := _fault(one, facts[one.name], credit_code):
            faults[one.name] = fault
    return Checked(facts, faults)


def read(text: str) -> Facts:
    """Return stored facts."""
    found: Facts = orjson.loads(text) if text else {}
    return found


def written(facts: Mapping[str, str]) -> str:
    """Return facts as they are stored."""
    return orjson.dumps(dict(facts), option=orjson.OPT_SORT_KEYS).decode() if facts else ""


def day(facts: Mapping[str, str], name: str) -> date | None:
    """Return a date among the facts; None if it is missing or 长期."""
    value = facts.get(name, "")
    return date.fromisoformat(value) if value and value != LONG_TERM else None


def has_expired(facts: Mapping[str, str], today: date) -> bool:
    """Return whether the document is past its last day, which is inclusive."""
    last = day(facts, "expires_on")
    return last is not None and last < today


def _normal(one: Field, value: str) -> str:
    """Return the value in its one form. Raises `InvalidIdentifier` with what is wrong."""
    if one.kind == "credit_code":
        return check_credit_code(value)
    if one.kind == "licence_number":
        return check_hr_licence(value)
    if one.kind in ("date", "date_or_long_term") and value != LONG_TERM:
        return _iso(value)
    if one.kind == "date":
        raise InvalidIdentifier("请填写日期")
    return value


def _iso(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as problem:
        raise InvalidIdentifier("请填写真实的日期，如 2026-12-31") from problem


def _fault(one: Field, value: str, credit_code: str) -> str:
    """Return what is wrong with a well-formed value; "" if nothing is."""
    if one.kind == "credit_code" and value != credit_code:
        return f"与登记时填写的代码（{credit_code}）不一致。请逐位核对；如果登记时填错了，请重新登记。"
    if one.kind not in ("date", "date_or_long_term") or value == LONG_TERM:
        return ""
    stated, today = date.fromisoformat(value), clock.today()
    if one.name == "expires_on" and stated < today:
        return "这份材料已过有效期，请换成有效的材料。"
    if one.name != "expires_on" and stated > today:
        return "这一天还没到，请核对。"
    return ""
