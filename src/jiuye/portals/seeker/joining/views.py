"""The door for organisations: what each kind needs, and registration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.qualifications import actions, queries
from jiuye.domains.qualifications.actions import AlreadyRegistered
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, SIGNED_IN, access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.editing import blame
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.joining.forms import RegistrationForm

HERE = "portals/seeker/joining/templates"


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def join(request: HttpRequest) -> HttpResponse:
    """Three doors: open a shop, register an employer, join an organisation that is here already."""
    return render(request, f"{HERE}/join.html", {"usual": queries.usual_time()})


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: Request) -> HttpResponse:
    """Register an agency. `?kind=public` or `market` chooses."""
    form = RegistrationForm(
        request.POST if request.method == "POST" else None, initial={"applicant": request.GET.get("kind", "")}
    )
    return _registration(request, form, "agency")


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def employer(request: Request) -> HttpResponse:
    """Register an employer."""
    form = RegistrationForm(request.POST if request.method == "POST" else None).for_employer()
    return _registration(request, form, "employer")


def _registration(request: Request, form: RegistrationForm, kind: str) -> HttpResponse:
    form = with_kept_input(request, form)
    known, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.register(
                    request.actor, registration=form.registration(), has_agreed=form.cleaned_data["agreement"]
                )
            except Invalid as problem:
                blame(form, problem)
            except AlreadyRegistered as problem:
                form.add_error("credit_code", problem.message)
                known, status = problem.credit_code, problem.status
            except Refused as problem:
                form.add_error(None, problem.message)
                status = problem.status
            else:
                accounts.work_for(request.actor, request, organisation_id=made.organisation_id)
                messages.success(request, "登记好了。接下来逐项提交资质材料，随时可以离开，填好的都会保存。")
                return HttpResponseRedirect(reverse(f"{made.kind}_qualification"), status=303)
    region = form["region"].value() or ""
    context = {
        "form": form,
        "kind": kind,
        "known": known,
        "region_name": reference.full_name(region) if reference.has_region(region) else region,
    }
    return render(request, f"{HERE}/register.html", context, status=status)
