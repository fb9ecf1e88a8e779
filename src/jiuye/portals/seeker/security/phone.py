"""Changing the phone number for sign-in: the new number, the code sent to it, the result."""

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.seeker.login.steps import blame, delivery_fragment, delivery_of
from jiuye.portals.seeker.security import pending_code as pendings
from jiuye.portals.seeker.security.forms import NewPhoneForm, SmsCodeForm
from jiuye.portals.seeker.security.pending_code import CHANGE_PHONE, Pending
from jiuye.portals.seeker.security.steps import HERE, code_fragment
from jiuye.ports import sms


@access(SIGNED_IN.confirmed())
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request) -> HttpResponse:
    """GET: the current step (`?change=1`: the first). POST: send a code to the new `phone`."""
    pending = pendings.load(request.session, CHANGE_PHONE)
    if request.method == "POST":
        return _ask(request, pending)
    if pending.is_waiting and "change" not in request.GET:
        return _code_page(request, pending, SmsCodeForm())
    return _phone_page(request, NewPhoneForm(initial={"phone": pending.phone if pending.is_waiting else ""}))


def _ask(request: Request, pending: Pending) -> HttpResponse:
    form = NewPhoneForm(request.POST)
    if not form.is_valid():
        return _phone_page(request, form, Invalid({}))
    try:
        _send(request, pending, form.cleaned_data["phone"])
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _phone_page(request, form, error)
    return HttpResponseRedirect(reverse("security:phone"), status=303)


def _send(request: Request, pending: Pending, phone: str) -> Pending:
    """Send a code and store it as pending. The secret is stored even after a refusal, so that limits stay with this browser."""
    pendings.save(request.session, CHANGE_PHONE, pending)
    code_id = actions.request_phone_change(request.actor, phone=phone, binding=pending.binding)
    asked = pending.asked(code_id, phone)
    pendings.save(request.session, CHANGE_PHONE, asked)
    return asked


@access(SIGNED_IN.confirmed())
@require_POST
def again(request: Request) -> HttpResponse:
    """Send another code to the same number; htmx gets the button with its countdown."""
    pending = pendings.load(request.session, CHANGE_PHONE)
    if not pending.is_waiting:
        return HttpResponseRedirect(reverse("security:phone"), status=303)
    refusal: RateLimited | None = None
    try:
        pending = _send(request, pending, pending.phone)
    except RateLimited as error:
        refusal = error
    if request.headers.get("HX-Request"):
        return code_fragment(
            request,
            pending,
            send_url=reverse("security:phone_again"),
            follow=reverse("security:phone_delivery"),
            error=refusal,
        )
    if refusal is None:
        return HttpResponseRedirect(reverse("security:phone"), status=303)
    return _code_page(request, pending, SmsCodeForm(), refusal, again=refusal.message)


@sensitive_post_parameters("code")
@access(SIGNED_IN.confirmed())
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """POST: check the code and change the number. GET (a reload after an error): the current step."""
    pending = pendings.load(request.session, CHANGE_PHONE)
    if request.method != "POST" or not pending.is_waiting:
        return HttpResponseRedirect(reverse("security:phone"), status=303)
    form = SmsCodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, pending, form, Invalid({}))
    try:
        actions.change_phone(
            request.actor,
            phone=pending.phone,
            code=form.cleaned_data["code"],
            binding=pending.binding,
            session_key=request.session.session_key,
        )
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _code_page(request, pending, form, error)
    except Refused as error:
        pendings.forget(request.session, CHANGE_PHONE)
        return form_page(request, f"{HERE}/phone_taken.html", {"message": error.message, "phone": pending.phone}, error)
    pendings.forget(request.session, CHANGE_PHONE)
    return HttpResponseRedirect(reverse("security:phone_done"), status=303)


@access(SIGNED_IN)
@require_safe
def delivery(request: Request) -> HttpResponse:
    """Fragment: the delivery state of the message."""
    pending = pendings.load(request.session, CHANGE_PHONE)
    reached = delivery_of(pending.code_id, pending.binding, pending.asked_at)
    return delivery_fragment(request, reached, reverse("security:phone_delivery"))


@access(SIGNED_IN)
@require_safe
def done(request: Request) -> HttpResponse:
    """Show the result: the number for sign-in, and the one on the resume, which is changed elsewhere."""
    profile, resume = queries.profile(request.actor), resumes.my_resume(request.actor)
    on_resume = resume.phone if resume.phone != profile.phone else ""
    return form_page(request, f"{HERE}/phone_done.html", {"phone": profile.phone, "on_resume": on_resume})


def _phone_page(request: Request, form: Form, error: ProductError | None = None) -> HttpResponse:
    return form_page(
        request, f"{HERE}/phone.html", {"form": form, "phone": queries.profile(request.actor).phone}, error
    )


def _code_page(
    request: Request, pending: Pending, form: Form, error: ProductError | None = None, again: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "phone": pending.phone,
        "wait": pending.wait,
        "again": again,
        "delivery": delivery_of(pending.code_id, pending.binding, pending.asked_at),
        "follow": reverse("security:phone_delivery"),
        "inbox": sms.get().inbox_url(pending.phone),
    }
    return form_page(request, f"{HERE}/phone_code.html", context, error)
