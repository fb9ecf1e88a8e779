"""`/me/privacy/export`: request a copy of one's data, wait for it, download it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.portals.reading_limits import DRAWN
from jiuye.privacy import actions, queries

HERE = "portals/seeker/privacy/templates"


@access(SIGNED_IN.open_when_suspended())
@require_safe
def page(request: Request) -> HttpResponse:
    """What a copy contains, the form, and earlier requests. At most 12 queries."""
    context = {"exports": queries.exports(request.actor), "kept": actions.KEPT.days, "most": actions.COPIES.most}
    return render(request, f"{HERE}/export.html", context)


@access(SIGNED_IN.open_when_suspended())
@require_safe
def progress(request: Request) -> HttpResponse:
    """Fragment: the list of copies; polls while one is being prepared."""
    return render(request, f"{HERE}/exports.html", {"exports": queries.exports(request.actor)})


@access(SIGNED_IN.confirmed().open_when_suspended(), once=True)
@require_POST
def ask(request: Request) -> HttpResponse:
    """Request a copy."""
    actions.request_export(request.actor)
    messages.success(request, "已开始准备，一般几分钟就好，准备好会发站内消息。可以先离开这个页面。")
    return HttpResponseRedirect(reverse("my_privacy:export"), status=303)


@access(SIGNED_IN.confirmed().open_when_suspended(), limit=DRAWN)
@require_POST
def download(request: Request, export_id: UUID) -> HttpResponse:
    """Download the archive; a POST, because the download is logged."""
    response = HttpResponse(actions.download(request.actor, export_id=export_id), content_type="application/zip")
    name = f"就业在线-我的数据-{clock.today():%Y%m%d}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response
