"""Sign-in by a card on the same device, from partner apps or from our own pages: rate limits, and a log of every refusal."""

import hashlib

from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit, once

_MESSAGE = "用电子社保卡登录太频繁了，请 {wait}后再试，或用手机号登录。"
TRIES_OF_ADDRESS = Limit("card-address", "用电子社保卡登录（出发、返回各算一次）", ADDRESS, 1200, 600, _MESSAGE)
"""Whole towns share one address of a mobile network: this limit stops machines, not people."""

TRIES_OF_BROWSER = Limit("card-browser", "用电子社保卡登录（出发、返回各算一次）", "每个浏览器", 30, 600, _MESSAGE)
STATE_REMEMBERED_SECONDS = 3600


def count_app_entry(actor: Actor, *, step: str, browser: str = "") -> None:
    """Count one attempt of `step` (`start` or `answer`). `browser` is the session's key, if any. Raises `RateLimited`."""
    TRIES_OF_ADDRESS.hit(f"{step}:{network_of(actor.ip)}")
    if browser:
        digest = hashlib.sha256(browser.encode()).hexdigest()
        TRIES_OF_BROWSER.hit(f"{step}:{digest}")


def use_state(state: str) -> bool:
    """Return whether this answer's state is used for the first time, so that a copied cookie and URL are worthless."""
    digest = hashlib.sha256(state.encode()).hexdigest()
    return once(f"sso-state:{digest}", seconds=STATE_REMEMBERED_SECONDS)


def note_refused_entry(actor: Actor, *, channel: str, reason: str, method: SignInMethod) -> None:
    """Record a refused sign-in or linking: the reason and the channel (empty if unknown), never the card's holder."""
    audit.record(actor, "account.sign_in_refused", channel, reason=reason, method=method.value)
