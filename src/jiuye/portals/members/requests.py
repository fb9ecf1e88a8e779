"""Requests of people who want to become members: accept with a role, or refuse with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from jiuye.domains.organisations import actions, queries
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.members.desk import Desk
from jiuye.portals.members.forms import RefusalForm, RoleForm


def show(desk: Desk, request: Request, request_id: UUID) -> HttpResponse:
    """One request with both answers."""
    return _page(desk, request, request_id)


def accept(desk: Desk, request: Request, request_id: UUID) -> HttpResponse:
    """Make the person a member."""
    one, form = queries.waiting_request(request.actor, request_id), RoleForm(request.POST)
    if not form.is_valid():
        return _page(desk, request, request_id, role=form)
    try:
        actions.accept_membership_request(request.actor, request_id=request_id, role=form.cleaned_data["role"])
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{one.name}已成为成员，已通知本人。")
    return desk.to_list()


def refuse(desk: Desk, request: Request, request_id: UUID) -> HttpResponse:
    """Refuse with a reason."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(desk, request, request_id, refusal=form)
    try:
        actions.refuse_membership_request(request.actor, request_id=request_id, reason=form.cleaned_data["reason"])
    except Invalid as error:
        form.add_error("reason", error.fields["reason"])
        return _page(desk, request, request_id, refusal=form)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已谢绝，申请人会看到原因。")
    return desk.to_list()


def _page(
    desk: Desk,
    request: Request,
    request_id: UUID,
    *,
    role: RoleForm | None = None,
    refusal: RefusalForm | None = None,
) -> HttpResponse:
    wrong = role or refusal
    role = role or with_kept_input(
        request, RoleForm(initial={"role": "recruiter"}), action=desk.url("_accept", request_id)
    )
    refusal = refusal or with_kept_input(request, RefusalForm(), action=desk.url("_refuse", request_id))
    return desk.page(
        request,
        "request.html",
        status=422 if wrong else 200,
        asked=queries.waiting_request(request.actor, request_id),
        role=role,
        refusal=refusal,
    )
