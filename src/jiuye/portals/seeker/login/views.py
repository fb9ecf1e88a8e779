"""`/login` in two steps that work without script: the phone, then the code; then where to, for staff."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.states import CodeDelivery, CodePurpose, OrganisationKind
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login.attempt import Attempt, safe_target
from jiuye.portals.seeker.login.forms import CodeForm, PhoneForm
from jiuye.ports import sms

HERE = "portals/seeker/login/templates"
PORTALS = {
    OrganisationKind.AGENCY: "/agency",
    OrganisationKind.EMPLOYER: "/employer",
    OrganisationKind.PLATFORM: "/ops",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the person waiting for a message is told."""

    kind: str
    text: str
    is_settled: bool


_DELIVERIES = {
    CodeDelivery.QUEUED: Delivery("info", "短信正在发出，通常几秒钟就到。", False),
    CodeDelivery.SENT: Delivery("ok", "短信已发出，5 分钟内有效。", True),
    CodeDelivery.DELAYED: Delivery("warn", "短信服务暂时不通，我们正在重试，请稍等。找工作、看职位不受影响。", False),
    CodeDelivery.REFUSED: Delivery("error", "短信没能发到这个号码。请核对手机号，或换一个手机号。", True),
}


def _page(
    request: Request, template: str, context: dict[str, object], error: ProductError | None = None
) -> HttpResponse:
    """A step of the sign-in; an error keeps the input and answers with its own status."""
    response = render(request, f"{HERE}/{template}", context, status=error.status if error else 200)
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _blame(form: Form, error: ProductError) -> None:
    """Show the error at its field, or at the form's only one."""
    fields = error.fields if isinstance(error, Invalid) else {}
    for name, message in (fields or {next(iter(form.fields)): error.message}).items():
        form.add_error(name if name in form.fields else None, message)


def _phone_step(request: Request, form: Form, target: str, error: ProductError | None = None) -> HttpResponse:
    return _page(request, "phone.html", {"form": form, "target": target}, error)


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
    return _page(request, "code.html", context, error)


def _delivery(attempt: Attempt) -> Delivery | None:
    if attempt.code_id is None:
        return None
    reached = queries.code_delivery(code_id=attempt.code_id, binding=attempt.binding)
    return _DELIVERIES[reached] if reached else None


def _landing(actor: Actor, target: str) -> str:
    """Where a person goes after signing in: back, or to their desk, or to the choice between several."""
    if target:
        return target
    return reverse("login:where") if queries.places(actor) else "/me"


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """GET: the step this browser is at (`?change=1`: the first, to mend the number). POST: send a code to `phone`."""
    actor: Actor = request.actor
    attempt = attempts.load(request.session)
    if request.method == "POST":
        return _ask(request, actor, attempt)
    target = safe_target(request.GET.get("next", ""))
    if actor.is_signed_in:
        return HttpResponseRedirect(_landing(actor, target))
    if attempt.is_waiting_for_code and "change" not in request.GET and target in ("", attempt.target):
        return _code_step(request, attempt, CodeForm())
    form = PhoneForm(initial={"phone": attempt.phone if attempt.is_waiting_for_code else ""})
    return _phone_step(request, form, target or attempt.target)


def _ask(request: Request, actor: Actor, attempt: Attempt) -> HttpResponse:
    form, target = PhoneForm(request.POST), safe_target(request.POST.get("next", ""))
    if not form.is_valid():
        return _phone_step(request, form, target, Invalid({}))
    try:
        _send(request, actor, attempt, form.cleaned_data["phone"], target)
    except (Invalid, RateLimited) as error:
        _blame(form, error)
        return _phone_step(request, form, target, error)
    return HttpResponseRedirect(reverse("login:start"), status=303)


def _send(request: Request, actor: Actor, attempt: Attempt, phone: str, target: str) -> Attempt:
    """Send a code and remember it. The secret is kept even when refused, so that locks stay with this browser."""
    if attempts.KEY not in request.session:
        attempts.save(request.session, attempt)
    code_id = actions.request_code(actor, phone=phone, purpose=CodePurpose.LOGIN, binding=attempt.binding)
    asked = attempt.asked(phone, code_id, target)
    attempts.save(request.session, asked)
    return asked


@access(ANYONE)
@require_POST
def again(request: Request) -> HttpResponse:
    """Send another code to the same phone; htmx gets the button with its countdown back."""
    attempt = attempts.load(request.session)
    if not attempt.is_waiting_for_code:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    refusal: ProductError | None = None
    try:
        attempt = _send(request, request.actor, attempt, attempt.phone, attempt.target)
    except RateLimited as error:
        refusal = error
    if request.headers.get("HX-Request"):
        context = {"wait": attempt.wait, "error": refusal.message if refusal else "", "delivery": _delivery(attempt)}
        return render(request, f"{HERE}/again.html", context)
    if refusal is None:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    return _code_step(request, attempt, CodeForm(), refusal, again=refusal.message)


@access(ANYONE)
@require_safe
def delivery(request: Request) -> HttpResponse:
    """Fragment: how far the message has come; asks again by itself until that is settled."""
    return render(request, f"{HERE}/delivery.html", {"delivery": _delivery(attempts.load(request.session))})


@sensitive_post_parameters("code")
@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """POST: check the code and sign in. GET (a reload after an error): back to the step this browser is at."""
    actor: Actor = request.actor
    attempt = attempts.load(request.session)
    if request.method != "POST" or not attempt.is_waiting_for_code:
        return HttpResponseRedirect(reverse("login:start"), status=303)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_step(request, attempt, form, Invalid({}))
    try:
        entered = actions.verify_code(
            actor,
            phone=attempt.phone,
            code=form.cleaned_data["code"],
            binding=attempt.binding,
        )
    except (Invalid, RateLimited) as error:
        _blame(form, error)
        return _code_step(request, attempt, form, error)
    actions.sign_in(request, entered.person_id)
    rotate_token(request)
    if entered.is_new:
        messages.success(request, "欢迎来到就业在线，您的账号已建好。")
    return HttpResponseRedirect(_landing(Actor(person_id=entered.person_id), attempt.target), status=303)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: Request) -> HttpResponse:
    """For staff: as whom to go on. POST `organisation` to act for it."""
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
        actions.sign_out(request.actor, request)
        messages.success(request, "您已退出登录。在公用电脑上，请一并关闭浏览器。")
        return HttpResponseRedirect(reverse("login:start"), status=303)
    return render(request, f"{HERE}/leave.html", {})
