"""Nothing typed is lost when somebody has to sign in, prove who they are or reload first.

The input of the refused form is kept (`accounts.actions.keep_input`: sealed, half an hour, for this browser and this person
only); once they are back on a page with that form it stands in it again. Nothing is ever submitted by itself.
"""

import re
import secrets
from collections.abc import Callable
from functools import partial
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.queries import TypedInput
from jiuye.kernel.access import Requirement, requirement_of
from jiuye.kernel.http import form_restoring
from jiuye.kernel.http.request import Request

INPUT_COOKIE = "jiuye_input"
"""The browser's secret, there only while something is kept."""

OWNER_COOKIE = "jiuye_whose"
"""Whose session this browser had last, as a keyed digest: known still when the session is gone. Signing out drops it."""

NEVER = re.compile(r"/(?:login|logout|sso|api|callbacks|me/security)(?:/|$)")
"""Ways in and factors: what is typed there is secret or good once."""

LASTS = 30 * 60
OWNER_LASTS = 30 * 24 * 3600
"""Seconds; as long as a session lasts at most."""

HERE = "portals/templates"


class _Keeping(Request):
    """A refused request of which something was kept, under the browser's secret `keeps_input`."""

    keeps_input: str


def has_input(request: Request) -> bool:
    """Whether anything was sent that somebody may have typed: not so for most buttons."""
    return any(actions.is_kept(name) for name in request.POST) or bool(request.FILES)


def keep(request: Request, *, page: str, reason: str) -> bool:
    """Keep what was sent with this refused POST for when the person is back on `page`; whether it is kept."""
    requirement = _requirement(request)
    if requirement is None or NEVER.match(request.path) or not _is_own_form(request):
        return False
    owner = queries.owner_of_session(request) or request.COOKIES.get(OWNER_COOKIE, "")[:64]
    if requirement.signed_in and not owner:
        return False  # from whom it came nobody can say
    try:
        fields = tuple((name, value) for name, values in request.POST.lists() for value in values)
        had_files = bool(request.FILES)
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
        return False
    secret = request.COOKIES.get(INPUT_COOKIE) or secrets.token_urlsafe(32)
    typed = TypedInput(request.path, page, fields, had_files, reason)
    sensitive = getattr(request, "sensitive_post_parameters", ())
    if sensitive == "__ALL__":
        return False
    is_kept = actions.keep_input(request.actor, secret=secret, owner=owner, typed=typed, leave_out=sensitive)
    if is_kept:
        cast(_Keeping, request).keeps_input = secret
    return is_kept


def forget_kept(request: Request) -> None:
    """The person does not want what was kept, or signs out: ask before the session is ended, it says whose it was."""
    _forget_rows(request)


def drop_cookies(response: HttpResponse) -> None:
    """Signing out: neither what was typed nor whose browser this was stays behind."""
    for name in (INPUT_COOKIE, OWNER_COOKIE):
        response.delete_cookie(name, samesite="Lax")


def is_from_our_page(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent this (Fetch Metadata; else Origin, else Referer)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    came = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(came).netloc == request.get_host()


def _is_own_form(request: Request) -> bool:
    return request.method == "POST" and request.content_type in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    )


def _requirement(request: Request) -> Requirement | None:
    """What the route asks of its visitors; None for one that no page of a session answers."""
    found = requirement_of(request.resolver_match.func) if request.resolver_match else None
    return found if found and found.session else None


def _forget_rows(request: Request, action: str = "") -> None:
    if secret := request.COOKIES.get(INPUT_COOKIE):
        for owner in {queries.owner_of_session(request), "" if action else request.COOKIES.get(OWNER_COOKIE, "")[:64]}:
            actions.forget_input(request.actor, secret=secret, owner=owner, action=action)


class RestoringMiddleware:
    """Puts kept input back into pages, forgets what was sent again, and notes whose browser this is."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if _requirement(request) is None or request.path.startswith("/api/"):
            return response
        if kept := getattr(request, "keeps_input", ""):
            self._set(response, INPUT_COOKIE, kept, LASTS)
        elif INPUT_COOKIE in request.COOKIES:
            self._give_back(request, response)
        self._note_owner(request, response)
        return response

    def _give_back(self, request: Request, response: HttpResponse) -> None:
        if request.method == "POST" and response.status_code < 500 and not NEVER.match(request.path):
            _forget_rows(request, request.path)  # it has reached its view, which answers for it from here on
        elif request.method == "GET" and response.status_code == 200 and _is_page(response):
            kept = queries.kept_inputs(secret=request.COOKIES[INPUT_COOKIE], owner=queries.owner_of_session(request))
            html = response.content.decode()
            for typed in kept:
                html = _with_input(request, html, typed)
            if kept and not _is_fragment(request):
                html = form_restoring.put_last(html, render_to_string(f"{HERE}/forget_kept.html", {}, request=request))
            response.content = html.encode()

    def _note_owner(self, request: Request, response: HttpResponse) -> None:
        owner = queries.owner_of_session(request)
        if owner and request.COOKIES.get(OWNER_COOKIE) != owner:
            self._set(response, OWNER_COOKIE, owner, settings.SESSION_COOKIE_AGE)

    @staticmethod
    def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _with_input(request: Request, html: str, typed: TypedInput) -> str:
    """The page with this input in its form; on the page where it was typed, and where there is no such form now, as text."""
    note = partial(_note, request, typed)
    filled = form_restoring.refill(html, page=request.path, action=typed.action, fields=typed.fields, note=note)
    if filled is not None:
        return filled
    texts = [value for _, value in typed.fields]
    is_there = not _is_fragment(request) and request.path == urlsplit(typed.page).path
    return (
        form_restoring.put_first(html, note(texts, is_filled=False)) if is_there and any(map(_is_text, texts)) else html
    )


def _is_fragment(request: Request) -> bool:
    return bool(request.headers.get("HX-Request"))


def _is_text(value: str) -> bool:
    """Whether somebody wrote this: not an id, a number or a chosen word."""
    return bool(re.search(r"[一-鿿]|\s", value.strip()))


def _note(request: Request, typed: TypedInput, left: list[str], *, is_filled: bool = True) -> str:
    context = {
        "typed": typed,
        "left": [value for value in left if _is_text(value)],
        "is_filled": is_filled,
        "may_forget": not _is_fragment(request),
    }
    return render_to_string(f"{HERE}/restored.html", context, request=request)
