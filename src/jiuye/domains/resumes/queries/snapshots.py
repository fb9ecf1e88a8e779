"""Resume snapshots in applications: plain JSON, self-contained, readable for as long as they are kept."""

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
# The year of birth is only for validation (age of 16, plausible dates) and not for recruiters. The photo stays with
# its owner, who may remove it for everybody at any time.
_LEFT_OUT = frozenset({"masked", "completeness", "birth_year", "photo_key"})


def snapshot_content(user_id: UUID) -> dict[str, Any]:
    """Return the person's resume as JSON values: names beside codes, dates as ISO 8601 text, `format` the version.

    Raises `NotFound` for no such person.
    """
    written = _json.dump_python(load_view(user_id), mode="json")
    return {"format": FORMAT, **{key: value for key, value in written.items() if key not in _LEFT_OUT}}


def view_of_snapshot(content: dict[str, Any], *, masked: bool) -> ResumeView:
    """Return the view of a snapshot. `masked` hides phone, e-mail and certificate numbers.

    Raises ValueError for an unknown format.
    """
    if content.get("format") != FORMAT:
        raise ValueError(f"unknown resume snapshot format {content.get('format')!r}")
    view = _json.validate_python({key: value for key, value in content.items() if key != "format"})
    return mask(view) if masked else view


def mask(view: ResumeView) -> ResumeView:
    """Return the view with masked contacts and certificate numbers."""
    return replace(
        view,
        phone=mask_phone(view.phone),
        email=mask_email(view.email) if view.email else "",
        certificates=tuple(replace(one, number=mask_number(one.number)) for one in view.certificates),
        masked=True,
    )


def missing_in(content: dict[str, Any]) -> list[str]:
    """Return what a snapshot lacks for applying, in words; the same rule as `is_ready_to_apply`."""
    sections = {"intention": "intentions", "education": "educations", "employment": "employments"}
    present = {key for key, name in sections.items() if content.get(name)}
    present |= {key for key in ("name", "self_description") if content.get(key)}
    return missing_for_applying(present)
