"""The employers that an agency works with: requests, the answer, and the end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.merging.actions import approve_affiliation
from jiuye.portals.affiliations import ReasonForm, acted, by_group
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/employers/templates"


@access(VIEWER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The affiliations by group."""
    context = by_group(request)
    context["carried"] = jobs.carried_for(request.actor, [row.employer_id for row in context["page"].items])
    return render(request, f"{TEMPLATES}/list.html", context)


@access(VIEWER)
@require_safe
def detail(request: Request, affiliation_id: UUID) -> HttpResponse:
    """One affiliation with what may be done now."""
    return _page(request, affiliation_id)


@access(RECRUITER, once=True)
@require_POST
def approve(request: Request, affiliation_id: UUID) -> HttpResponse:
    """Agree to recruit for the employer."""
    try:
        moved = approve_affiliation(request.actor, affiliation_id=affiliation_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        postings = sum(one.rows for one in moved if one.label == "职位")
        messages.success(
            request, "已同意关联，并已告知企业。" + (f"同名登记的 {postings} 个职位已并入。" if moved else "")
        )
    return redirect("agency_affiliation", affiliation_id)


@access(RECRUITER, once=True)
@require_POST
def refuse(request: Request, affiliation_id: UUID) -> HttpResponse:
    """Refuse the request, with a reason."""
    form = ReasonForm(request.POST)
    act = actions.refuse_affiliation
    if acted(form, lambda: act(request.actor, affiliation_id=affiliation_id, reason=form.cleaned_data["reason"])):
        messages.success(request, "已答复对方，原因一并告知。")
        return redirect("agency_affiliation", affiliation_id)
    return _page(request, affiliation_id, form)


@access(RECRUITER, once=True)
@require_POST
def end(request: Request, affiliation_id: UUID) -> HttpResponse:
    """End the affiliation, with a reason."""
    form = ReasonForm(request.POST)
    act = actions.end_affiliation
    if acted(form, lambda: act(request.actor, affiliation_id=affiliation_id, reason=form.cleaned_data["reason"])):
        messages.success(request, "已解除关联，并已告知企业。")
        return redirect("agency_affiliation", affiliation_id)
    return _page(request, affiliation_id, form)


def _page(request: Request, affiliation_id: UUID, form: ReasonForm | None = None) -> HttpResponse:
    found = queries.affiliation(request.actor, affiliation_id)
    step = "agency_affiliation_refuse" if "refuse" in found.may else "agency_affiliation_end"
    named = queries.named_records(request.actor, affiliation_id) if found.state == "requested" else []
    context = {
        "affiliation": found,
        "named": named,
        "carried": jobs.carried_for(request.actor, [found.employer_id, *(one.id for one in named)]),
        "form": form or with_kept_input(request, ReasonForm(), action=reverse(step, args=[affiliation_id])),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form and form.errors else 200)
