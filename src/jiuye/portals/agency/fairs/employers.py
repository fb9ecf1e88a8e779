"""Employers at a fair: add one, set its booth and jobs, remove it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.fairs import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.fairs.editor import TEMPLATES, fair_page
from jiuye.portals.agency.fairs.forms import ALL, EmployerForm, PlaceForm
from jiuye.portals.editing import blame
from jiuye.portals.kept_input import with_kept_input


@access(RECRUITER, once=True)
@require_POST
def add(request: Request, fair_id: UUID) -> HttpResponse:
    """Add an employer."""
    form = EmployerForm(request.POST)
    if form.is_valid():
        try:
            actions.add_employer(request.actor, fair_id=fair_id, **form.cleaned_data)
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"已添加“{form.cleaned_data['name']}”。")
            return redirect("agency_fair", fair_id)
    return fair_page(request, fair_id, form)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, fair_id: UUID, employer_id: UUID) -> HttpResponse:
    """Set its booth, and which of its jobs are shown."""
    fair, found, offers = queries.place(request.actor, fair_id, employer_id)
    form, status = (
        with_kept_input(request, PlaceForm(found, offers, request.POST if request.method == "POST" else None)),
        200,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = None if given["which"] == ALL else [UUID(one) for one in given["postings"]]
        try:
            actions.change_place(
                request.actor, fair_id=fair_id, employer_id=employer_id, booth=given["booth"], posting_ids=chosen
            )
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, f"“{found.employer}”已更新。")
            return redirect("agency_fair", fair_id)
    if form.errors and status == 200:
        status = 422
    context = {"card": fair, "place": found, "offers": offers, "form": form}
    return render(request, f"{TEMPLATES}/place.html", context, status=status)


@access(RECRUITER, once=True)
@require_POST
def remove(request: Request, fair_id: UUID, employer_id: UUID) -> HttpResponse:
    """Remove it."""
    try:
        if not actions.remove_employer(request.actor, fair_id=fair_id, employer_id=employer_id):
            raise NotFound
        messages.success(request, "已移出参会单位。")
    except Refused as error:
        messages.error(request, error.message)
    return redirect("agency_fair", fair_id)
