"""The end of every way of signing in: the session becomes the person's, and the browser continues to its page."""

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.actions import SignedIn
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel.actor import Actor
from jiuye.portals.seeker.login import in_app, known_browser


def come_in(
    request: HttpRequest, entered: SignedIn, *, method: SignInMethod, channel: str = "", target: str = ""
) -> str:
    """Sign in under a new session id; return the address to continue to. `channel` is the partner app's code."""
    actions.sign_in(request, entered.person_id, method=method, channel=channel, is_new=entered.is_new)
    rotate_token(request)
    known_browser.note(request, entered.person_id)
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
    """Return where a signed-in person continues: the given page, their portal, or the choice of an organisation."""
    if target:
        return target
    return reverse("login:where") if queries.places(actor) else "/me"


def safe_target(target: str) -> str:
    """Return the address if it is a path of this site, else "": no open redirects (CWE-601)."""
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if inside and target.startswith("/") and target.isprintable() and len(target) <= 500 else ""
