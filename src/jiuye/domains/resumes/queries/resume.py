"""Reads for the resume's owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import policies
from jiuye.domains.resumes.entries import Basics, Entry, SelfDescription
from jiuye.domains.resumes.policies.completeness import Part
from jiuye.domains.resumes.queries.rows import entry_of, find_row, head_of, load_view, present_parts, resume_of
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import SectionKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired

NAME = "姓名"
SUBSTANCE = "求职意向（或教育经历、工作经历、自我描述中的任意一项）"


@dataclass(frozen=True, slots=True)
class Overview:
    """The resume on the seeker's home page; `next` is the most helpful part to add."""

    name: str
    completeness: int
    next: Part | None


def my_resume(actor: Actor) -> ResumeView:
    """Return the actor's resume; without one an empty one with the account's name and phone. One query."""
    return load_view(_person(actor))


def overview(actor: Actor) -> Overview:
    """Return name and completeness. One query."""
    person_id = _person(actor)
    view = load_view(person_id)
    missing = policies.missing_parts(view)
    return Overview(view.name, view.completeness, missing[0] if missing else None)


def completeness_hints(view: ResumeView) -> list[Part]:
    """Return what to add next, the most helpful first. No query."""
    return policies.missing_parts(view)


def head_for_edit(actor: Actor) -> Basics:
    """Return the head as it was typed, with the account's values for what is missing. One query, two without a resume."""
    resume = resume_of(_person(actor))
    if resume:
        return head_of(resume)
    user = User.objects.filter(pk=_person(actor)).first()
    return Basics(name=user.name, phone=user.phone) if user else Basics(name="")


def self_description_for_edit(actor: Actor) -> SelfDescription:
    """Return the self description. One query."""
    resume = resume_of(_person(actor))
    return SelfDescription(self_description=resume.self_description if resume else "")


def entry_for_edit(actor: Actor, *, kind: str, section_id: UUID) -> Entry:
    """Return one entry as it was typed. Raises `NotFound` for another person's."""
    return entry_of(SectionKind(kind), find_row(_person(actor), SectionKind(kind), section_id))


def is_ready_to_apply(user_id: UUID) -> Sequence[str]:
    """Return what is missing for the first application, in words; empty when the resume suffices. One query, two without
    a resume.

    Deliberately little: a name and one thing that says what the person wants or can. `actions.quick_start` supplies
    both.
    """
    resume = resume_of(user_id, with_parts=True)
    if resume is None:
        return missing_for_applying({"name"} if _login_name(user_id) else set())
    return missing_for_applying(present_parts(resume))


def missing_for_applying(present: set[str]) -> list[str]:
    """Return the words for what is missing, given the parts that are present."""
    missing = [] if "name" in present else [NAME]
    if not present & {"intention", "education", "employment", "self_description"}:
        missing.append(SUBSTANCE)
    return missing


def _login_name(user_id: UUID) -> str:
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
