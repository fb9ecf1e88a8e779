"""What all forms of the resume share: saving, and the warning before it."""

from collections.abc import Callable
from uuid import UUID

from django import forms

from jiuye.domains.resumes.checkable import CHECKED_FIELDS
from jiuye.domains.resumes.merge import ChangedElsewhere
from jiuye.domains.verification.queries import states_for
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.errors import Invalid, Refused
from jiuye.portals.seeker.resume.fields import ResumeForm


def attempt(form: forms.Form, save: Callable[[], object]) -> bool:
    """Return whether it was saved; the form shows the domain's errors."""
    if not form.is_valid():
        return False
    try:
        save()
    except Invalid as problem:
        for field, message in problem.fields.items():
            form.add_error(field if field in form.fields else None, message)
    except ChangedElsewhere as problem:
        form.add_error(None, problem.message)
        if isinstance(form, ResumeForm):
            form.elsewhere = problem
    except Refused as problem:
        form.add_error(None, problem.message)
    return not form.errors


def warning_of(subject_id: UUID, checked: CheckKind | None) -> str:
    """Return the warning for a verified item or one being verified; "" if none. One query."""
    state = states_for([subject_id]).get(subject_id) if checked else None
    if checked is None or state is None or state.state not in {"verified", "pending"}:
        return ""
    now = "已核验" if state.counts else "正在核验"
    return f"这一条{now}。修改{CHECKED_FIELDS[checked]}后需要重新核验；只改其他内容不影响。"
