"""The agencies that an employer works with: requests, their answers, and the end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.organisations import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.affiliations import ReasonForm, acted, by_group
from jiuye.portals.employer.access import EMPLOYER, RECRUITER
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/employer/agencies/templates"


@access(EMPLOYER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The affiliations by group; by default all that are open or asked for."""
    context = {**by_group(request), "is_certified": queries.is_certified(request.actor)}
    return render(request, f"{TEMPLATES}/list.html", context)


@access(EMPLOYER)
@require_safe
def detail(request: Request, affiliation_id: UUID) -> HttpResponse:
    """One affiliation with what may be done now."""
    return _page(request, affiliation_id)


@access(RECRUITER, once=True)
@require_POST
def withdraw(request: Request, affiliation_id: UUID) -> HttpResponse:
    """Withdraw the request."""
    try:
        actions.withdraw_request(request.actor, affiliation_id=affiliation_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "申请已撤回。")
    return redirect("employer_agency", affiliation_id)


@access(RECRUITER, once=True)
@require_POST
def end(request: Request, affiliation_id: UUID) -> HttpResponse:
    """End the affiliation, with a reason."""
    form = ReasonForm(request.POST)
    act = actions.end_affiliation
    if acted(form, lambda: act(request.actor, affiliation_id=affiliation_id, reason=form.cleaned_data["reason"])):
        messages.success(request, "已解除关联，并已告知职介。")
        return redirect("employer_agency", affiliation_id)
    return _page(request, affiliation_id, form)


def _page(request: Request, affiliation_id: UUID, form: ReasonForm | None = None) -> HttpResponse:
    found = queries.affiliation(request.actor, affiliation_id)
    action = reverse("employer_agency_end", args=[affiliation_id])
    context = {
        "affiliation": found,
        "agency": queries.agency_card(found.agency_id),
        "totals": applications.totals_through(request.actor, found.agency_id),
        "form": form or with_kept_input(request, ReasonForm(), action=action),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form and form.errors else 200)
