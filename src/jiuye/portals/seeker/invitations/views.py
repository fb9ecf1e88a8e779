"""`/me/invitations`: invitations to apply from agencies that found the resume."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import actions, queries
from jiuye.domains.resumes.queries import visibility
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request

HERE = "portals/seeker/invitations/templates"


@access(SIGNED_IN)
@require_safe
def list_mine(request: Request) -> HttpResponse:
    """The invitations, latest first. Four queries."""
    page = queries.my_invitations(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/list.html", {"page": page, "now": visibility(request.actor)})


@access(SIGNED_IN, once=True)
@require_POST
def answer(request: Request, invitation_id: UUID) -> HttpResponse:
    """Decline, or reconsider (`answer=reconsider`)."""
    if request.POST.get("answer") == "reconsider":
        actions.reconsider_invitation(request.actor, invitation_id=invitation_id)
        messages.success(request, "已改回。想投递时，打开职位投递就行。")
    else:
        actions.decline_invitation(request.actor, invitation_id=invitation_id)
        messages.success(request, "已告知对方您不感兴趣，30 天内它不能再邀请您。点“撤销”可以改回。")
    return HttpResponseRedirect(f"{reverse('my_invitations:home')}#{invitation_id}", status=303)
