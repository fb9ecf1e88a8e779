"""The members: the list, another role, the hand-over, the end, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from jiuye.domains.organisations import actions, queries
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.members.desk import Desk
from jiuye.portals.members.forms import RoleForm


def listing(desk: Desk, request: Request) -> HttpResponse:
    """The members, and for everybody what waits. Five queries besides the desk's own."""
    actor = request.actor
    page = queries.members(actor, cursor=request.GET.get("cursor", ""))
    return desk.page(
        request,
        "list.html",
        page=page,
        invitations=queries.waiting_invitations(actor),
        requests=queries.waiting_requests(actor),
        may_manage=actor.role == "owner",
        me=actor.person_id,
    )


def member(desk: Desk, request: Request, person_id: UUID) -> HttpResponse:
    """GET: one member with what can be changed. POST: give them another role."""
    one = queries.member(request.actor, person_id)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": one.role})
    form = with_kept_input(request, form)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                actions.change_role(request.actor, person_id=person_id, role=form.cleaned_data["role"])
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                role = queries.member(request.actor, person_id).role_label
                messages.success(request, f"{one.name}的角色是{role}，已通知本人。")
                return desk.to_list()
    return desk.page(request, "member.html", status=status, member=one, form=form)


def transfer(desk: Desk, request: Request, person_id: UUID) -> HttpResponse:
    """GET: what the hand-over does. POST: hand over."""
    one = queries.member(request.actor, person_id)
    if request.method == "POST":
        try:
            actions.transfer_ownership(request.actor, person_id=person_id)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"已把管理员移交给{one.name}，您现在是招聘专员。")
        return desk.to_list()
    return desk.page(request, "transfer.html", member=one, team=queries.team(request.actor))


def end(desk: Desk, request: Request, person_id: UUID) -> HttpResponse:
    """GET: what the end means. POST: end the membership."""
    one = queries.member(request.actor, person_id)
    if request.method == "POST":
        try:
            actions.end_membership(request.actor, person_id=person_id)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"{one.name}已不是成员，立即不能再进入工作台。")
        return desk.to_list()
    return desk.page(request, "end.html", member=one)


def leave(desk: Desk, request: Request) -> HttpResponse:
    """GET: what leaving means, or why it is not possible yet. POST: leave."""
    team = queries.team(request.actor)
    if request.method == "POST":
        try:
            actions.leave_organisation(request.actor)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return desk.to_list()
        messages.success(request, f"您已离开{team.name}。")
        return HttpResponseRedirect("/me", status=303)
    return desk.page(request, "leave.html", team=team, is_last=request.actor.role == "owner" and team.owners == 1)
