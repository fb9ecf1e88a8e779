"""Keep what was typed into a form whose POST was refused because its sender must sign in, prove who they are or reload.

`keep` stores the input (`accounts.actions.keep_input`: sealed, half an hour, for this browser and this person only).
`with_kept_input` gives it to the Django form of the page that asks for it again. Nothing is submitted by itself.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import structlog
from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.forms.boundfield import BoundField
from django.http import HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError

from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.queries import TypedInput
from jiuye.kernel import database
from jiuye.kernel.access import Requirement, requirement_of
from jiuye.kernel.http.request import Request, sent_from

log = structlog.get_logger("kept_input")

INPUT_COOKIE = "jiuye_input"
"""The browser's secret; set only while something is kept."""

OWNER_COOKIE = "jiuye_whose"
"""A keyed digest of the person who was last signed in here, known still when the session has ended. Signing out drops it."""

NEVER = re.compile(r"/(?:login|logout|sso|api|callbacks|me/security)(?:/|$)")
"""Paths whose input is never stored: sign-in and second factors."""

LASTS = 30 * 60
"""Seconds."""

MOST_SENT_AGAIN = 500_000
"""Characters."""

AnyForm = TypeVar("AnyForm", bound="forms.BaseForm | forms.BaseFormSet[Any]")


@dataclass
class Restored:
    """What a page says about kept input: put back into a form, or with `is_filled` false, to be copied.

    `left` are texts for which the form has no field. The template that draws it sets `is_shown`.
    """

    typed: TypedInput
    left: Sequence[str]
    may_forget: bool = True
    is_filled: bool = True
    is_shown: bool = False

    def show(self) -> None:
        """Note that the page says it."""
        self.is_shown = True


@dataclass
class Waiting:
    """What is kept for a request's browser and person, and what of it the view has given to forms. For the layouts too."""

    page: str
    inputs: Sequence[TypedInput] = ()
    restored: list[Restored] = field(default_factory=list)

    def unplaced(self) -> list[Restored]:
        """What was typed on this page into a form that it does not show now: the person can copy it.

        Ask after the page's content was rendered.
        """
        shown = [one.typed for one in self.restored if one.is_shown]
        here = [one for one in self.inputs if one not in shown and self.page == urlsplit(one.page).path]
        found = [Restored(one, _texts(one.fields), is_filled=False) for one in here]
        return [one for one in found if one.left]


class _Keeping(Request):
    """A request with what this module notes on it; `keeps_input` is the browser's secret of what was just kept."""

    keeps_input: str
    kept_input: Waiting


def with_kept_input(request: Request, form: AnyForm, *, action: str = "") -> AnyForm:
    """Return the form with what was kept of it as initial values, and with `restored` set for the template.

    `action`: the path to which the form is sent, if it is not the page's own. A bound form is returned as it is, and so is
    every form while nothing is kept. Hidden, password, file and code fields keep the values they have.
    """
    waiting = _waiting(request)
    typed = next((one for one in waiting.inputs if one.action == (action or request.path)), None)
    if typed is None or form.is_bound:
        return form
    parts: list[forms.BaseForm] = list(form.forms) if isinstance(form, forms.BaseFormSet) else [form]
    data = QueryDict(mutable=True)
    for name, value in typed.fields:
        data.appendlist(name, value)
    if not any(bound.html_name in data for part in parts for bound in part if _is_typed(bound)):
        return form
    for part in parts:
        _fill(part, data)
    known = {bound.html_name for part in parts for bound in part}
    left = _texts((name, value) for name, value in typed.fields if name not in known)
    restored = Restored(typed, left, may_forget=not request.headers.get("HX-Request"))
    waiting.restored.append(restored)
    cast(Any, parts[0]).restored = restored
    return form


def _fill(form: forms.BaseForm, data: QueryDict) -> None:
    for bound in form:
        widget = bound.field.widget
        # A box that was not ticked is not sent.
        is_box = isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
        if not _is_typed(bound) or not (is_box or bound.html_name in data):
            continue
        value = widget.value_from_datadict(data, cast(Any, {}), bound.html_name)
        if bound.name in form.initial:
            form.initial = {**form.initial, bound.name: value}
        else:  # a blank form of a form set stays blank to itself
            bound.field.initial = value


def _is_typed(bound: BoundField) -> bool:
    widget = bound.field.widget
    is_secret = isinstance(widget, forms.PasswordInput | forms.FileInput) or NEVER_KEPT.keys() <= widget.attrs.keys()
    return not (widget.is_hidden or is_secret)


def _waiting(request: Request) -> Waiting:
    """What waits for this browser and person. One query a request, and only while the cookie is set."""
    found: Waiting | None = getattr(request, "kept_input", None)
    if found is None:
        found = Waiting(request.path)
        if INPUT_COOKIE in request.COOKIES and request.method == "GET" and _requirement(request):
            owner = queries.owner_of_session(request)
            found.inputs = queries.kept_inputs(secret=request.COOKIES[INPUT_COOKIE], owner=owner)
        cast(_Keeping, request).kept_input = found
    return found


def kept_input(request: Request) -> dict[str, Waiting]:
    """Template context: `kept_input` in every page (`TEMPLATES` in the settings names this function)."""
    return {"kept_input": _waiting(request)}


def _texts(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Return the values that somebody wrote: no ids, numbers or chosen words."""
    return [value for _, value in fields if re.search(r"[一-鿿]|\s", value.strip())]


def has_input(request: Request) -> bool:
    """Whether anything was sent that somebody may have typed: not so for most buttons."""
    return any(actions.is_kept(name) for name in request.POST) or bool(request.FILES)


def keep(request: Request, *, page: str, reason: str) -> bool:
    """Keep what was sent with this refused POST until the person is back on `page`. Return whether it is kept."""
    requirement = _requirement(request)
    if requirement is None or NEVER.match(request.path) or not _is_own_form(request):
        return False
    owner = queries.owner_of_session(request) or request.COOKIES.get(OWNER_COOKIE, "")[:64]
    if requirement.signed_in and not owner:
        return False  # it could be anybody's
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


def to_send_again(request: Request) -> list[tuple[str, str]]:
    """Return the fields of the form that this request sent, for a page that sends them again; [] if it was none of ours.

    For outages, in which nothing can be stored. Secrets and codes are left out, as are forms of sign-in. The form's own CSRF
    token is in it: a form of another site gets no valid one this way.
    """
    request.kept_input = Waiting(request.path)  # type: ignore[attr-defined] # and do not ask the database
    if _requirement(request) is None or NEVER.match(request.path) or not _is_own_form(request):
        return []
    if request.headers.get("HX-Request") or not is_from_our_page(request):
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
        return []
    sensitive = getattr(request, "sensitive_post_parameters", ())
    if sensitive == "__ALL__" or sum(len(value) for _, value in fields) > MOST_SENT_AGAIN:
        return []
    return [
        (name, value)
        for name, value in fields
        if name == "csrfmiddlewaretoken" or (actions.is_kept(name) and name not in sensitive)
    ]


def forget(request: Request, action: str = "") -> None:
    """Delete what was kept of the form that is sent to `action`, or everything.

    On sign-out call it before the session is ended: the session names the owner.
    """
    if secret := request.COOKIES.get(INPUT_COOKIE):
        for owner in {queries.owner_of_session(request), "" if action else request.COOKIES.get(OWNER_COOKIE, "")[:64]}:
            actions.forget_input(request.actor, secret=secret, owner=owner, action=action)


def drop_cookies(response: HttpResponse) -> None:
    """Delete both cookies on sign-out."""
    for name in (INPUT_COOKIE, OWNER_COOKIE):
        response.delete_cookie(name, samesite="Lax")


def is_from_our_page(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent this (Fetch Metadata; else Origin, else Referer)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return sent_from(request, "Origin", "Referer").netloc == request.get_host()


def _is_own_form(request: Request) -> bool:
    return request.method == "POST" and request.content_type in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    )


def _requirement(request: Request) -> Requirement | None:
    """Return what the route requires; None for public routes, whose pages are the same for everyone, and for the API."""
    found = requirement_of(request.resolver_match.func) if request.resolver_match else None
    return found if found and found.session and not request.path.startswith("/api/") else None


class KeptInputMiddleware:
    """Sets the cookies, and deletes what was kept of a form once it has been sent again."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if _requirement(request) is None or response.status_code >= 500:
            return response
        try:
            self._tidy(request, response)
        except Exception as error:  # the answer stands: what was kept is deleted after its half hour
            if not database.is_away(error):
                raise
            log.warning("kept input not looked at", error=type(error).__name__)
        return response

    def _tidy(self, request: Request, response: HttpResponse) -> None:
        if secret := getattr(request, "keeps_input", ""):
            self._set(response, INPUT_COOKIE, secret, LASTS)
        elif request.method == "POST" and not NEVER.match(request.path):
            forget(request, request.path)  # it has reached its view, which answers for it from here on
        owner = queries.owner_of_session(request)
        if owner and request.COOKIES.get(OWNER_COOKIE) != owner:
            self._set(response, OWNER_COOKIE, owner, settings.SESSION_COOKIE_AGE)

    @staticmethod
    def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
