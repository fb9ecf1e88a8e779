"""An employer's first page: the agencies that recruit for it, its postings, how many applied; and its messages."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.notifications import actions as notification_actions
from jiuye.notifications import queries as notifications
from jiuye.portals.employer.access import EMPLOYER

TEMPLATES = "portals/employer/home/templates"


@access(EMPLOYER)
@require_safe
def home(request: Request) -> HttpResponse:
    """Agencies, postings and the numbers of their applications."""
    actor: Actor = request.actor
    page = jobs.employer_postings(actor, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "numbers": applications.numbers_by_posting(actor, [row.id for row in page.items]),
        "agencies": organisations.agencies_of(actor),
    }
    return render(request, f"{TEMPLATES}/home.html", context)


@access(EMPLOYER)
@require_safe
def inbox(request: Request) -> HttpResponse:
    """All messages, or with `?unread=1` those that wait to be read."""
    unread_only = request.GET.get("unread") == "1"
    actor: Actor = request.actor
    page = notifications.inbox(actor, unread_only=unread_only, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/inbox.html", {"page": page, "unread_only": unread_only})


@access(EMPLOYER)
@require_POST
def open_one(request: Request, notification_id: UUID) -> HttpResponse:
    """Mark a message read and go where it leads."""
    actor: Actor = request.actor
    return redirect(notification_actions.mark_read(actor, notification_id=notification_id) or "employer_notifications")


@access(EMPLOYER)
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything read."""
    notification_actions.mark_all_read(request.actor)
    return redirect("employer_notifications")
