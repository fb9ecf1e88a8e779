"""Verification states of a resume's items, for readers and in full for the owner."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from jiuye.domains.accounts.queries import RealNameView, has_card, real_name
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.checkable import CHECKED_FIELDS, CHECKS, identity_claims, texts_of, why_not_checkable
from jiuye.domains.resumes.queries.photos import photo_key_of
from jiuye.domains.resumes.queries.views import ResumeView, mark_of
from jiuye.domains.verification import queries as verification
from jiuye.domains.verification.queries import ItemState
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

WORTH_WAITING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Checkable:
    """A verifiable item of the resume: title, state, and why it cannot be requested now."""

    subject_id: UUID
    kind: CheckKind
    title: str
    state: ItemState | None
    obstacle: str

    @property
    def is_about_to_end(self) -> bool:
        """Requested moments ago: the page waits for the answer."""
        asked = self.state.asked_at if self.state and self.state.state == "pending" else None
        return asked is not None and asked > clock.now() - WORTH_WAITING

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def gaps(self) -> list[tuple[str, str, str]]:
        """The differences: field name, value of the resume, value of the records (empty: not disclosed)."""
        if self.state is None:
            return []
        return [
            (_field_label(self.kind, gap.name), _in_words(gap.name, gap.stated), _in_words(gap.name, gap.recorded, ""))
            for gap in self.state.differences
        ]

    @property
    def checked_fields(self) -> str:
        """The names of the checked fields."""
        return CHECKED_FIELDS[self.kind]


@dataclass(frozen=True, slots=True)
class Checks:
    """The owner's page: real name, and every verifiable item by id (the identity by the person's id)."""

    real_name: RealNameView | None
    has_card: bool
    items: Mapping[UUID, Checkable]
    person_id: UUID

    @property
    def identity(self) -> Checkable | None:
        return self.items.get(self.person_id)

    @property
    def askable(self) -> list[Checkable]:
        """Items that could be requested now, given a real name."""
        return [one for one in self.items.values() if not one.obstacle]


def checks(actor: Actor, view: ResumeView) -> Checks:
    """Return the states of the owner's items, with details for the owner only. Three queries."""
    person_id = actor.person
    states = verification.states_of(person_id, for_owner=True)
    items = {}
    if view.name:
        state = states.get(person_id)
        if state and state.digest != verification.digest(identity_claims(view.name)):
            state = None  # another name was checked
        items[person_id] = Checkable(person_id, CheckKind.IDENTITY, view.name, state, state.again if state else "")
    for section, kind in CHECKS.items():
        for entry in view.section(section):
            state = states.get(entry.id)
            lacking = why_not_checkable(kind, entry)
            title = _title(kind, entry)
            one = Checkable(entry.id, kind, title, state, lacking or (state.again if state else ""))
            items[one.subject_id] = one
    return Checks(real_name(actor), has_card(actor), items, person_id)


_FIELDS = {
    "name": "姓名",
    "phone": "手机号",
    "employer": "单位名称",
    "start": "开始时间",
    "end": "结束时间",
    "school": "学校名称",
    "level": "学历",
    "title": "证书名称",
    "number": "证书编号",
    "issued": "发证日期",
}


def _field_label(kind: CheckKind, name: str) -> str:
    if kind == CheckKind.EDUCATION and name == "end":
        return "毕业时间"
    return _FIELDS.get(name, name)


def _in_words(name: str, value: str, nothing: str = "没有填写") -> str:
    """Return a claim's value as people write it: 2018.07, 至今, 本科."""
    if name == "level" and value in EducationLevel.values:
        return str(EducationLevel(value).label)
    if name in {"start", "end"}:
        return value.replace("-", ".") if value else "至今" if nothing else ""
    return value or nothing


def _title(kind: CheckKind, entry: object) -> str:
    attribute = {CheckKind.EMPLOYMENT: "employer_name", CheckKind.EDUCATION: "school"}.get(kind, "name")
    return str(getattr(entry, attribute))


def as_of_now(view: ResumeView, owner_id: UUID) -> ResumeView:
    """Return a resume snapshot with current verification results of exactly its texts, and the owner's current photo.
    Two queries.

    Later edits of the living resume change nothing here: results belong to the texts as sent. The state at the time
    of sending is shown where it has changed.
    """
    frozen = {mark.subject_id: mark for mark in view.marks}
    known = {
        subject: mark_of(state) for subject, state in verification.of_texts(owner_id, texts_of(view, owner_id)).items()
    }
    marks = []
    for subject, mark in {**frozen, **known}.items():
        before = frozen.get(subject)
        if subject not in known and mark.state == "pending":
            continue  # the request was withdrawn: no result
        differs = before is not None and before.state != mark.state
        marks.append(replace(mark, then=before.label if before and differs else ""))
    return replace(view, marks=tuple(marks), photo_key=photo_key_of(owner_id))
