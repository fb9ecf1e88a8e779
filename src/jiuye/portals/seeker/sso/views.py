"""`/sso/essc?channel=…` sends a partner app's person to the card service, `/sso/essc/callback` takes the answer."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.actions import CardConflict, CardRefusal
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.access import ANYONE, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login import conflict, in_app
from jiuye.portals.seeker.login.entry import come_in, landing, safe_target
from jiuye.portals.seeker.login.steps import is_framed, whole_window
from jiuye.portals.seeker.sso import journeys
from jiuye.portals.seeker.sso.journeys import Departure
from jiuye.ports import identity
from jiuye.ports.identity import IdentityError, IdentityUnavailable

HERE = "portals/seeker/sso/templates"


# The one reason that is not the card's.
CHANNEL = CardRefusal(
    "channel",
    403,
    "这个应用还不能用来登录",
    "您打开的入口没有在就业在线登记，或已经停用。这不影响您找工作，可以换一种方式登录。",
    may_retry=False,
)
REFUSALS = {**actions.CARD_REFUSALS, CHANNEL.code: CHANNEL}


@access(ANYONE)
@require_safe
def start(request: Request) -> HttpResponse:
    """Off to the card service; who is signed in goes straight on, mostly. Writes nothing but this browser's cookies."""
    target = safe_target(request.GET.get("next", ""))
    channel = queries.enabled_channel(request.GET.get("channel", ""))
    if channel is None:
        return _refuse(request, "channel", target=target)
    if request.actor.is_signed_in and not _must_ask_again(request):
        response: HttpResponse = HttpResponseRedirect(landing(request.actor, target))
    elif _is_in_a_foreign_frame(request):
        return whole_window(request)
    else:
        response = _depart(request, channel.code, target)
    in_app.note(response, channel)
    return response


def _must_ask_again(request: Request) -> bool:
    """Whom an app brought, it may bring no longer: its phone is handed on, its user changed. Asked anew, mostly in silence.

    Not while an earlier question is unanswered: the card service may be down, and that must not shut anybody out.
    """
    return in_app.is_long_since(request.session) and not journeys.is_under_way(request)


def _is_in_a_foreign_frame(request: Request) -> bool:
    """There our cookies don't travel (SameSite=Lax), so that the answer could not be told from a forged one."""
    return is_framed(request) and request.headers.get("Sec-Fetch-Site", "") == "cross-site"


def _depart(request: Request, channel: str, target: str) -> HttpResponse:
    actions.count_app_entry(request.actor, step="start", browser=request.session.session_key or "")
    try:
        journey = identity.get().start(redirect_uri=settings.SITE_URL + reverse("sso:callback"), channel=channel)
    except IdentityUnavailable:
        if request.actor.is_signed_in:
            return HttpResponseRedirect(landing(request.actor, target))
        return _refuse(request, "unavailable", channel, target)
    response = HttpResponseRedirect(journey.url)
    journeys.keep(request, response, Departure(journey, channel, target, clock.now()))
    return response


@access(ANYONE, answers_get=True)
@require_GET
def callback(request: Request) -> HttpResponse:
    """The card service's answer: in, or a page that says why not. The one GET that writes (see `kernel.access`)."""
    state = request.GET.get("state", "")
    departure = journeys.recall(request, state)
    if departure is None and request.actor.is_signed_in:
        return HttpResponseRedirect(landing(request.actor, ""))  # the answer's address was loaded again
    actions.count_app_entry(request.actor, step="answer", browser=request.session.session_key or "")
    response = _arrive(request, departure)
    journeys.forget(response, state)
    return response


def _arrive(request: Request, departure: Departure | None) -> HttpResponse:
    if departure is None:
        return _refuse_and_note(request, "forged")
    channel = queries.enabled_channel(departure.channel)
    if channel is None:
        return _refuse_and_note(request, "channel", departure)
    if not actions.use_state(departure.journey.state):
        return _refuse_and_note(request, "expired", departure)
    try:
        holder = identity.get().finish(departure.journey, answer=request.GET.dict())
    except IdentityError as error:
        return _refuse_and_note(request, actions.card_refusal(error).code, departure)
    attempt = attempts.load(request.session)
    attempts.begin(request.session, attempt)
    method = SignInMethod.ESSC_APP
    try:
        entered = actions.enter_by_card(
            request.actor, holder=holder, method=method, channel=channel.code, binding=attempt.binding
        )
    except Refused as error:
        return _refuse_and_note(request, error.code, departure, error.message)
    if isinstance(entered, CardConflict):
        goal = conflict.begin(request, entered, method=method, channel=channel.code, target=departure.target)
        return HttpResponseRedirect(goal, status=303)
    if entered.person_id == request.actor.person_id:
        goal = landing(request.actor, departure.target)
        in_app.note_arrival(request.session)
    else:
        goal = come_in(request, entered, method=method, channel=channel.code, target=departure.target)
    return HttpResponseRedirect(goal, status=303)


def _refuse_and_note(request: Request, kind: str, departure: Departure | None = None, text: str = "") -> HttpResponse:
    """The page, and a line in the audit log: of which kind, through which channel, never who."""
    channel, target = (departure.channel, departure.target) if departure else ("", "")
    actions.note_refused_entry(request.actor, channel=channel, reason=kind)
    return _refuse(request, kind, channel, target, text)


def _refuse(request: Request, kind: str, channel: str = "", target: str = "", text: str = "") -> HttpResponse:
    refusal = REFUSALS.get(kind) or CardRefusal(kind, 409, "这次没有登录成功", text, may_retry=False)
    again = channel if refusal.may_retry else ""
    context = {"refusal": refusal, "text": text or refusal.text, "channel": again, "target": target}
    response = render(request, f"{HERE}/refused.html", context, status=refusal.status)
    if refusal.status == 503:
        response.headers["Retry-After"] = "60"
    return response


@access(ANYONE)
@require_safe
def full_site(request: Request) -> HttpResponse:
    """Out of the app's look: our header again. Changes how the site looks in this browser, nothing else."""
    response = HttpResponseRedirect(safe_target(request.GET.get("next", "")) or "/")
    in_app.forget(response)
    return response
