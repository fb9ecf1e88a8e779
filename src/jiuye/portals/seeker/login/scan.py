"""Signing in by QR code: this browser shows a code, a phone with the card approves, this browser is signed in. Works
without JavaScript. Linking a card to the signed-in account (`account_linking`) uses the same steps with another
result.

A request is valid for the browser that created it (bound to its session's secret), once, for at most two minutes. The
page polls its state by POST, since polling writes; a GET shows the state that the session saw last.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import CardConflict, QrStanding
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.access import ANYONE, access
from jiuye.kernel.errors import ProductError, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.fragments import is_fragment
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login import conflict
from jiuye.portals.seeker.login.entry import come_in, landing, safe_target
from jiuye.portals.seeker.login.steps import HERE, in_whole_window
from jiuye.ports import identity

KEY = "scan"
SETTLED = frozenset({"refused", "expired", "used"})


@dataclass(frozen=True, slots=True)
class Scan:
    """A QR code as the page shows it. `state` is the request's state, or `unknown` while the card service does not answer."""

    id: UUID
    uri: str
    match: str
    ends_at: datetime
    state: str = "waiting"
    target: str = ""
    reason: str = ""

    @property
    def left(self) -> int:
        """Seconds until the code expires."""
        return max(0, int((self.ends_at - clock.now()).total_seconds()))

    @property
    def until(self) -> str:
        """The time of day at which it expires, for pages without a countdown."""
        return f"{clock.local(self.ends_at):%H:%M:%S}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def picture(self) -> SafeString:
        """Return the QR code as SVG: dark on white in every theme, with the quiet zone that scanners need (ISO/IEC 18004)."""
        drawn = segno.make(self.uri, error="m", micro=False).svg_inline(
            border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
        )
        return mark_safe(drawn)  # noqa: S308 - made of the picture's own numbers


def load(session: SessionBase) -> Scan | None:
    """Load the latest code of this browser."""
    stored: dict[str, Any] | None = session.get(KEY)
    if stored is None:
        return None
    shown = Scan(**{**stored, "id": UUID(stored["id"]), "ends_at": datetime.fromisoformat(stored["ends_at"])})
    return replace(shown, state="expired") if not shown.left and not shown.is_settled else shown


def _save(session: SessionBase, shown: Scan) -> None:
    """Store it in the session, for the page without JavaScript. Never in a GET."""
    session[KEY] = {
        "id": str(shown.id),
        "uri": shown.uri,
        "match": shown.match,
        "ends_at": shown.ends_at.isoformat(),
        "state": shown.state,
        "target": shown.target,
        "reason": shown.reason,
    }


@dataclass(frozen=True, slots=True)
class Errand:
    """The purpose of a scan. `show` and `follow` are route names, `template` is the page; `finish` (request, id,
    binding, target) completes an approved request and returns where to continue; it raises Refused, Unavailable,
    NotFound.
    """

    show: str
    follow: str
    template: str
    finish: Callable[[Request, UUID, str, str], str]


def answer(
    request: Request, errand: Errand, shown: Scan | None, target: str = "", error: ProductError | None = None
) -> HttpResponse:
    """Render the panel for htmx, else the page."""
    context: dict[str, object] = {
        "scan": shown,
        "show_address": reverse(errand.show),
        "follow_address": reverse(errand.follow, args=[shown.id]) if shown else "",
        "target": target,
        "error": error.message if error else "",
        "simulator": identity.get().phone_url() if shown and not shown.is_settled else None,
    }
    if is_fragment(request):
        return render(request, f"{HERE}/scan_panel.html", context)
    return form_page(request, f"{HERE}/{errand.template}", context, error)


def begin(request: Request, errand: Errand, target: str = "") -> HttpResponse:
    """Create a new code for this browser."""
    attempt = attempts.load(request.session)
    attempts.begin(request.session, attempt)
    try:
        begun = actions.begin_qr(
            request.actor, binding=attempt.binding, user_agent=request.headers.get("User-Agent", "")
        )
    except Unavailable as error:
        return answer(request, errand, None, target, error)
    ends_at = clock.now() + timedelta(seconds=begun.seconds)
    shown = Scan(begun.id, begun.uri, begun.match, ends_at, target=target)
    _save(request.session, shown)
    if is_fragment(request):
        return answer(request, errand, shown, target)
    return HttpResponseRedirect(reverse(errand.show), status=303)


def go_on(request: Request, errand: Errand, qr_id: UUID) -> HttpResponse:
    """Poll the request; complete it once it is approved. htmx sends the `state` that it shows and gets 204 until that
    changes.

    Raise NotFound for another browser's request, and for a used one.
    """
    known = remembered(request.session, qr_id)
    target = known.target if known else ""
    binding = attempts.load(request.session).binding
    try:
        standing = actions.follow_qr(request.actor, qr_id=qr_id, binding=binding)
        if standing.state == "approved":
            return _go(request, errand.finish(request, qr_id, binding, target))
        shown = _shown(qr_id, standing, target)
    except Unavailable:
        if known is None:
            raise
        shown = replace(known, state="unknown")
    except Refused as error:
        shown = Scan(qr_id, "", "", clock.now(), "refused", target, error.message)
    if known or load(request.session) is None:
        _remember(request.session, known, shown)
    if not is_fragment(request):
        return HttpResponseRedirect(reverse(errand.show), status=303)
    if shown.state == request.POST.get("state"):
        return HttpResponse(status=204)
    return answer(request, errand, shown, target)


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_whole_window
def show(request: Request) -> HttpResponse:
    """GET: the code of this browser in its last state. POST: a new code."""
    is_post = request.method == "POST"
    shown = None if is_post else load(request.session)
    asked = request.POST if is_post else request.GET
    target = safe_target(asked.get("next", "")) or (shown.target if shown else "")
    if request.actor.is_signed_in:
        return _go(request, landing(request.actor, target))
    return begin(request, COMING_IN, target) if is_post else answer(request, COMING_IN, shown, target)


@access(ANYONE)
@require_POST
def follow(request: Request, qr_id: UUID) -> HttpResponse:
    """Poll the request; sign in once it is approved."""
    if request.actor.is_signed_in:
        known = remembered(request.session, qr_id)
        return _go(request, landing(request.actor, known.target if known else ""))
    return go_on(request, COMING_IN, qr_id)


def remembered(session: SessionBase, qr_id: UUID) -> Scan | None:
    """Return this request if it is the one that this browser shows."""
    known = load(session)
    return known if known and known.id == qr_id else None


def _shown(qr_id: UUID, standing: QrStanding, target: str) -> Scan:
    ends_at = clock.now() + timedelta(seconds=standing.seconds)
    return Scan(qr_id, standing.uri, standing.match, ends_at, standing.state, target)


def _remember(session: SessionBase, before: Scan | None, shown: Scan) -> None:
    """Write the session only if something is new: the page polls every two seconds."""
    if before is None or before.state != shown.state:
        _save(session, shown)


def _enter(request: Request, qr_id: UUID, binding: str, target: str) -> str:
    """Sign in, or redirect to the page that explains why it is not possible yet."""
    entered = actions.finish_qr(request.actor, qr_id=qr_id, binding=binding)
    if isinstance(entered, CardConflict):
        return conflict.begin(request, entered, method=SignInMethod.ESSC_QR, target=target)
    return come_in(request, entered, method=SignInMethod.ESSC_QR, target=target)


COMING_IN = Errand("login:qr", "login:qr_follow", "scan.html", _enter)


def _go(request: Request, address: str) -> HttpResponse:
    """Redirect the whole window, also when htmx asked for a fragment."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
