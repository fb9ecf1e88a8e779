"""`/sso/essc?channel=…` redirects a partner app's user to the card service; `/sso/essc/callback` handles the response, also
to `on_this_phone`.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.actions import CardConflict
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel.access import ANYONE, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login import conflict, in_app
from jiuye.portals.seeker.login.entry import come_in, landing, safe_target
from jiuye.portals.seeker.login.steps import is_framed, whole_window
from jiuye.portals.seeker.sso import journeys
from jiuye.portals.seeker.sso.departure import depart, refuse, refuse_and_note
from jiuye.portals.seeker.sso.journeys import Departure
from jiuye.portals.seeker.sso.on_this_phone import arrive_to_link
from jiuye.ports import identity
from jiuye.ports.identity import CardHolder, IdentityError


@access(ANYONE)
@require_safe
def start(request: Request) -> HttpResponse:
    """Redirect to the card service; a signed-in person mostly continues at once. Sets only cookies of this browser."""
    target = safe_target(request.GET.get("next", ""))
    channel = queries.enabled_channel(request.GET.get("channel", ""))
    if channel is None:
        return refuse(request, "channel", target=target)
    if request.actor.is_signed_in and not _must_ask_again(request):
        response: HttpResponse = HttpResponseRedirect(landing(request.actor, target))
    elif _is_in_a_foreign_frame(request):
        return whole_window(request)
    else:
        response = depart(request, channel=channel.code, target=target)
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
        return refuse_and_note(request, "forged")
    if departure.channel and queries.enabled_channel(departure.channel) is None:
        return refuse_and_note(request, "channel", departure)
    if not actions.use_state(departure.journey.state):
        return refuse_and_note(request, "expired", departure)
    try:
        holder = identity.get().finish(departure.journey, answer=request.GET.dict())
    except IdentityError as error:
        return refuse_and_note(request, actions.card_refusal(error).code, departure)
    if departure.linking:
        return arrive_to_link(request, departure, holder)
    return _enter(request, departure, holder)


def _enter(request: Request, departure: Departure, holder: CardHolder) -> HttpResponse:
    attempt, channel = attempts.load(request.session), departure.channel
    attempts.begin(request.session, attempt)
    method = SignInMethod.ESSC_APP if channel else SignInMethod.ESSC_PHONE
    try:
        entered = actions.enter_by_card(
            request.actor, holder=holder, method=method, channel=channel, binding=attempt.binding
        )
    except Refused as error:
        return refuse_and_note(request, error.code, departure, error.message)
    if isinstance(entered, CardConflict):
        goal = conflict.begin(request, entered, method=method, channel=channel, target=departure.target)
        return HttpResponseRedirect(goal, status=303)
    if entered.person_id == request.actor.person_id:
        goal = landing(request.actor, departure.target)
        if channel:
            in_app.note_arrival(request.session)
    else:
        goal = come_in(request, entered, method=method, channel=channel, target=departure.target)
    return HttpResponseRedirect(goal, status=303)


@access(ANYONE)
@require_safe
def full_site(request: Request) -> HttpResponse:
    """Leave the app's appearance and show our header again. Changes nothing else."""
    response = HttpResponseRedirect(safe_target(request.GET.get("next", "")) or "/")
    in_app.forget(response)
    return response
