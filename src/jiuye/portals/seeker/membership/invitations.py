"""`/join/invitations/…`: the link in an invitation's text message. Looking at it uses nothing up."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.organisations import actions, queries
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals import kept_input
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.membership.forms import AcceptanceForm

HERE = "portals/seeker/membership/templates"
PORTALS = {"agency": "/agency", "employer": "/employer"}


@access(ANYONE)
@require_safe
def show(request: Request, token: str) -> HttpResponse:
    """Who invites whom as what; the button for the person to whose phone it was sent."""
    try:
        return _page(request, token)
    except NotFound as error:
        return render(request, f"{HERE}/unknown.html", {"message": error.message}, status=error.status)


@access(SIGNED_IN, once=True)
@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    """Become a member, and continue in the organisation's portal."""
    shown = queries.invitation(request.actor, token=token)
    form = AcceptanceForm(request.POST, has_name=shown.has_name)
    if not form.is_valid():
        return _page(request, token, form)
    try:
        joined = actions.accept_invitation(request.actor, token=token, name=form.cleaned_data.get("name", ""))
    except Invalid as error:
        for name, message in error.fields.items():
            form.add_error(name, message)
        return _page(request, token, form)
    except Refused as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("membership:invitation", args=[token]), status=303)
    accounts.work_for(request.actor, request, organisation_id=joined.organisation_id)
    messages.success(request, f"您已加入{joined.name}，角色为{joined.role_label}。")
    return HttpResponseRedirect(PORTALS[joined.kind], status=303)


@access(ANYONE)
@require_POST
def change_account(request: Request, token: str) -> HttpResponse:
    """Sign out, and come back to the invitation with the account of the invited phone."""
    kept_input.forget(request)
    accounts.sign_out(request.actor, request)
    target = urlencode({"next": reverse("membership:invitation", args=[token])})
    response = HttpResponseRedirect(f"{reverse('login:start')}?{target}", status=303)
    kept_input.drop_cookies(response)
    return response


def _page(request: Request, token: str, form: AcceptanceForm | None = None) -> HttpResponse:
    shown = queries.invitation(request.actor, token=token)
    blank = AcceptanceForm(has_name=shown.has_name)
    context = {
        "invitation": shown,
        "token": token,
        "form": form or with_kept_input(request, blank, action=reverse("membership:accept", args=[token])),
        "is_signed_in": request.actor.is_signed_in,
        "login": f"{reverse('login:start')}?{urlencode({'next': request.path.removesuffix('/accept')})}",
        "portal": PORTALS[shown.organisation_kind],
    }
    return render(request, f"{HERE}/invitation.html", context, status=422 if form else 200)
