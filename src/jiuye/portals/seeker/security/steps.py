"""Shared by the pages of account security: responses with an error's status, and the button that sends a code."""

from django.http import HttpResponse
from django.shortcuts import render

from jiuye.kernel.errors import RateLimited
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login.steps import delivery_of
from jiuye.portals.seeker.security.pending_code import Pending

HERE = "portals/seeker/security/templates"


def code_fragment(
    request: Request, pending: Pending, *, send_url: str, follow: str, error: RateLimited | None
) -> HttpResponse:
    """Fragment: the button after it was pressed, and the delivery state, polled at `follow`."""
    context = {
        "send": send_url,
        "follow": follow,
        "wait": pending.wait,
        "error": error.message if error else "",
        "delivery": delivery_of(pending.code_id, pending.binding, pending.asked_at),
    }
    return render(request, "portals/seeker/login/templates/again.html", context)
