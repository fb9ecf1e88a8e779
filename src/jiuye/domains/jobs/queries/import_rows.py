"""Show what happens to a sheet's rows: every field that will be public, and notes in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.bulk.sheet_rows import DecidedPosting, DecidedRow, Outcome, Result, Sheet
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.pay import PER_MONTH
from jiuye.domains.jobs.queries.facts import education_of, experience_of, pay_of, place_of
from jiuye.domains.jobs.queries.strange_figures import strangers
from jiuye.domains.jobs.screening import screen_posting
from jiuye.domains.jobs.sheets.fields import BY_CODE
from jiuye.domains.jobs.sheets.mapping import cell
from jiuye.domains.jobs.states import POSTING_LABELS, PostingState
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel import clock

# Where the preview shows a note's field.
_CELLS = {
    "pay_min": "pay", "pay_max": "pay", "province": "region", "city": "region", "county": "region", "address": "region",
    "employer_credit_code": "employer_name", "employer": "employer_name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownNote:
    """Something that the sender should know: the field's code (blank if it is about the whole row) and the text."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """One posting of a row. `posting` is as it will be; None if the row could not be read.

    `result` is of the whole row. `missing`: labels of the legal elements without which it stays a draft.
    """

    number: int
    worksheet: str
    outcome: Outcome
    result: Result
    notes: Sequence[ShownNote]
    missing: Sequence[str]
    title: str
    employer: str
    posting: JobPosting | None
    unlike: frozenset[str] = frozenset()

    @property
    def marked(self) -> frozenset[str]:
        """The fields that a note is about, and those with a figure unlike the others: codes of `sheets.fields`."""
        return frozenset(_CELLS.get(note.field, note.field) for note in self.notes if note.field) | self.unlike

    @property
    def label(self) -> str:
        """What happens to it, on screen."""
        return outcome_label(self.outcome)

    @property
    def texts(self) -> list[str]:
        """The notes as texts, with what is missing."""
        texts = [note.message for note in self.notes]
        return [*texts, "缺：" + "、".join(self.missing)] if self.missing else texts

    @property
    def words(self) -> "Words":
        """The columns that are codes and figures in words."""
        return _words_of(self.posting)


def shown_row(decided: DecidedRow, sheet: Sheet) -> list[ShownPosting]:
    """Return a row's postings, or one entry that says why there are none."""
    if not decided.postings:
        return [_unread(decided, sheet)]
    return [_shown(decided, one, sheet) for one in decided.postings]


def _unread(decided: DecidedRow, sheet: Sheet) -> ShownPosting:
    def written(code: str) -> str:
        return cell(decided.row.cells, sheet.mapping.get(code)).strip()[:80]

    notes = [ShownNote(one.field, one.message) for one in decided.reasons]
    return ShownPosting(
        number=decided.row.number,
        worksheet=decided.row.worksheet,
        outcome="rejected",
        result="rejected",
        notes=notes,
        missing=(),
        title=written("title"),
        employer=written("employer_name"),
        posting=None,
    )


def _shown(decided: DecidedRow, one: DecidedPosting, sheet: Sheet) -> ShownPosting:
    parsed, decision = one.parsed, one.decision
    notes = [ShownNote(note.field, note.message) for note in parsed.notes]
    notes += [ShownNote(fault.field, fault.message) for fault in decision.faults]
    notes += [ShownNote(fault.field, fault.message) for fault in decision.withheld if fault.rule != "missing"]
    posting = decision.refused or decision.posting
    is_draft = posting is not None and one.outcome == "draft" and posting.state == PostingState.DRAFT
    missing = [element.label for element in policies.missing_elements(posting)] if posting and is_draft else []
    if is_draft and decision.result != "unchanged":
        notes += [ShownNote(one.field, f"发布前要改：{one.message}") for one in screen_posting(posting).stopping]
    if decision.result == "unchanged" and posting:
        notes.append(ShownNote("", _unchanged(posting, sheet)))
    return ShownPosting(
        number=decided.row.number,
        worksheet=decided.row.worksheet,
        outcome=one.outcome,
        result=decided.result,
        notes=notes,
        missing=missing,
        title=parsed.title,
        employer=parsed.employer_name,
        posting=posting,
    )


def marked_unlike(rows: Sequence[ShownPosting]) -> list[ShownPosting]:
    """Return the rows, with the fields of each whose figure is unlike those of the others (`unlike`)."""
    columns: dict[str, list[float | None]] = {
        "pay": [_middle(one.posting) if one.posting else None for one in rows],
        "headcount": [one.posting.headcount if one.posting else None for one in rows],
        "experience": [one.posting.experience_min if one.posting else None for one in rows],
        "valid_through": [_days(one.posting, clock.today()) if one.posting else None for one in rows],
    }
    strange = {code: strangers(figures) for code, figures in columns.items()}
    return [
        replace(one, unlike=frozenset(code for code, places in strange.items() if place in places))
        for place, one in enumerate(rows)
    ]


def _middle(posting: JobPosting) -> float | None:
    ends = [end for end in (posting.pay_min, posting.pay_max) if end]
    return sum(ends) / len(ends) if ends else None


def _days(posting: JobPosting, today: date) -> float | None:
    return (posting.valid_through - today).days + 1 if posting.valid_through else None


def _unchanged(posting: JobPosting, sheet: Sheet) -> str:
    if sheet.agency_id is None:
        return "与前面的行相同，不会重复导入"
    return f"与已有的职位或前面的行相同，没有变化（{POSTING_LABELS[posting.state]}）"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of a posting that will be public, in words; blank for a row that was not read."""

    place: str = ""
    address: str = ""
    pay: str = ""
    education: str = ""
    experience: str = ""
    headcount: int | None = None
    employment_type: str = ""
    valid_through: date | None = None
    occupation: str = ""
    industry: str = ""
    tags: Sequence[str] = ()
    benefits: Sequence[str] = ()
    skills: Sequence[str] = ()
    duties: str = ""
    requirements: str = ""
    working_conditions: str = ""


def _words_of(posting: JobPosting | None) -> Words:
    if posting is None:
        return Words()
    pay = pay_of(posting) if posting.pay_min or posting.pay_max or posting.pay_negotiable or posting.pay_text else ""
    kind = posting.employment_type
    return Words(
        place=place_of(posting),
        address=posting.address,
        pay=pay,
        education=education_of(posting),
        experience=experience_of(posting),
        headcount=posting.headcount,
        employment_type=EmploymentType(kind).label if kind else "",
        valid_through=posting.valid_through,
        occupation=reference.occupation(posting.occupation_id).name if posting.occupation_id else "",
        industry=reference.industry(posting.industry_id).name if posting.industry_id else "",
        tags=posting.tags,
        benefits=posting.benefits,
        skills=posting.skills,
        duties=posting.duties,
        requirements=posting.requirements,
        working_conditions=posting.working_conditions,
    )


def told_pay(posting: JobPosting) -> tuple[float | None, float | None, str | None]:
    """Return lower and upper pay in yuan in the unit told (month, day, hour), and the unit. A year's pay is told by the month.

    All None if no figure is stated.
    """
    if posting.pay_min is None and posting.pay_max is None:
        return None, None, None
    unit = posting.pay_unit if posting.pay_unit in ("day", "hour") else "month"
    return _in_unit(posting.pay_min, unit), _in_unit(posting.pay_max, unit), unit


def _in_unit(monthly: int | None, unit: str) -> float | None:
    if monthly is None:
        return None
    # Stored are whole yuan a month: an hour's pay is known to the fen, a day's to ten fen.
    amount = round(monthly / PER_MONTH[unit], 1 if unit == "day" else 2)
    return int(amount) if amount == int(amount) else amount


OUTCOMES: tuple[Outcome, ...] = ("publish", "review", "draft", "rejected")
_OUTCOME_LABELS = {"publish": "发布", "draft": "存为草稿", "review": "送审", "rejected": "不能导入"}


def outcome_label(outcome: str) -> str:
    """Return what happens to a row, on screen."""
    return _OUTCOME_LABELS[outcome]


def line_of(one: ShownPosting) -> str:
    """Return a posting as one line in Chinese, its notes below."""
    posting = one.posting
    parts = [f"第 {one.number} 行", one.label, one.title or "（空）", one.employer or "未写招聘单位"]
    words = one.words
    if posting:
        parts += [words.place, words.pay, f"{posting.headcount} 人" if posting.headcount else ""]
    return "\n".join(["  ".join(filter(None, parts)), *(f"    · {text}" for text in one.texts)])


def told(one: ShownPosting) -> dict[str, object]:
    """Return a posting as `preview_import` and the API tell it (docs/reading.md); what is not known is None."""
    posting = one.posting
    low, high, unit = told_pay(posting) if posting else (None, None, None)
    last = posting.valid_through if posting else None
    return {
        "row": one.number,
        "outcome": one.outcome,
        "notes": one.texts,
        "title": one.title,
        "employer": one.employer,
        "region": (posting.region_id if posting else None) or "",
        "address": posting.address if posting else "",
        "pay_min": low,
        "pay_max": high,
        "pay_unit": unit,
        "pay_months": posting.pay_months if posting and unit else None,
        "experience_min": posting.experience_min if posting else None,
        "experience_max": posting.experience_max if posting else None,
        "education": posting.education if posting else "",
        "employment_type": posting.employment_type if posting else "",
        "headcount": posting.headcount if posting else None,
        "valid_through": last.isoformat() if isinstance(last, date) else None,
        "industry": (posting.industry_id if posting else None) or "",
        "occupation": (posting.occupation_id if posting else None) or "",
        "tags": list(posting.tags) if posting else [],
    }


def label_of(field: str) -> str:
    """Return the name on screen of a field that a note is about, "" if it is about the whole row."""
    if field in BY_CODE:
        return BY_CODE[field].label
    return next((one.label for one in policies.ELEMENTS if one.field == field), "")
