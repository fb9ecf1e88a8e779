"""What the pages of this feature share: answering with an error's status, and the button that sends a code."""

from django.http import HttpResponse
from django.shortcuts import render

from jiuye.kernel.errors import ProductError, RateLimited, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login.steps import delivery_of
from jiuye.portals.seeker.security.pending_code import Pending

HERE = "portals/seeker/security/templates"


def step(
    request: Request, template: str, context: dict[str, object], error: ProductError | None = None
) -> HttpResponse:
    """A page; an error keeps the input and answers with its own status."""
    response = render(request, f"{HERE}/{template}", context, status=error.status if error else 200)
    if isinstance(error, RateLimited | Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def code_fragment(
    request: Request, pending: Pending, *, send_url: str, follow: str, error: RateLimited | None
) -> HttpResponse:
    """Fragment: the button after it was pressed, and how far the message is; `follow` is asked for that again."""
    context = {
        "send": send_url,
        "follow": follow,
        "wait": pending.wait,
        "error": error.message if error else "",
        "delivery": delivery_of(pending.code_id, pending.binding, pending.asked_at),
    }
    return render(request, "portals/seeker/login/templates/again.html", context)
