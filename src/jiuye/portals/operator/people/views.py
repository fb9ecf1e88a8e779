"""Support for people: found by their complete number, shown masked, helped for a reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions
from jiuye.domains.accounts import queries as accounts
from jiuye.domains.organisations import queries as organisations
from jiuye.erasure import actions as erasure
from jiuye.kernel.access import access
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import PEOPLE_DESK, SECURITY_ADMIN
from jiuye.portals.operator.people.forms import PhoneForm, ReasonForm

TEMPLATES = "portals/operator/people/templates"
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(PEOPLE_DESK)
@_FORM
def search(request: Request) -> HttpResponse:
    """Find a person by their complete number."""
    form = with_kept_input(request, PhoneForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.look_up_person(request.actor, phone=form.cleaned_data["phone"])
        except Invalid as error:
            form.add_error("phone", error.fields["phone"])
        except RateLimited as error:
            form.add_error(None, error.message)
            return with_wait(render(request, f"{TEMPLATES}/search.html", {"form": form}, status=429), error)
        else:
            if found:
                return redirect("ops_person", found)
            form.add_error("phone", "没有用这个手机号的账号。请与来电人核对号码，或确认是否更换过手机号。")
    return render(request, f"{TEMPLATES}/search.html", {"form": form}, status=422 if form.errors else 200)


@access(PEOPLE_DESK)
@require_safe
def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person's account."""
    return _page(request, person_id)


@access(PEOPLE_DESK)
@require_POST
def unmask(request: Request, person_id: UUID) -> HttpResponse:
    """Show the complete number, in this answer only."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, form=form)
    try:
        phone = actions.unmask_phone(request.actor, person_id=person_id, reason=form.cleaned_data["reason"])
    except Invalid as error:
        form.add_error("reason", error.fields["reason"])
        return _page(request, person_id, form=form)
    except RateLimited as error:
        form.add_error(None, error.message)
        return with_wait(_page(request, person_id, form=form, status=429), error)
    return _page(request, person_id, phone=phone)


def _page(
    request: Request, person_id: UUID, *, form: ReasonForm | None = None, phone: str = "", status: int = 422
) -> HttpResponse:
    context = {
        "person": accounts.person_file(request.actor, person_id),
        "places": organisations.memberships_of(person_id),
        "sign_ins": accounts.sign_ins_of(request.actor, person_id, cursor=request.GET.get("cursor", "")),
        "form": form or with_kept_input(request, ReasonForm(), action=reverse("ops_person_phone", args=[person_id])),
        "phone": phone,
        "may_secure": request.actor.role in SECURITY_ADMIN.roles,
    }
    return render(request, f"{TEMPLATES}/person.html", context, status=status if form else 200)


@access(SECURITY_ADMIN, once=True)
@_FORM
def end_sessions(request: Request, person_id: UUID) -> HttpResponse:
    """Ask for the reason, then sign the person out everywhere."""

    def end(reason: str) -> str:
        ended = actions.end_sessions_of(request.actor, person_id=person_id, reason=reason)
        return f"已在 {ended} 台设备上退出。" if ended else "这个账号没有在任何设备上登录。"

    words = {
        "title": "退出全部登录",
        "effect": "这个账号会立即在所有设备上退出。本人可以再次登录，简历和投递都不受影响。",
        "confirm": "全部退出",
    }
    return _decide(request, person_id, words, end)


@access(SECURITY_ADMIN, once=True)
@_FORM
def reset_second_factor(request: Request, person_id: UUID) -> HttpResponse:
    """Ask for the reason, then remove the lost second factor."""

    def reset(reason: str) -> str:
        actions.reset_second_factor(request.actor, person_id=person_id, reason=reason)
        return "已重置两步验证，并已短信通知本人。"

    words = {
        "title": "重置两步验证",
        "effect": "验证器、通行密钥和恢复码全部失效，所有设备立即退出，并用短信通知本人。请务必先核对本人身份。",
        "confirm": "重置",
    }
    return _decide(request, person_id, words, reset)


@access(SECURITY_ADMIN, once=True)
@_FORM
def erase(request: Request, person_id: UUID) -> HttpResponse:
    """Ask for the reason, then request the erasure of the account for the person (with re-authentication)."""

    def request_for(reason: str) -> str:
        erasure.request_erasure_for(request.actor, person_id=person_id, reason=reason)
        return "已登记注销，7 天后生效，并已短信通知本人。"

    words = {
        "title": "代为注销账号",
        "effect": "7 天后账号和简历将被删除，无法找回；期间本人可以登录撤销，并会收到短信。请务必先核对本人身份。",
        "confirm": "登记注销",
    }
    return _decide(request, person_id, words, request_for)


def _decide(request: Request, person_id: UUID, words: dict[str, str], do: Callable[[str], str]) -> HttpResponse:
    form = with_kept_input(request, ReasonForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(form.cleaned_data["reason"]))
        except Invalid as error:
            form.add_error("reason", error.fields["reason"])
        except (Denied, NotFound, Refused) as error:
            form.add_error(None, error.message)
        else:
            return redirect("ops_person", person_id)
    context: dict[str, Any] = {"form": form, "person": accounts.person_file(request.actor, person_id), **words}
    return render(request, f"{TEMPLATES}/decide.html", context, status=422 if form.errors else 200)
