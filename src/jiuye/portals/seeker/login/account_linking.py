"""Linking a card to the signed-in account by scanning: it verifies the person's name, and the card then signs in to this account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.accounts import actions
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login import scan
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.login.scan import Errand


@access(SIGNED_IN.confirmed())
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request) -> HttpResponse:
    """GET: the QR code of this browser in its last state. POST: a new one. `?next=`: where to continue."""
    shown = scan.load(request.session)
    asked = request.POST if request.method == "POST" else request.GET
    target = safe_target(asked.get("next", "")) or (shown.target if shown else "")
    if request.method == "POST":
        return scan.begin(request, LINKING, target)
    return scan.answer(request, LINKING, shown, target)


@access(SIGNED_IN.confirmed())
@require_POST
def follow(request: Request, qr_id: UUID) -> HttpResponse:
    """Poll the request; link the card once it is approved."""
    return scan.go_on(request, LINKING, qr_id)


def _link(request: Request, qr_id: UUID, binding: str, target: str) -> str:
    actions.link_by_qr(request.actor, qr_id=qr_id, binding=binding)
    messages.success(request, "已关联电子社保卡，实名认证完成。以后也可以用这张卡登录这个账号。")
    return target or reverse("real_name")


LINKING = Errand("login:link", "login:link_follow", "link.html", _link)
