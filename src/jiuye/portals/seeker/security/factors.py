"""Setting up and removing the second factor: authenticator app and recovery codes."""

import segno
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.login.steps import blame
from jiuye.portals.seeker.security.forms import AuthenticatorForm
from jiuye.portals.seeker.security.passkeys import site_of
from jiuye.portals.seeker.security.steps import HERE


def _target(request: Request) -> str:
    return safe_target(request.POST.get("next", "") or request.GET.get("next", ""))


@access(SIGNED_IN)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Show the state of the second factor. `next`: the page to continue to after a required set-up."""
    context = {
        "factor": queries.second_factor(request.actor),
        "is_staff": bool(queries.places(request.actor)),
        "target": _target(request),
        "passkeys_possible": site_of(request) is not None,
    }
    return form_page(request, f"{HERE}/factors.html", context)


@access(SIGNED_IN.confirmed())
@require_POST
def begin(request: Request) -> HttpResponse:
    """Create a secret for a new app and show it."""
    actions.begin_authenticator(request.actor)
    target = _target(request)
    address = reverse("security:authenticator")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': target})}" if target else address, status=303)


@sensitive_post_parameters("code")
@access(SIGNED_IN.confirmed())
@require_http_methods(["GET", "HEAD", "POST"])
def authenticator(request: Request) -> HttpResponse:
    """Show the QR code and the key, and verify the app's first code; then show the recovery codes, this once."""
    target = _target(request)
    if queries.enrolment(request.actor) is None:
        return HttpResponseRedirect(reverse("security:second_factor"), status=303)
    if request.method != "POST":
        return _authenticator_page(request, AuthenticatorForm(), target)
    form = AuthenticatorForm(request.POST)
    if not form.is_valid():
        return _authenticator_page(request, form, target, Invalid({}))
    try:
        codes = actions.confirm_authenticator(request.actor, request, code=form.cleaned_data["code"])
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _authenticator_page(request, form, target, error)
    rotate_token(request)
    return form_page(request, f"{HERE}/codes.html", {"codes": codes, "target": target, "is_first": True})


def _authenticator_page(
    request: Request, form: AuthenticatorForm, target: str, error: ProductError | None = None
) -> HttpResponse:
    enrolment = queries.enrolment(request.actor)
    picture = (
        segno.make(enrolment.uri, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")
        if enrolment
        else ""
    )
    context = {"form": form, "target": target, "typed": enrolment.typed if enrolment else "", "picture": picture}
    return form_page(request, f"{HERE}/authenticator.html", context, error)


@access(SIGNED_IN.confirmed())
@require_POST
def remove(request: Request) -> HttpResponse:
    """Remove the app."""
    actions.remove_authenticator(request.actor)
    messages.success(request, "已移除验证器。")
    return HttpResponseRedirect(reverse("security:second_factor"), status=303)


@access(SIGNED_IN.confirmed())
@require_POST
def recovery_codes(request: Request) -> HttpResponse:
    """Replace the recovery codes and show the new ones, this once."""
    codes = actions.renew_recovery_codes(request.actor)
    return form_page(request, f"{HERE}/codes.html", {"codes": codes, "target": "", "is_first": False})
