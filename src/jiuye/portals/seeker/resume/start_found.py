"""What an uploaded resume says for the steps of the guided start: filled in, and kept only when its owner goes on."""

from typing import Any

from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes import actions
from jiuye.domains.resumes.extraction import Found
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel.actor import Actor
from jiuye.portals.seeker.resume.start_forms import COMMON, NOT_YET, choice_of_years

BLOCKS = {"wish": "intention", "work": "employment-0", "education": "education-0"}


def initial_of(key: str, found: Found, view: ResumeView) -> dict[str, Any]:
    """Return what the file says for the fields of a step whose part of the resume is empty."""
    if key == "wish" and found.wish.title and not view.intentions:
        is_common = found.wish.title in COMMON
        region = reference.full_name(found.wish.region) if found.wish.region else ""
        chosen = {"common": found.wish.title, "title": ""} if is_common else {"common": "", "title": found.wish.title}
        return chosen | ({"region": region} if region else {})
    if key == "about" and not view.name:
        return _filled({"name": found.name, "availability": found.availability})
    if key == "work" and not view.employments:
        job = found.employments[0] if found.employments else None
        about = {name: getattr(job, name) for name in ("employer_name", "title", "start_on", "end_on")} if job else {}
        years = choice_of_years(found.experience_years)
        return _filled(about | {"years": "" if job and years == NOT_YET else years})
    if key == "education" and not view.educations:
        one = found.educations[0] if found.educations else None
        about = {name: getattr(one, name) for name in ("school", "major", "start_on", "end_on")} if one else {}
        return _filled(about | {"level": found.education})
    return {}


def description_of(key: str, found: Found, form: Any) -> str:
    """Return the description of the entry that a step writes, if it is the file's."""
    if key == "work" and found.employments:
        job = found.employments[0]
        return job.description if form.cleaned_data["employer_name"] == job.employer_name else ""
    return ""


def settle(actor: Actor, key: str, found: Found) -> None:
    """Note that a step has dealt with its block of the file."""
    if key in BLOCKS and not found.is_empty:
        actions.settle_file_block(actor, key=BLOCKS[key])


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
