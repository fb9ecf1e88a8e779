"""What is remembered between our question to the card service and its answer: in a cookie, since asking is a GET that writes nothing.

Each journey has a cookie of its own, named after its state, so that several tabs do not break one another. The value is sealed
(AEAD): neither read nor altered on the way. It is sent to `/sso` only, lives ten minutes, and its state is good once.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from cryptography.exceptions import InvalidTag
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
    """A person sent to the card service: what we asked, through which channel, and where they want to go."""

    journey: Journey
    channel: str
    target: str
    left_at: datetime


def state_digest(state: str) -> str:
    """A short name for a state that does not tell it."""
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def keep(request: HttpRequest, response: HttpResponse, departure: Departure) -> None:
    """Remember it in this browser; beyond `MOST` open journeys the others are given up."""
    open_ones = [name for name in request.COOKIES if name.startswith(PREFIX)]
    if len(open_ones) >= MOST:
        for name in open_ones:
            response.delete_cookie(name, path=PATH, samesite="Lax")
    journey = departure.journey
    # Not its address: long, and done with.
    values = {
        "state": journey.state,
        "nonce": journey.nonce,
        "verifier": journey.verifier,
        "redirect_uri": journey.redirect_uri,
        "channel": departure.channel,
        "target": departure.target,
        "left_at": departure.left_at.isoformat(),
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
    """Whether this browser waits for an answer to a question of the last ten minutes."""
    return any(value and name.startswith(PREFIX) for name, value in request.COOKIES.items())


def recall(request: HttpRequest, state: str) -> Departure | None:
    """This browser's journey with that state; None for another browser's, an altered one, and one older than ten minutes."""
    sealed = request.COOKIES.get(PREFIX + state_digest(state))
    if not sealed:
        return None
    try:
        values = orjson.loads(decrypt(sealed, _CONTEXT))
        left_at = datetime.fromisoformat(values["left_at"])
    except (InvalidTag, KeyError, ValueError):
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
    return Departure(journey, values["channel"], values["target"], left_at)


def forget(response: HttpResponse, state: str) -> None:
    """The answer has come: this browser keeps nothing of the journey."""
    response.delete_cookie(PREFIX + state_digest(state), path=PATH, samesite="Lax")
