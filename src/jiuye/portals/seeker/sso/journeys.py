"""State of a sign-in between the redirect to the card service and its callback: in a cookie, because the redirect is a
GET and writes nothing.

Each journey has its own cookie, named after its state, so that several tabs do not disturb one another. The value is
encrypted and authenticated (AEAD). It is sent to `/sso` only and lives ten minutes, and its state can be used once.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiuye.kernel import clock
from jiuye.kernel.crypto import decrypt, encrypt
from jiuye.ports.identity import Journey

PREFIX = "jiuye_sso_"
PATH = "/sso"
LIFETIME = timedelta(minutes=10)
MOST = 5
_CONTEXT = "sso.journey"


@dataclass(frozen=True, slots=True)
class Departure:
    """A redirect to the card service: what we sent, through which channel (empty: from our own pages), and the page to
    continue to. `linking` is the id of the signed-in person whose account the card is for; empty for a sign-in.
    """

    journey: Journey
    channel: str
    target: str
    left_at: datetime
    linking: str = ""


def state_digest(state: str) -> str:
    """Return a short name for a state, from which the state cannot be derived."""
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def keep(request: HttpRequest, response: HttpResponse, departure: Departure) -> None:
    """Set the journey's cookie; delete the oldest ones beyond `MOST`."""
    open_ones = [name for name in request.COOKIES if name.startswith(PREFIX)]
    if len(open_ones) >= MOST:
        for name in open_ones:
            response.delete_cookie(name, path=PATH, samesite="Lax")
    journey = departure.journey
    # Without the address: it is long and no longer needed.
    values = {
        "state": journey.state,
        "nonce": journey.nonce,
        "verifier": journey.verifier,
        "redirect_uri": journey.redirect_uri,
        "channel": departure.channel,
        "target": departure.target,
        "left_at": departure.left_at.isoformat(),
        "linking": departure.linking,
    }
    response.set_cookie(
        PREFIX + state_digest(journey.state),
        encrypt(orjson.dumps(values).decode(), _CONTEXT),
        max_age=LIFETIME,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_under_way(request: HttpRequest) -> bool:
    """Whether this browser waits for a callback of the last ten minutes."""
    return any(value and name.startswith(PREFIX) for name, value in request.COOKIES.items())


def recall(request: HttpRequest, state: str) -> Departure | None:
    """Return this browser's journey with that state; None for another browser's, an altered one, and one older than ten minutes."""
    sealed = request.COOKIES.get(PREFIX + state_digest(state))
    if not sealed:
        return None
    try:
        values = orjson.loads(decrypt(sealed, _CONTEXT))
        left_at = datetime.fromisoformat(values["left_at"])
    except (KeyError, ValueError):
        return None
    if values["state"] != state or clock.now() - left_at > LIFETIME:
        return None
    journey = Journey(
        url="",
        state=state,
        nonce=values["nonce"],
        verifier=values["verifier"],
        redirect_uri=values["redirect_uri"],
    )
    return Departure(journey, values["channel"], values["target"], left_at, values.get("linking", ""))


def forget(response: HttpResponse, state: str) -> None:
    """Delete the journey's cookie after the callback."""
    response.delete_cookie(PREFIX + state_digest(state), path=PATH, samesite="Lax")
