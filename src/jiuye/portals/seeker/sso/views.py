"""`/sso/essc?channel=…` redirects a partner app's user to the card service; `/sso/essc/callback` handles the response."""

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


# The only reason that does not come from the card service.
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
    """Redirect to the card service; a signed-in person mostly continues at once. Sets only cookies of this browser."""
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
    """Whether to ask the provider again: the app's phone may be in other hands, or its user may have changed.

    Not while an earlier request is unanswered: the card service may be down, and that must not lock anybody out.
    """
    return in_app.is_long_since(request.session) and not journeys.is_under_way(request)


def _is_in_a_foreign_frame(request: Request) -> bool:
    """In another site's frame cookies are not sent (SameSite=Lax), so the response could not be told from a forged one."""
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
    """Handle the card service's response: sign in, or explain why not. The only GET that writes (see `kernel.access`)."""
    state = request.GET.get("state", "")
    departure = journeys.recall(request, state)
    if departure is None and request.actor.is_signed_in:
        return HttpResponseRedirect(landing(request.actor, ""))  # the callback's address was loaded a second time
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
    """Render the refusal and record its kind and channel in the audit log, never the person."""
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
    """Leave the app's appearance and show our header again. Changes nothing else."""
    response = HttpResponseRedirect(safe_target(request.GET.get("next", "")) or "/")
    in_app.forget(response)
    return response
