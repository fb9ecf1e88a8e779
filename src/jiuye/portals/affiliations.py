"""Shared by the employers' and the agencies' pages of affiliations: the list by group, the reason that the other side reads."""

from collections.abc import Callable
from typing import Any

from django import forms

from jiuye.domains.organisations import queries
from jiuye.domains.organisations.actions import NOTE_LIMIT
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.editing import blame


class ReasonForm(forms.Form):
    """Why a request is refused, or an affiliation is ended."""

    reason = forms.CharField(
        label="原因",
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LIMIT}),
        error_messages={
            "required": "请写明原因，对方会看到。",
            "max_length": f"最多 {NOTE_LIMIT} 个字，请写短一些。",
        },
    )


def by_group(request: Request) -> dict[str, Any]:
    """Return the context of the list: the affiliations of the chosen group, and all groups with their numbers."""
    group = request.GET.get("group", "")
    group = group if group in queries.AFFILIATION_GROUPS else ""
    counts = queries.affiliation_counts(request.actor)
    groups = [("", "全部", sum(counts.values()))]
    groups += [(key, label, counts[key]) for key, (label, _) in queries.AFFILIATION_GROUPS.items()]
    page = queries.affiliations(request.actor, group=group, cursor=request.GET.get("cursor", ""))
    return {"page": page, "group": group, "groups": groups}


def acted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run the action of a valid form. Return whether it was done; else the form has the errors."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        blame(form, error)
    except Refused as error:
        form.add_error(None, error.message)
    return not form.errors
