"""The platform's operators: who they are, and changes of their roles, which take two administrators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import SECURITY_ADMIN, STAFF_LIST
from jiuye.portals.operator.staff.forms import ChangeForm, NewOperatorForm

TEMPLATES = "portals/operator/staff/templates"
ASKED = "已提出。另一位管理员确认后才生效，在此之前什么都不会改变。"
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(STAFF_LIST)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All operators, and what waits for a confirmation. Two queries."""
    context = {
        "operators": queries.operators(request.actor),
        "pending": queries.pending_role_changes(request.actor),
        "may_change": request.actor.role in SECURITY_ADMIN.roles,
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(STAFF_LIST)
@require_safe
def history(request: Request) -> HttpResponse:
    """Decided changes, newest first. One query."""
    page = queries.decided_role_changes(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/history.html", {"page": page})


@access(SECURITY_ADMIN, once=True)
@_FORM
def add(request: Request) -> HttpResponse:
    """Ask for somebody to become an operator."""
    form = with_kept_input(request, NewOperatorForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            person_id = actions.look_up_person(request.actor, phone=form.cleaned_data["phone"])
        except Invalid as error:
            form.add_error("phone", error.fields["phone"])
        except RateLimited as error:
            form.add_error(None, error.message)
            return form_page(request, f"{TEMPLATES}/new.html", {"form": form}, error)
        else:
            if person_id is None:
                form.add_error("phone", "没有用这个手机号的账号。请对方先用这个手机号登录一次本站，再来添加。")
            elif _ask(request, form, person_id):
                return redirect("ops_staff")
    return _shown(request, f"{TEMPLATES}/new.html", {"form": form})


@access(SECURITY_ADMIN, once=True)
@_FORM
def change(request: Request, person_id: UUID) -> HttpResponse:
    """Ask for another role of an operator, or for its end."""
    found = queries.operator(request.actor, person_id)
    form = with_kept_input(request, ChangeForm(request.POST or None))
    if request.method == "POST" and form.is_valid() and _ask(request, form, person_id):
        return redirect("ops_staff")
    return _shown(request, f"{TEMPLATES}/change.html", {"form": form, "operator": found})


def _ask(request: Request, form: ChangeForm, person_id: UUID) -> bool:
    """Return whether the request was made; if not, the form says why."""
    try:
        actions.request_role_change(
            request.actor, person_id=person_id, role=form.chosen_role, reason=form.cleaned_data["reason"]
        )
    except Invalid as error:
        for field, message in error.fields.items():
            form.add_error(field, message)
        return False
    except Refused as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, ASKED)
    return True


def _shown(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)


@access(SECURITY_ADMIN.confirmed(), once=True)
@require_POST
def confirm(request: Request, change_id: UUID) -> HttpResponse:
    """Confirm a colleague's request: it takes effect."""
    try:
        actions.confirm_role_change(request.actor, change_id=change_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已确认，变更立即生效。")
    return redirect("ops_staff")


@access(SECURITY_ADMIN, once=True)
@require_POST
def decline(request: Request, change_id: UUID) -> HttpResponse:
    """Refuse a colleague's request, or withdraw one's own."""
    try:
        actions.decline_role_change(request.actor, change_id=change_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "变更已取消，角色没有改变。")
    return redirect("ops_staff")
