"""After signing in: the choice of an organisation for staff. And signing out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.http.request import Request, sent_from
from jiuye.portals import kept_input
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.login.steps import HERE, in_whole_window

PORTALS = {
    OrganisationKind.AGENCY: "/agency",
    OrganisationKind.EMPLOYER: "/employer",
    OrganisationKind.PLATFORM: "/ops",
}


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@in_whole_window
def where(request: Request) -> HttpResponse:
    """Let staff choose the organisation to act for. POST `organisation`."""
    actor: Actor = request.actor
    if request.method == "POST":
        try:
            chosen = UUID(request.POST.get("organisation", ""))
        except ValueError as error:
            raise NotFound from error
        kind = actions.work_for(actor, request, organisation_id=chosen)
        return HttpResponseRedirect(PORTALS[OrganisationKind(kind)], status=303)
    places = organisations.memberships_of(actor.person_id) if actor.person_id else []
    if not places:
        return HttpResponseRedirect("/me")
    return render(request, f"{HERE}/where.html", {"places": places})


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request) -> HttpResponse:
    """GET: ask first (a link must not sign anybody out). POST: sign out."""
    if request.method == "POST":
        kept_input.forget(request)
        actions.sign_out(request.actor, request)
        messages.success(request, "您已退出登录。在公用电脑上，请一并关闭浏览器。")
        response = HttpResponseRedirect(reverse("login:start"), status=303)
        kept_input.drop_cookies(response)
        return response
    return render(request, f"{HERE}/leave.html", {})


@access(ANYONE)
@require_POST
def forget_kept(request: Request) -> HttpResponse:
    """Delete the kept input and show the page without it."""
    kept_input.forget(request)
    came = safe_target(sent_from(request, "Referer").path)
    return HttpResponseRedirect(came or "/me", status=303)
