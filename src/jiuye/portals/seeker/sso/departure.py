"""The redirect to the card service, and the page that explains why nothing came of it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import CardRefusal
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.login.entry import landing
from jiuye.portals.seeker.sso import journeys
from jiuye.portals.seeker.sso.journeys import Departure
from jiuye.ports import identity
from jiuye.ports.identity import IdentityUnavailable

HERE = "portals/seeker/sso/templates"
# The reasons that do not come from the card service.
CHANNEL = CardRefusal(
    "channel",
    403,
    "这个应用还不能用来登录",
    "您打开的入口没有在就业在线登记，或已经停用。这不影响您找工作，可以换一种方式登录。",
    may_retry=False,
)
OTHER_PERSON = CardRefusal(
    "other_person",
    403,
    "没有关联电子社保卡",
    "从打开电子社保卡到回来，这个浏览器里登录的账号变了，所以没有关联任何账号。请登录要关联的账号，再试一次。",
    may_retry=False,
)
_REFUSALS = {**actions.CARD_REFUSALS, CHANNEL.code: CHANNEL, OTHER_PERSON.code: OTHER_PERSON}
# What a person reads who is signed in and wanted to link the card.
_WHILE_LINKING = {
    "declined": "您在电子社保卡里没有同意，什么都没有改变。可以再试一次。",
    "expired": "从打开电子社保卡到确认，隔得太久了，或者这次确认已经用过。请再试一次。",
    "invalid": "电子社保卡没有接受这次确认。请再试一次。",
    "level": "实名需要已签发的电子社保卡。请先在电子社保卡应用里完成签发和实人认证，再回来。",
    "forged": "收到的结果没有通过安全检查：它在途中被改动过。没有关联任何账号，请再试一次。",
    "unavailable": "电子社保卡服务暂时不通，不是您的问题。请过几分钟再试。其他功能不受影响。",
}


def depart(
    request: Request, *, channel: str = "", target: str = "", linking: str = "", asks_consent: bool = False
) -> HttpResponse:
    """Redirect to the card service, which opens its app on a phone. Sets only a cookie of this browser."""
    actions.count_app_entry(request.actor, step="start", browser=request.session.session_key or "")
    try:
        journey = identity.get().start(
            redirect_uri=settings.SITE_URL + reverse("sso:callback"), channel=channel, asks_consent=asks_consent
        )
    except IdentityUnavailable:
        if request.actor.is_signed_in and not linking:
            return HttpResponseRedirect(landing(request.actor, target))
        again = _start(channel, target, linking)
        return refuse(request, "unavailable", again=again, target=target, linking=bool(linking))
    response = HttpResponseRedirect(journey.url)
    journeys.keep(request, response, Departure(journey, channel, target, clock.now(), linking))
    return response


def refuse_and_note(request: Request, kind: str, departure: Departure | None = None, text: str = "") -> HttpResponse:
    """Render the refusal and record its kind and channel in the audit log, never the card's holder."""
    if departure is None:
        actions.note_refused_entry(request.actor, channel="", reason=kind, method=SignInMethod.ESSC_APP)
        return refuse(request, kind, text=text)
    channel, target, linking = departure.channel, departure.target, departure.linking
    method = SignInMethod.ESSC_APP if channel else SignInMethod.ESSC_PHONE
    actions.note_refused_entry(request.actor, channel=channel, reason=kind, method=method)
    again = _start(channel, target, linking)
    return refuse(request, kind, again=again, target=target, linking=bool(linking), text=text)


def refuse(
    request: Request, kind: str, *, again: str = "", target: str = "", linking: bool = False, text: str = ""
) -> HttpResponse:
    """Explain why nobody was signed in, or no card linked, and how to go on. `again`: where to try once more."""
    refusal = _REFUSALS.get(kind) or CardRefusal(kind, 409, "这次没有登录成功", text, may_retry=False)
    if linking and kind != OTHER_PERSON.code:
        refusal = replace(refusal, title="没有关联电子社保卡", text=_WHILE_LINKING.get(kind, text))
    context = {
        "refusal": refusal,
        "text": text or refusal.text,
        "again": again if refusal.may_retry else "",
        "target": target,
        "linking": linking,
    }
    response = render(request, f"{HERE}/refused.html", context, status=refusal.status)
    if refusal.status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _start(channel: str, target: str, linking: str) -> str:
    """Return the address that starts the same once more."""
    route = "sso:card_link" if linking else ("sso:start" if channel else "sso:card")
    given = {name: value for name, value in (("channel", channel), ("next", target)) if value}
    return reverse(route) + (f"?{urlencode(given)}" if given else "")
