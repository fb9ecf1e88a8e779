"""The card on this very phone, from our own pages: to sign in, or to link it to the signed-in account.

A person with one phone cannot scan a code that the phone itself shows. The address of the card service opens its app; the
answer comes back to the browser that asked, and is worthless in every other one.
"""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiuye.domains.accounts import actions
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login.entry import landing, safe_target
from jiuye.portals.seeker.login.steps import in_whole_window
from jiuye.portals.seeker.sso.departure import OTHER_PERSON, depart, refuse_and_note
from jiuye.portals.seeker.sso.journeys import Departure
from jiuye.ports.identity import CardHolder


@access(ANYONE)
@require_safe
@in_whole_window
def sign_in(request: Request) -> HttpResponse:
    """Open the card to sign in. `?next=`: where to continue."""
    target = safe_target(request.GET.get("next", ""))
    if request.actor.is_signed_in:
        return HttpResponseRedirect(landing(request.actor, target))
    return depart(request, target=target)


@access(SIGNED_IN.confirmed())
@require_safe
@in_whole_window
def link(request: Request) -> HttpResponse:
    """Open the card to link it to this account. `?next=`: where to continue.

    A link on another site does not start this: it would be that site's wish. And the holder is asked every time: they
    may have agreed to sign in here once, but not to this account.
    """
    target = safe_target(request.GET.get("next", ""))
    if request.headers.get("Sec-Fetch-Site", "") == "cross-site":
        return HttpResponseRedirect(reverse("real_name"))
    return depart(request, target=target, linking=str(request.actor.person), asks_consent=True)


def arrive_to_link(request: Request, departure: Departure, holder: CardHolder) -> HttpResponse:
    """Link the card to the account that asked, if its owner is still signed in on this browser."""
    if str(request.actor.person_id or "") != departure.linking:
        return refuse_and_note(request, OTHER_PERSON.code, departure)
    try:
        actions.link_card(request.actor, holder=holder)
    except Refused as error:
        return refuse_and_note(request, error.code, departure, error.message)
    messages.success(request, "已关联电子社保卡，实名认证完成。以后也可以用这张卡登录这个账号。")
    return HttpResponseRedirect(departure.target or reverse("real_name"), status=303)
