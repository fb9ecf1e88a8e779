"""The seeker's notification centre."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.notifications import actions, queries

HERE = "portals/seeker/notifications/templates"


@access(SIGNED_IN)
@require_GET
def inbox(request: Request) -> HttpResponse:
    """All messages, or with `?unread=1` those that wait to be read."""
    unread_only = request.GET.get("unread") == "1"
    context = {
        "page": queries.inbox(request.actor, unread_only=unread_only, cursor=request.GET.get("cursor", "")),
        "unread": queries.unread_count(request.actor),
        "unread_only": unread_only,
    }
    return render(request, f"{HERE}/inbox.html", context)


@access(SIGNED_IN)
@require_POST
def open_one(request: Request, notification_id: UUID) -> HttpResponse:
    """Mark a message read and go where it leads."""
    link = actions.mark_read(request.actor, notification_id=notification_id)
    return HttpResponseRedirect(link or reverse("my_notifications"))


@access(SIGNED_IN)
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything read."""
    actions.mark_all_read(request.actor)
    return HttpResponseRedirect(reverse("my_notifications"))
