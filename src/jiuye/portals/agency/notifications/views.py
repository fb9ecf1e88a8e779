"""An agency's messages, each member's own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.notifications import actions, queries
from jiuye.portals.agency.access import VIEWER


@access(VIEWER)
@require_safe
def inbox(request: Request) -> HttpResponse:
    """All messages, or with `?unread=1` those that wait to be read."""
    unread_only = request.GET.get("unread") == "1"
    page = queries.inbox(request.actor, unread_only=unread_only, cursor=request.GET.get("cursor", ""))
    return render(
        request, "portals/agency/notifications/templates/inbox.html", {"page": page, "unread_only": unread_only}
    )


@access(VIEWER)
@require_POST
def open_one(request: Request, notification_id: UUID) -> HttpResponse:
    """Mark a message read and go where it leads."""
    return redirect(actions.mark_read(request.actor, notification_id=notification_id) or "agency_notifications")


@access(VIEWER)
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything read."""
    actions.mark_all_read(request.actor)
    return redirect("agency_notifications")
