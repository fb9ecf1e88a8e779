"""Recommended jobs on the front page, how they are selected, and the switch."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.reading_limits import LISTS
from jiuye.portals.seeker.jobs.links import list_address
from jiuye.recommendations import actions, queries

HERE = "portals/seeker/recommendations/templates"


@access(ANYONE, limit=LISTS)
@require_safe
def for_you(request: Request) -> HttpResponse:
    """Fragment: the visitor's recommendations; empty if there are none."""
    found = queries.for_me(request.actor)
    if found is None:
        return HttpResponse(status=204)
    return render(request, f"{HERE}/for_you.html", {"found": found, "href": list_address(found.query)})


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """How jobs are recommended and by which data; POST `wanted` (yes, no) switches it."""
    if request.method == "POST":
        wanted = request.POST.get("wanted")
        if wanted not in ("yes", "no"):
            raise Refused("没有收到您的选择，请返回再点一次。")
        (actions.switch_on if wanted == "yes" else actions.switch_off)(request.actor)
        messages.success(request, "已打开个性化推荐。" if wanted == "yes" else "已关闭个性化推荐，马上生效。")
        return HttpResponseRedirect(reverse("recommendations"), status=303)
    context = {"are_on": queries.are_on(request.actor), "wish": queries.first_intention(request.actor)}
    return render(request, f"{HERE}/page.html", context)
