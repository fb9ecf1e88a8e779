"""`/me/security`: protection of the account, current and past sessions, and signing out other devices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request

HERE = "portals/seeker/security/templates"


@access(SIGNED_IN.open_when_suspended())
@require_safe
def home(request: Request) -> HttpResponse:
    """Show phone, second factor, and every signed-in browser. At most 12 queries."""
    actor = request.actor
    context = {
        "profile": queries.profile(actor),
        "factor": queries.second_factor(actor),
        "is_staff": bool(queries.places(actor)),
        "devices": queries.devices(actor, session_key=request.session.session_key),
    }
    return render(request, f"{HERE}/home.html", context)


@access(SIGNED_IN.open_when_suspended())
@require_safe
def history(request: Request) -> HttpResponse:
    """Show the sign-in history, newest first."""
    page = queries.sign_ins(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/history.html", {"page": page})


@access(SIGNED_IN.open_when_suspended())
@require_POST
def end(request: Request, handle: UUID) -> HttpResponse:
    """Sign out one other browser."""
    actions.end_session(request.actor, handle=handle)
    messages.success(request, "已在那台设备上退出登录。")
    return HttpResponseRedirect(reverse("security:home"), status=303)


@access(SIGNED_IN.open_when_suspended())
@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign out all other browsers."""
    ended = actions.end_other_sessions(request.actor, session_key=request.session.session_key)
    messages.success(request, f"已在其他 {ended} 台设备上退出登录。" if ended else "没有其他设备登录着。")
    return HttpResponseRedirect(reverse("security:home"), status=303)


@access(SIGNED_IN.open_when_suspended())
@require_POST
def end_all(request: Request) -> HttpResponse:
    """Sign out all browsers, this one included."""
    actions.end_other_sessions(request.actor, session_key=request.session.session_key)
    actions.sign_out(request.actor, request)
    messages.success(request, "已在所有设备上退出登录，这台也是。")
    return HttpResponseRedirect(reverse("login:start"), status=303)
