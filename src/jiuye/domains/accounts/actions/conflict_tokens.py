"""Encrypted tokens of the sign-in pages for a pending conflict: bound to one browser, valid for ten minutes."""

import hmac
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.crypto import decrypt, encrypt
from jiuye.kernel.errors import Refused
from jiuye.kernel.identifiers import mask_name, mask_phone
from jiuye.ports.identity import CardHolder

LIFETIME = timedelta(minutes=10)
_CONTEXT = "card-conflict"

ConflictKind = Literal["other_name", "other_card"]


@dataclass(frozen=True, slots=True)
class CardConflict:
    """The card's phone belongs to an account that may not be the holder's; nobody is signed in.

    `other_name`: the account has another name; `other_card`: it belongs to another person. `account_name` is that
    account's and `phone` the card's, both masked. `claim_account` and `open_account` take `token`.
    """

    kind: ConflictKind
    account_name: str
    phone: str
    token: str


@dataclass(frozen=True, slots=True)
class Suspended:
    """A sign-in that waits for the person's decision."""

    holder: CardHolder
    kind: ConflictKind
    account_name: str
    method: SignInMethod
    channel: str

    def told(self, token: str) -> CardConflict:
        """Return what the conflict's page shows."""
        return CardConflict(self.kind, self.account_name, mask_phone(self.holder.phone), token)


def suspend(
    holder: CardHolder, *, kind: ConflictKind, account_name: str, method: SignInMethod, channel: str, binding: str
) -> CardConflict:
    """Return a conflict with its token, bound to the browser of `binding`."""
    waiting = Suspended(holder, kind, mask_name(account_name), method, channel)
    until = clock.now() + LIFETIME
    sealed = encrypt(orjson.dumps({**asdict(waiting), "binding": binding, "until": until}).decode(), _CONTEXT)
    return waiting.told(sealed)


def resume(token: str, *, binding: str) -> Suspended:
    """Return the pending sign-in. Raises `Refused` for tokens that are altered, too old or another browser's, all alike."""
    try:
        facts: dict[str, Any] = orjson.loads(decrypt(token, _CONTEXT))
    except (ValueError, KeyError) as problem:
        raise _gone() from problem
    is_ours = hmac.compare_digest(facts["binding"].encode(), binding.encode())
    if not is_ours or datetime.fromisoformat(facts["until"]) <= clock.now():
        raise _gone()
    return Suspended(
        holder=CardHolder(**facts["holder"]),
        kind=facts["kind"],
        account_name=facts["account_name"],
        method=SignInMethod(facts["method"]),
        channel=facts["channel"],
    )


def _gone() -> Refused:
    return Refused("等待时间太长，这次社保卡登录已失效，请重新用社保卡登录。", code="conflict_expired")
