"""The verdicts on the items of a case: as stated on the form, and what follows from accepted documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from jiuye.domains.qualifications.models import Item
from jiuye.domains.qualifications.reasons import reason_of
from jiuye.domains.qualifications.states import ItemKind, Verdict
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line

REASON_LIMIT = 300
VERIFIED_FOR = relativedelta(months=6)
"""人社厅发〔2025〕60号: verified again at least every six months."""


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """An auditor's verdict on one item; refused with a canned reason, own words, or both."""

    verdict: str
    reason_code: str = ""
    words: str = ""


def apply(items: Sequence[Item], stated: Mapping[str, ItemVerdict], *, passes: bool) -> None:
    """Set the verdicts on the items, without saving. Raises `Invalid`; its fields are kinds of item, or `decision`.

    To pass, every item must be accepted; to return, at least one must be refused with a reason.
    """
    faults: dict[str, str] = {}
    for item in items:
        one = stated.get(item.kind, ItemVerdict(Verdict.PENDING))
        if fault := _fault(item.kind, one, passes=passes):
            faults[item.kind] = fault
            continue
        item.verdict = one.verdict
        item.reason_code = one.reason_code if one.verdict == Verdict.REFUSED else ""
        item.reason = _reason(item.kind, one) if one.verdict == Verdict.REFUSED else ""
    if not faults and not passes and not any(item.verdict == Verdict.REFUSED for item in items):
        faults["decision"] = "退回时请至少把一项标为“需补正”，并写明原因。"
    if faults:
        raise Invalid(faults)


def _fault(kind: str, one: ItemVerdict, *, passes: bool) -> str:
    if one.verdict not in Verdict.values:
        return "请选择“通过”或“需补正”。"
    if passes and one.verdict == Verdict.REFUSED:
        return "这一项标为需补正，整件就不能通过：请改为“通过”，或退回补正。"
    if passes and one.verdict != Verdict.ACCEPTED:
        return "请先看完这一项，选择“通过”或“需补正”。"
    if one.verdict != Verdict.REFUSED:
        return ""
    if one.reason_code and reason_of(kind, one.reason_code) is None:
        return "请从列表中选择原因。"
    if len(tidy_line(one.words)) > REASON_LIMIT:
        return f"补充说明最多 {REASON_LIMIT} 字，现在是 {len(tidy_line(one.words))} 字。"
    return "" if one.reason_code or tidy_line(one.words) else "请选择原因，或写明哪里不行、怎样改。"


def _reason(kind: str, one: ItemVerdict) -> str:
    canned = reason_of(kind, one.reason_code)
    return "".join(filter(None, [canned.text if canned else "", tidy_line(one.words)]))


def recorded(items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """Return the verdicts as a decision keeps them."""
    return {
        item.kind: {"verdict": item.verdict, "reason_code": item.reason_code, "reason": item.reason} for item in items
    }


def valid_until(facts: Mapping[str, Mapping[str, str]], today: date) -> date:
    """Return the last day (inclusive) of an approval today: six months on, or the first end of a document before that."""
    return min([today + VERIFIED_FOR, *(end for one in facts.values() if (end := end_of(one)))])


def end_of(facts: Mapping[str, str]) -> date | None:
    """Return the last day of a document; None for 长期 or none stated."""
    try:
        return date.fromisoformat(facts.get("expires_on", ""))
    except ValueError:
        return None


def identity_of(facts: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """Return the legal name and the credit code that the documents state; empty if none does."""
    documents = (facts.get(ItemKind.BUSINESS_LICENCE), facts.get(ItemKind.ESTABLISHMENT_DOCUMENT))
    stated: Mapping[str, str] = next(filter(None, documents), {})
    return stated.get("legal_name", ""), stated.get("credit_code", "")
