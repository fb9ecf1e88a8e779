"""The agency's list of postings, and bulk changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.design.widgets import DateInput
from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.states import POSTING_LABELS
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/jobs/templates"
DUE = {"soon": "7 天内到期", "unconfirmed": "30 天未确认"}


def _chosen(request: Request) -> queries.ListFilter:
    """Parse the filter from the URL, ignoring invalid values."""
    given = request.GET
    region, due, state = given.get("region", ""), given.get("due", ""), given.get("state", "")
    return queries.ListFilter(
        state=state if state in POSTING_LABELS else "",
        text=given.get("q", "").strip()[:60],
        region=region if reference.has_region(region) else "",
        due=due if due in DUE else "",
        batch=id_in(given.get("batch", "")),
    )


def _kept(chosen: queries.ListFilter) -> dict[str, str]:
    """Return the filter without the state as URL parameters."""
    given = {"q": chosen.text, "region": chosen.region, "due": chosen.due, "batch": str(chosen.batch or "")}
    return {name: value for name, value in given.items() if value}


class BulkForm(forms.Form):
    """Which postings of the list to change, and until when those that are published stay open."""

    posting = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    valid_through = forms.DateField(
        label="截止日期", required=False, widget=DateInput(attrs={"class": "bulk-day-input"})
    )

    @property
    def ticked(self) -> set[str]:
        """The ids whose boxes are ticked."""
        return set(self["posting"].value() or [])


@access(VIEWER)
@require_safe
def list_own(request: Request) -> HttpResponse:
    """Postings by state, filtered, with counts; four queries."""
    actor: Actor = request.actor
    chosen = _chosen(request)
    page = queries.listing(actor, chosen=chosen, cursor=request.GET.get("cursor", ""))
    counts = queries.counts(actor, chosen)
    shown = [state for state in POSTING_LABELS if counts[state] or state in ("draft", "published", chosen.state)]
    context = {
        "page": page,
        "bulk": with_kept_input(request, BulkForm(auto_id="bulk_%s"), action=reverse("agency_jobs_several")),
        "standing": organisations.standing(actor.organisation_id) if actor.organisation_id else None,
        "noted": queries.imports.noted([row.id for row in page.items]),
        "numbers": applications.numbers_by_posting(actor, [row.id for row in page.items]),
        "states": [("", "全部", counts["all"])] + [(state, POSTING_LABELS[state], counts[state]) for state in shown],
        "chosen": chosen,
        "kept": _kept(chosen),
        "due": DUE,
        "region_name": reference.full_name(chosen.region) if chosen.region else "",
        "provinces": [(one.code, one.name) for one in reference.provinces()],
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@dataclass(frozen=True)
class BulkChange:
    """A bulk change: its text when done, and the action."""

    done: str
    run: Callable[[Actor, list[UUID], date | None], list[actions.Outcome]]


BULK = {
    "publish": BulkChange(
        "发布", lambda actor, ids, day: actions.publish_several(actor, posting_ids=ids, valid_through=day)
    ),
    "withdraw": BulkChange("下架", lambda actor, ids, day: actions.withdraw_several(actor, posting_ids=ids)),
    "confirm": BulkChange("确认", lambda actor, ids, day: actions.confirm_several(actor, posting_ids=ids)),
}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@access(RECRUITER, once=True)
@require_POST
def change_several(request: Request) -> HttpResponse:
    """Publish, withdraw or confirm the chosen postings and report the result of each."""
    actor: Actor = request.actor
    change = BULK.get(request.POST.get("change", ""))
    chosen = [one for one in map(id_in, request.POST.getlist("posting")) if one]
    if change is None or not chosen:
        messages.warning(request, "请先勾选职位，再选择要做的操作。")
        return redirect("agency_jobs")
    try:
        outcomes = change.run(actor, chosen, _day(request.POST.get("valid_through", "")))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("agency_jobs")
    failed = [outcome for outcome in outcomes if not outcome.done]
    if not failed:
        messages.success(request, f"已{change.done} {len(outcomes)} 个职位。{_held(outcomes)}")
        return redirect("agency_jobs")
    context = {"outcomes": outcomes, "failed": failed, "change": change, "labels": POSTING_LABELS}
    return render(request, f"{TEMPLATES}/outcomes.html", context)


def _held(outcomes: list[actions.Outcome]) -> str:
    held = sum(outcome.state == "under_review" for outcome in outcomes)
    return f"其中 {held} 个需要审核员先看，通过后自动发布。" if held else ""
