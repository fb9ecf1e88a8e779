"""注销账号: what is deleted and what the law keeps; request it, and cancel it within the week."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.applications import queries as applications
from jiuye.domains.organisations import queries as organisations
from jiuye.erasure import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.erasure.forms import ErasureForm

HERE = "portals/seeker/erasure/templates"


@access(SIGNED_IN.confirmed().open_when_suspended(), once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request) -> HttpResponse:
    """GET: the consequences and the form, or the pending request. POST: request it. At most seven queries."""
    form = with_kept_input(request, ErasureForm(request.POST if request.method == "POST" else None))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                actions.request_erasure(request.actor)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, "已收到您的注销申请，7 天内可以随时撤销。")
                return HttpResponseRedirect(reverse("me"), status=303)
    context = {
        "form": form,
        "standing": queries.standing(request.actor),
        "alone": organisations.owned_alone(request.actor.person),
        "under_way": applications.my_counts(request.actor)["open"],
    }
    return render(request, f"{HERE}/erase.html", context, status=status)


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_POST
def cancel(request: Request) -> HttpResponse:
    """Cancel the request."""
    if actions.cancel_erasure(request.actor):
        messages.success(request, "已撤销注销，账号照常使用。")
    else:
        messages.info(request, "没有正在进行的注销申请。")
    return HttpResponseRedirect(reverse("me"), status=303)
