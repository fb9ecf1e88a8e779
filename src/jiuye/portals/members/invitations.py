"""Invitations of members: send, send again, cancel."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from jiuye.domains.organisations import actions
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.members.desk import Desk
from jiuye.portals.members.forms import InvitationForm


def invite(desk: Desk, request: Request) -> HttpResponse:
    """GET: whom to invite. POST: send the invitation."""
    form = InvitationForm(request.POST if request.method == "POST" else None, initial={"role": "recruiter"})
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if form.is_bound:
        error = Invalid({})
        if form.is_valid():
            try:
                actions.invite_member(request.actor, **form.cleaned_data)
            except Invalid as refusal:
                for name, message in refusal.fields.items():
                    form.add_error(name, message)
            except (Refused, RateLimited) as refusal:
                form.add_error(None, refusal.message)
                error = refusal
            else:
                messages.success(request, "邀请短信已发出，7 天内有效。对方接受后会出现在成员列表里。")
                return desk.to_list()
    return with_wait(desk.page(request, "invite.html", status=error.status if error else 200, form=form), error)


def resend(desk: Desk, request: Request, invitation_id: UUID) -> HttpResponse:
    """Send the link again."""
    try:
        actions.resend_invitation(request.actor, invitation_id=invitation_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已重新发送，从现在起 7 天内有效。")
    return desk.to_list()


def cancel(desk: Desk, request: Request, invitation_id: UUID) -> HttpResponse:
    """Cancel the invitation."""
    try:
        actions.cancel_invitation(request.actor, invitation_id=invitation_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "邀请已取消，短信里的链接不再有效。")
    return desk.to_list()
