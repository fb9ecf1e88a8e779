"""The agency's fairs: the list, and check-in by code."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.fairs import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.errors import with_wait

TEMPLATES = "portals/agency/fairs/templates"


class CodeForm(forms.Form):
    """A code, typed or entered by a keyboard scanner."""

    code = forms.CharField(
        label="签到码",
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
                **NEVER_KEPT,
            }
        ),
        help_text="8 位，字母不分大小写。也可以用扫码枪，或用手机扫对方的二维码打开本页。",
        error_messages={"required": "请输入或扫描签到码。", "max_length": "这不是签到码，请重新扫描。"},
    )


@access(VIEWER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The agency's fairs, with registrations and check-ins."""
    which = request.GET.get("view", "") if request.GET.get("view", "") in queries.VIEWS else ""
    context = {
        "page": queries.doors(request.actor, which=which, cursor=request.GET.get("cursor", "")),
        "which": which,
        "views": queries.VIEWS,
        "kept": {"view": which} if which else {},
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: Request, fair_id: UUID) -> HttpResponse:
    """GET: ask for a code; a scanned one is in the URL. POST: check the person in, and ask for the next."""
    sent = request.method == "POST"
    form = CodeForm(request.POST) if sent else CodeForm(initial={"code": request.GET.get("code", "")[:8]})
    error: ProductError | None = None
    if sent and form.is_valid():
        try:
            found = actions.check_in(request.actor, fair_id=fair_id, code=form.cleaned_data["code"])
        except Invalid as problem:
            form.add_error("code", problem.fields["code"])
        except (Refused, RateLimited) as problem:
            form.add_error("code", problem.message)
            error = problem
        else:
            messages.success(request, f"{found.name} 已签到，第 {found.number} 位。")
            return HttpResponseRedirect(reverse("agency_check_in", args=[fair_id]), status=303)
    context = {"door": queries.door(request.actor, fair_id), "form": form}
    status = error.status if error else 422 if form.errors else 200
    return with_wait(render(request, f"{TEMPLATES}/check_in.html", context, status=status), error)
