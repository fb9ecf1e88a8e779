"""The resume as it is frozen into an application: plain JSON, complete in itself, readable for as long as it is kept."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from jiuye.domains.resumes.policies import mask_email, mask_number
from jiuye.domains.resumes.queries.resume import missing_for_applying
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.kernel.identifiers import mask_phone

FORMAT = 1
_json = TypeAdapter(ResumeView)
# The year of birth is no recruiter's business: it only guards the age of 16 and the plausibility of dates. The photo stays
# with its owner, who may take it away from everybody at any time.
_LEFT_OUT = frozenset({"masked", "completeness", "birth_year", "photo_key"})


def snapshot_content(user_id: UUID) -> dict[str, Any]:
    """The person's resume as JSON-able values: every name beside its code, dates as ISO 8601 text, `format` the version.

    Raises `NotFound` for no such person.
    """
    written = _json.dump_python(load_view(user_id), mode="json")
    return {"format": FORMAT, **{key: value for key, value in written.items() if key not in _LEFT_OUT}}


def view_of_snapshot(content: dict[str, Any], *, masked: bool) -> ResumeView:
    """The same view as of a living resume. `masked`: phone, e-mail and certificate numbers only in outline.

    Raises ValueError for a format that this release doesn't know.
    """
    if content.get("format") != FORMAT:
        raise ValueError(f"unknown resume snapshot format {content.get('format')!r}")
    view = _json.validate_python({key: value for key, value in content.items() if key != "format"})
    return mask(view) if masked else view


def mask(view: ResumeView) -> ResumeView:
    """The view with its contacts and certificate numbers hidden."""
    return replace(
        view,
        phone=mask_phone(view.phone),
        email=mask_email(view.email) if view.email else "",
        certificates=tuple(replace(one, number=mask_number(one.number)) for one in view.certificates),
        masked=True,
    )


def missing_in(content: dict[str, Any]) -> list[str]:
    """What a snapshot lacks for applying, in words; the same rule as `is_ready_to_apply`."""
    sections = {"intention": "intentions", "education": "educations", "employment": "employments"}
    present = {key for key, name in sections.items() if content.get(name)}
    present |= {key for key in ("name", "self_description") if content.get(key)}
    return missing_for_applying(present)
