"""Sign-in by a card on the same device, from partner apps or from our own pages: rate limits, and a log of every refusal."""

import hashlib

from jiuye.domains.accounts import policies
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import audit, rate_limits
from jiuye.kernel.actor import Actor

# Whole towns share one address of a mobile network: this limit stops machines, not people.
TRIES_PER_NETWORK = 1200
TRIES_PER_BROWSER = 30
WINDOW_SECONDS = 600
STATE_REMEMBERED_SECONDS = 3600
_MESSAGE = "用电子社保卡登录太频繁了，请几分钟后再试，或用手机号登录。"


def count_app_entry(actor: Actor, *, step: str, browser: str = "") -> None:
    """Count one attempt of `step` (`start` or `answer`). `browser` is the session's key, if any. Raises `RateLimited`."""
    network = policies.network_of(actor.ip)
    rate_limits.hit(f"sso-{step}:{network}", limit=TRIES_PER_NETWORK, seconds=WINDOW_SECONDS, message=_MESSAGE)
    if browser:
        digest = hashlib.sha256(browser.encode()).hexdigest()
        rate_limits.hit(f"sso-{step}:{digest}", limit=TRIES_PER_BROWSER, seconds=WINDOW_SECONDS, message=_MESSAGE)


def use_state(state: str) -> bool:
    """Return whether this answer's state is used for the first time, so that a copied cookie and URL are worthless."""
    digest = hashlib.sha256(state.encode()).hexdigest()
    return rate_limits.once(f"sso-state:{digest}", seconds=STATE_REMEMBERED_SECONDS)


def note_refused_entry(actor: Actor, *, channel: str, reason: str, method: SignInMethod) -> None:
    """Record a refused sign-in or linking: the reason and the channel (empty if unknown), never the card's holder."""
    audit.record(actor, "account.sign_in_refused", channel, reason=reason, method=method.value)
