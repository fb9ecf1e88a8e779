"""Edit a fair: create it, see its status, edit its content, preview it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.fairs import actions, queries
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.fairs.forms import EmployerForm, FairForm
from jiuye.portals.editing import blame, version_of
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/fairs/templates"
_KNOWN_EMPLOYERS = 200
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(RECRUITER, once=True)
@_FORM
def new(request: Request) -> HttpResponse:
    """Create a draft, by default in the agency's own place."""
    if request.method == "POST":
        form = FairForm(request.POST)
    else:
        form = FairForm(initial={"mode": "onsite", "region": organisations.own_shop(request.actor).agency.region_code})
        form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_fair(request.actor, content=form.content())
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, "草稿已保存。请添加参会单位，预览后发布。")
            return redirect("agency_fair", made)
    context = {"form": form, "fair": None, "version": 0, "region_name": _region_name(form), "plans": queries.PLANS}
    return render(request, f"{TEMPLATES}/edit.html", context, status=422 if form.errors else 200)


@access(RECRUITER)
@require_safe
def detail(request: Request, fair_id: UUID) -> HttpResponse:
    """One of the agency's fairs: its status, what is missing, its employers."""
    form = with_kept_input(request, EmployerForm(), action=reverse("agency_fair_employer_add", args=[fair_id]))
    return fair_page(request, fair_id, form)


def fair_page(request: Request, fair_id: UUID, form: EmployerForm) -> HttpResponse:
    """Render the page of a fair, with the submitted form for another employer."""
    fair = queries.desk(request.actor, fair_id)
    taking_part = {one.employer for one in fair.places}
    known = organisations.employers_named_by(request.actor, limit=_KNOWN_EMPLOYERS)
    context = {
        "fair": fair,
        "form": form,
        "may_change": fair.state == "draft" or (fair.state == "published" and not fair.is_over),
        "known": [one.legal_name for one in known if one.legal_name not in taking_part],
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form.errors else 200)


@access(RECRUITER, once=True)
@_FORM
def edit(request: Request, fair_id: UUID) -> HttpResponse:
    """Edit content, times and place. A concurrent edit is refused."""
    fair = queries.desk(request.actor, fair_id)
    form = FairForm(request.POST if request.method == "POST" else None, initial=FairForm.initial_of(fair))
    form = with_kept_input(request, form)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.edit_fair(
                request.actor, fair_id=fair_id, content=form.content(), version=version_of(request)
            )
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            told = f"已保存，正在通知已登记的 {fair.registered} 人和参会单位。" if moved else "已保存。"
            messages.success(request, told)
            return redirect("agency_fair", fair_id)
    if form.errors and status == 200:
        status = 422
    context = {
        "form": form,
        "fair": fair,
        "version": fair.version,
        "region_name": _region_name(form),
        "plans": queries.PLANS,
    }
    return render(request, f"{TEMPLATES}/edit.html", context, status=status)


@access(RECRUITER)
@require_safe
def preview(request: Request, fair_id: UUID) -> HttpResponse:
    """Preview the public page."""
    fair, state = queries.preview(request.actor, fair_id)
    return render(request, f"{TEMPLATES}/preview.html", {"fair": fair, "state": state})


def _region_name(form: forms.Form) -> str:
    code = str(form["region"].value() or "")
    return reference.display_name(code) if reference.has_region(code) else code
