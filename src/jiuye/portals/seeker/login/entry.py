"""Where every way of signing in ends: this browser becomes the person's, and goes where it wanted to."""

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.actions import SignedIn
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel.actor import Actor
from jiuye.portals.seeker.login import in_app


def come_in(
    request: HttpRequest, entered: SignedIn, *, method: SignInMethod, channel: str = "", target: str = ""
) -> str:
    """Sign this browser in under a new session id; the address to go on to. `channel` is the partner app's code."""
    actions.sign_in(request, entered.person_id, method=method, channel=channel, is_new=entered.is_new)
    rotate_token(request)
    if channel:
        in_app.note_arrival(request.session)
    if entered.is_new:
        messages.success(request, "欢迎来到就业在线，您的账号已建好。")
    if entered.card_phone_differs:
        messages.info(
            request,
            "您电子社保卡上登记的手机号，与这个账号的手机号不同。短信仍发到账号的手机号，需要更换请到“账号安全”。",
        )
    return landing(Actor(person_id=entered.person_id), target)


def landing(actor: Actor, target: str) -> str:
    """Where a signed-in person goes: back, or to their desk, or to the choice between several."""
    if target:
        return target
    return reverse("login:where") if queries.places(actor) else "/me"


def safe_target(target: str) -> str:
    """The address to return to when it is a path of this site, else nothing: no open redirects (CWE-601)."""
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if inside and target.startswith("/") and target.isprintable() and len(target) <= 500 else ""
