"""Passkeys: the options and responses of the browser's WebAuthn dialogue, sent by `passkey.js`. The other pages work
without JavaScript.
"""

from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import Site
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.seeker.login.entry import landing, safe_target
from jiuye.portals.seeker.security.steps import HERE


def site_of(request: Request) -> Site | None:
    """Return our site as a WebAuthn relying party; None for an IP address, which cannot be one (WebAuthn §5.1.2)."""
    public = urlsplit(settings.SITE_URL)
    asked = public.netloc if settings.PRODUCTION else request.get_host()  # in development by any of its names
    host = asked.rpartition(":")[0] if ":" in asked else asked
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        origin = settings.SITE_URL if public.netloc == asked else f"{request.scheme}://{asked}"
        return Site(host, origin.rstrip("/"))
    return None


def _site(request: Request) -> Site:
    site = site_of(request)
    if site is None:
        raise NotFound("通行密钥要通过域名访问才能使用，请用验证器应用。")
    return site


@access(SIGNED_IN.confirmed())
@require_POST
def options(request: Request) -> HttpResponse:
    """Return the options for creating a passkey, as JSON."""
    return HttpResponse(actions.begin_passkey(request.actor, request, site=_site(request)), "application/json")


@access(SIGNED_IN.confirmed())
@require_POST
def add(request: Request) -> HttpResponse:
    """Add a passkey (`credential`: the browser's response as JSON). The first one also creates the recovery codes."""
    target = safe_target(request.POST.get("next", ""))
    try:
        codes = actions.add_passkey(
            request.actor,
            request,
            credential=request.POST.get("credential", ""),
            name=request.POST.get("name", ""),
            site=_site(request),
        )
    except Refused as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("security:second_factor"), status=303)
    rotate_token(request)
    if codes:
        return form_page(request, f"{HERE}/codes.html", {"codes": codes, "target": target, "is_first": True})
    messages.success(request, "已添加通行密钥。")
    return HttpResponseRedirect(target or reverse("security:second_factor"), status=303)


@access(SIGNED_IN.confirmed())
@require_POST
def remove(request: Request, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey."""
    actions.remove_passkey(request.actor, passkey_id=passkey_id)
    messages.success(request, "已移除通行密钥。")
    return HttpResponseRedirect(reverse("security:second_factor"), status=303)


@access(SIGNED_IN.open_when_suspended())
@require_POST
def challenge(request: Request) -> HttpResponse:
    """Return the options for using one of the person's passkeys, as JSON."""
    return HttpResponse(actions.offer_passkeys(request.actor, request, site=_site(request)), "application/json")


@access(SIGNED_IN.open_when_suspended())
@require_POST
def use(request: Request) -> HttpResponse:
    """Pass the second factor with a passkey."""
    target = safe_target(request.POST.get("next", ""))
    try:
        actions.pass_by_passkey(
            request.actor, request, credential=request.POST.get("credential", ""), site=_site(request)
        )
    except Refused as error:
        messages.error(request, error.message)
        again = reverse("security:pass")
        return HttpResponseRedirect(f"{again}?{urlencode({'next': target})}" if target else again, status=303)
    rotate_token(request)
    return HttpResponseRedirect(landing(request.actor, target), status=303)
