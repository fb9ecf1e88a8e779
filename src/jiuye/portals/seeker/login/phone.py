"""`/login` in two steps that work without JavaScript: the phone number, then the code. The first step also shows the other ways."""

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel.access import ANYONE, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, ProductError, RateLimited
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login import known_browser
from jiuye.portals.seeker.login.attempt import Attempt
from jiuye.portals.seeker.login.entry import come_in, landing, safe_target
from jiuye.portals.seeker.login.forms import IN_LINE, CodeForm, PhoneForm
from jiuye.portals.seeker.login.in_app import channel_of
from jiuye.portals.seeker.login.steps import (
    HERE,
    Delivery,
    blame,
    delivery_fragment,
    delivery_of,
    in_whole_window,
)
from jiuye.ports import sms


def _phone_step(request: Request, form: Form, target: str, error: ProductError | None = None) -> HttpResponse:
    return form_page(
        request, f"{HERE}/phone.html", {"form": form, "target": target, "channel": channel_of(request)}, error
    )


def _code_step(
    request: Request, attempt: Attempt, form: Form, error: ProductError | None = None, again: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "phone": attempt.phone,
        "wait": attempt.wait,
        "again": again,
        "delivery": _delivery(attempt),
        "inbox": sms.get().inbox_url(attempt.phone),
    }
    return form_page(request, f"{HERE}/code.html", context, error)


def _delivery(attempt: Attempt) -> Delivery | None:
    return delivery_of(attempt.code_id, attempt.binding, attempt.asked_at)


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_whole_window
def start(request: Request) -> HttpResponse:
    """GET: the current step (`?change=1`: the first, to correct the number). POST: send a code to `phone`."""
    actor: Actor = request.actor
    attempt = attempts.load(request.session)
    if request.method == "POST":
        return _ask(request, actor, attempt)
    target = safe_target(request.GET.get("next", ""))
    if actor.is_signed_in:
        return HttpResponseRedirect(landing(actor, target))
    if attempt.is_waiting_for_code and "change" not in request.GET and target in ("", attempt.target):
        return _code_step(request, attempt, CodeForm())
    form = PhoneForm(initial={"phone": attempt.phone if attempt.is_waiting_for_code else ""})
    return _phone_step(request, form, target or attempt.target)


def _ask(request: Request, actor: Actor, attempt: Attempt) -> HttpResponse:
    form, target = PhoneForm(request.POST), safe_target(request.POST.get("next", ""))
    if not form.is_valid():
        return _phone_step(request, form, target, Invalid({}))
    try:
        _send(request, actor, attempt, form.cleaned_data["phone"], target, word=form.cleaned_data["word"])
    except (Invalid, RateLimited) as error:
        if error.code == IN_LINE:
            form.ask_for_word()
        blame(form, error)
        return _phone_step(request, form, target, error)
    return HttpResponseRedirect(reverse("login:start"), status=303)


def _send(request: Request, actor: Actor, attempt: Attempt, phone: str, target: str, word: str = "") -> Attempt:
    """Send a code and store the attempt. The secret is stored even after a refusal, so that limits stay with this browser."""
    attempts.begin(request.session, attempt)
    code_id = actions.request_login_code(
        actor, phone=phone, binding=attempt.binding, browser=known_browser.cookie_of(request), word=word
    )
    asked = attempt.asked(phone, code_id, target)
    attempts.save(request.session, asked)
    return asked


@access(ANYONE)
@require_POST
def again(request: Request) -> HttpResponse:
    """Send another code to the same number; htmx gets the button with its countdown."""
    attempt = attempts.load(request.session)
    if not attempt.is_waiting_for_code:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    refusal: ProductError | None = None
    try:
        attempt = _send(request, request.actor, attempt, attempt.phone, attempt.target)
    except RateLimited as error:
        refusal = error
    if request.headers.get("HX-Request"):
        context = {
            "wait": attempt.wait,
            "error": refusal.message if refusal else "",
            "delivery": _delivery(attempt),
        }
        return render(request, f"{HERE}/again.html", context)
    if refusal is None:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    return _code_step(request, attempt, CodeForm(), refusal, again=refusal.message)


@access(ANYONE)
@require_safe
def delivery(request: Request) -> HttpResponse:
    """Fragment: the delivery state of the message, polled until it is final."""
    return delivery_fragment(request, _delivery(attempts.load(request.session)), reverse("login:delivery"))


@sensitive_post_parameters("code")
@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """POST: check the code and sign in. GET (a reload after an error): the current step."""
    actor: Actor = request.actor
    attempt = attempts.load(request.session)
    if request.method != "POST" or not attempt.is_waiting_for_code:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_step(request, attempt, form, Invalid({}))
    try:
        entered = actions.verify_code(
            actor, phone=attempt.phone, code=form.cleaned_data["code"], binding=attempt.binding
        )
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _code_step(request, attempt, form, error)
    goal = come_in(request, entered, method=SignInMethod.SMS_CODE, target=attempt.target)
    return HttpResponseRedirect(goal, status=303)
