"""`/join/existing`: ask the owners of an organisation that is registered already for membership."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.accounts import queries as accounts
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.queries import KnownOrganisation
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.rate_limits import Limit
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.membership.forms import CodeForm, RequestForm

HERE = "portals/seeker/membership/templates"
LOOK_UPS = Limit(
    "known-organisations", "按信用代码查已入驻的单位", "每个人", 20, 3600, "查询太频繁了，请 {wait}后再查。"
)
"""Enough for typing errors, too few for going through a list."""


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def existing(request: Request) -> HttpResponse:
    """GET: look an organisation up by `?code=`, and one's own requests. POST: ask its owners."""
    if request.method == "POST":
        return _ask(request)
    code = request.GET.get("code", "")
    if not code:
        return _page(request, CodeForm())
    form = CodeForm({"code": code})
    if not form.is_valid():
        return _page(request, form, error=Invalid({}))
    try:
        found = _look_up(request, form.cleaned_data["code"])
    except (Invalid, RateLimited) as error:
        fields = error.fields if isinstance(error, Invalid) else {}
        form.add_error("code", fields.get("credit_code", error.message))
        return _page(request, form, error=error)
    asking = _asking(request, form.cleaned_data["code"], found) if found else None
    return _page(request, form, found=found, asking=asking, is_unknown=not found)


@access(SIGNED_IN, once=True)
@require_POST
def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    """Withdraw one's own request."""
    try:
        actions.withdraw_membership_request(request.actor, request_id=request_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "申请已撤回。")
    return HttpResponseRedirect(reverse("membership:existing"), status=303)


def _ask(request: Request) -> HttpResponse:
    code = request.POST.get("code", "")
    try:
        found = _look_up(request, code)
    except (Invalid, RateLimited) as error:
        form = CodeForm({"code": code})
        form.add_error("code", getattr(error, "fields", {}).get("credit_code", error.message))
        return _page(request, form, error=error)
    asking = _asking(request, code, found, request.POST)
    problem: ProductError = Invalid({})
    if asking.is_valid():
        given = asking.cleaned_data
        try:
            actions.request_membership(
                request.actor, credit_code=code, kind=given["kind"], note=given["note"], name=given.get("name", "")
            )
        except Invalid as refusal:
            for name, message in refusal.fields.items():
                asking.add_error(name if name in asking.fields else None, message)
        except (Refused, RateLimited, NotFound) as refusal:
            asking.add_error(None, refusal.message)
            problem = refusal
        else:
            messages.success(request, "申请已发给管理员，处理后会通知您。")
            return HttpResponseRedirect(reverse("membership:existing"), status=303)
    return _page(request, CodeForm({"code": code}), found=found, asking=asking, error=problem)


def _look_up(request: Request, code: str) -> list[KnownOrganisation]:
    LOOK_UPS.hit(request.actor.person)
    return queries.known_organisations(code)


def _asking(request: Request, code: str, found: list[KnownOrganisation], data: Any = None) -> RequestForm:
    return with_kept_input(
        request,
        RequestForm(
            data,
            has_name=bool(accounts.profile(request.actor).name),
            choices=[(one.kind, f"{one.name}（{one.kind_label}）") for one in found],
            initial={"code": code, "kind": found[0].kind if found else ""},
        ),
    )


def _page(
    request: Request,
    form: CodeForm,
    *,
    found: list[KnownOrganisation] | None = None,
    asking: RequestForm | None = None,
    is_unknown: bool = False,
    error: ProductError | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "found": found or [],
        "asking": asking,
        "is_unknown": is_unknown,
        "mine": queries.my_membership_requests(request.actor),
    }
    response = render(request, f"{HERE}/existing.html", context, status=error.status if error else 200)
    return with_wait(response, error)
