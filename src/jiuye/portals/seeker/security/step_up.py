"""`/login/second-factor` and `/login/confirm`: the second factor and step-up in an existing session, then back to the page."""

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
from jiuye.portals.seeker.login.entry import landing, safe_target
from jiuye.portals.seeker.login.steps import blame, delivery_fragment, delivery_of
from jiuye.portals.seeker.security import pending_code as pendings
from jiuye.portals.seeker.security.forms import FactorForm, SmsCodeForm
from jiuye.portals.seeker.security.passkeys import site_of
from jiuye.portals.seeker.security.steps import HERE, code_fragment
from jiuye.ports import sms


def _target(request: Request) -> str:
    return safe_target(request.POST.get("next", "") or request.GET.get("next", ""))


def _with_next(name: str, target: str) -> str:
    address = reverse(name)
    return f"{address}?{urlencode({'next': target})}" if target else address


@sensitive_post_parameters("code")
@access(SIGNED_IN.open_when_suspended())
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """The second factor of staff, and step-up for everyone who has one: an app's code, or a recovery code."""
    actor, target = request.actor, _target(request)
    if not queries.has_second_factor(actor.person):
        return HttpResponseRedirect(_with_next("security:second_factor", target), status=303)
    if request.method != "POST":
        return _factor_page(request, FactorForm(), target)
    form = FactorForm(request.POST)
    if not form.is_valid():
        return _factor_page(request, form, target, Invalid({}))
    try:
        passed = actions.pass_second_factor(actor, request, code=form.cleaned_data["code"])
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _factor_page(request, form, target, error)
    rotate_token(request)
    if passed.recovery_codes_left is not None:
        return form_page(
            request, f"{HERE}/recovered.html", {"left": passed.recovery_codes_left, "target": landing(actor, target)}
        )
    return HttpResponseRedirect(landing(actor, target), status=303)


def _factor_page(request: Request, form: FactorForm, target: str, error: ProductError | None = None) -> HttpResponse:
    factor = queries.second_factor(request.actor)
    context = {
        "form": form,
        "target": target,
        "has_app": factor.authenticator_since is not None,
        "passkeys": factor.passkeys if site_of(request) else [],
    }
    return form_page(request, f"{HERE}/second_factor.html", context, error)


@sensitive_post_parameters("code")
@access(SIGNED_IN.open_when_suspended())
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Step-up by a code to the person's phone; people with a second factor use that instead."""
    actor, target = request.actor, _target(request)
    if queries.has_second_factor(actor.person):
        return HttpResponseRedirect(_with_next("security:pass", target), status=303)
    if request.method != "POST":
        return _confirm_page(request, SmsCodeForm(), target)
    form, pending = SmsCodeForm(request.POST), pendings.load(request.session, pendings.CONFIRM)
    if not form.is_valid():
        return _confirm_page(request, form, target, Invalid({}))
    try:
        actions.confirm_by_code(actor, request, code=form.cleaned_data["code"], binding=pending.binding)
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _confirm_page(request, form, target, error)
    pendings.forget(request.session, pendings.CONFIRM)
    return HttpResponseRedirect(target or reverse("security:home"), status=303)


@access(SIGNED_IN.open_when_suspended())
@require_POST
def send(request: Request) -> HttpResponse:
    """Send the code; htmx gets the button with its countdown."""
    pending = pendings.load(request.session, pendings.CONFIRM)
    refusal: RateLimited | None = None
    pendings.save(request.session, pendings.CONFIRM, pending)
    try:
        pending = pending.asked(actions.request_confirmation(request.actor, binding=pending.binding))
        pendings.save(request.session, pendings.CONFIRM, pending)
    except RateLimited as error:
        refusal = error
    if request.headers.get("HX-Request"):
        return code_fragment(
            request,
            pending,
            send_url=reverse("security:confirm_send"),
            follow=reverse("security:confirm_delivery"),
            error=refusal,
        )
    if refusal is None:
        return HttpResponseRedirect(_with_next("security:confirm", _target(request)), status=303)
    return _confirm_page(request, SmsCodeForm(), _target(request), refusal, again=refusal.message)


@access(SIGNED_IN.open_when_suspended())
@require_safe
def delivery(request: Request) -> HttpResponse:
    """Fragment: the delivery state of the message."""
    pending = pendings.load(request.session, pendings.CONFIRM)
    reached = delivery_of(pending.code_id, pending.binding, pending.asked_at)
    return delivery_fragment(request, reached, reverse("security:confirm_delivery"))


def _confirm_page(
    request: Request, form: SmsCodeForm, target: str, error: ProductError | None = None, again: str = ""
) -> HttpResponse:
    pending, phone = pendings.load(request.session, pendings.CONFIRM), queries.profile(request.actor).phone
    context = {
        "form": form,
        "target": target,
        "phone": phone,
        "wait": pending.wait,
        "again": again,
        "delivery": delivery_of(pending.code_id, pending.binding, pending.asked_at) if pending.is_waiting else None,
        "follow": reverse("security:confirm_delivery"),
        "inbox": sms.get().inbox_url(phone),
    }
    return form_page(request, f"{HERE}/confirm.html", context, error)
