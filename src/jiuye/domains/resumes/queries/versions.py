"""Earlier versions of one's resume: writing, reading, and their differences."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes.models import ResumeVersion
from jiuye.domains.resumes.queries.changes import changes_between
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import VersionCause
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired

FORMAT = 1
KEPT = 20
"""How many versions of a resume are kept."""

HELD = (
    "name",
    "phone",
    "email",
    "birth_year",
    "region",
    "education",
    "experience_years",
    "availability",
    "self_description",
    "intentions",
    "employments",
    "educations",
    "projects",
    "skills",
    "certificates",
)
"""What a version holds of a `ResumeView`: what was written, not what follows from it; neither photo nor files."""

_json = TypeAdapter(ResumeView)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version; `changes` describes what was changed after it, up to the next version or now."""

    id: UUID
    number: int
    made_at: datetime
    cause: str
    resume: ResumeView
    changes: tuple[str, ...] = ()

    @property
    def cause_label(self) -> str:
        """Return why it was kept."""
        return str(VersionCause(self.cause).label)


def version_content(view: ResumeView, login_phone: str) -> str:
    """Return a version's content: JSON, equal for equal resumes. The account's own phone is left out: it may change, and
    restoring must not bring back an old number.
    """
    written = _json.dump_python(view, mode="json")
    held = {name: written[name] for name in HELD}
    if held["phone"] == login_phone:
        held["phone"] = ""
    return orjson.dumps({"format": FORMAT, **held}, option=orjson.OPT_SORT_KEYS).decode()


def view_of_version(content: str) -> ResumeView:
    """Return the resume in a version; `phone` empty is the account's. Raises ValueError for an unknown format."""
    held = orjson.loads(content)
    if held.pop("format", None) != FORMAT:
        raise ValueError("unknown format of a resume's version")
    return _json.validate_python(held)


def versions(actor: Actor) -> list[VersionView]:
    """Return the actor's versions, newest first, at most `KEPT`. Three queries."""
    after, login_phone = load_view(_person(actor)), _login_phone(actor)
    found = []
    for row in _rows(actor).order_by("-number"):
        before = _with_phone(view_of_version(row.content), login_phone)
        found.append(
            VersionView(row.id, row.number, row.made_at, row.cause, before, tuple(changes_between(before, after)))
        )
        after = before
    return found


def version(actor: Actor, *, version_id: UUID) -> VersionView:
    """Return one of the actor's versions with the difference to now. Three queries. Raises `NotFound`."""
    row = _rows(actor).filter(pk=version_id).first()
    if row is None:
        raise NotFound("没有找到这个版本，它可能已超过保留期限。")
    now = load_view(_person(actor))
    then = _with_phone(view_of_version(row.content), _login_phone(actor))
    return VersionView(row.id, row.number, row.made_at, row.cause, then, tuple(changes_between(then, now)))


def _with_phone(view: ResumeView, login_phone: str) -> ResumeView:
    return view if view.phone else replace(view, phone=login_phone)


def _login_phone(actor: Actor) -> str:
    return User.objects.filter(pk=_person(actor)).values_list("phone", flat=True).first() or ""


def _rows(actor: Actor) -> Any:
    return ResumeVersion.objects.filter(resume__user_id=_person(actor))


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
