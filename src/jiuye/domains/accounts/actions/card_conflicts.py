"""Resolve a conflict: the card's phone belongs to an account that may be somebody else's (see `card.enter_by_card`, rule 3)."""

from uuid import UUID

from jiuye.domains.accounts import code_limits
from jiuye.domains.accounts.actions import card, conflict_tokens
from jiuye.domains.accounts.actions.codes import SignedIn, prove_phone, request_code
from jiuye.domains.accounts.actions.conflict_tokens import CardConflict, Suspended
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused


def read_conflict(actor: Actor, *, token: str, binding: str) -> CardConflict:
    """Return the conflict for its page. Raises `Refused` (`conflict_expired`) when it has expired."""
    return conflict_tokens.resume(token, binding=binding).told(token)


def request_claim_code(actor: Actor, *, token: str, binding: str) -> UUID:
    """那是我的账号: send a code to the card's phone, which is that account's. Return the code's id. Raises `Refused`, `RateLimited`."""
    suspended = _claimable(token, binding)
    holder = suspended.holder
    return request_code(
        actor,
        phone=holder.phone,
        purpose=CodePurpose.LINK_CARD,
        binding=binding,
        requester=code_limits.owner("card", holder.id_number),
    )


def claim_account(actor: Actor, *, token: str, code: str, binding: str) -> SignedIn:
    """Give the account to the holder, proven by the code: the card is linked, and its name replaces the account's.

    A person with that phone could sign in to the account by SMS anyway, so this grants nothing new. Raises `Invalid`
    for a wrong code, `RateLimited`, and `Refused` if the conflict has expired or the account now belongs to another
    person.
    """
    suspended = _claimable(token, binding)
    holder = suspended.holder
    prove_phone(actor, phone=holder.phone, code=code, purpose=CodePurpose.LINK_CARD, binding=binding)
    with card.one_at_a_time(holder, holder.phone):
        user = card.owner_of(actor, holder)
        is_new = False
        if user is None:
            user, is_new = card.account_of(actor, holder.phone)
            if card.conflict_with(user, holder) == "other_card":
                raise _not_yours()
            audit.record(actor, "card.claim", user.pk)
        return card.come_in(actor, user, holder, method=suspended.method, channel=suspended.channel, is_new=is_new)


def request_new_phone_code(actor: Actor, *, token: str, phone: str, binding: str) -> UUID:
    """不是我的: send a code to another phone of the holder. Return the code's id.

    Whether that phone has an account is revealed only after it is confirmed. Raises `Invalid`, `Refused`,
    `RateLimited`.
    """
    suspended = conflict_tokens.resume(token, binding=binding)
    number = _another_phone(suspended, phone)
    card_digest = code_limits.digest_of("card", suspended.holder.id_number)
    asker = code_limits.visitor(ip=actor.ip, phone_index=phone_index(number), account=card_digest)
    return request_code(actor, phone=number, purpose=CodePurpose.LINK_CARD, binding=binding, requester=asker)


def open_account(actor: Actor, *, token: str, phone: str, code: str, binding: str) -> SignedIn:
    """Create an account with another phone, confirmed by the code, or take the account of that phone if it has nobody
    else's name.

    Raises `Invalid` for a wrong code or a phone of somebody else's account, `RateLimited`, and `Refused` if the
    conflict has expired.
    """
    suspended = conflict_tokens.resume(token, binding=binding)
    holder = suspended.holder
    number = _another_phone(suspended, phone)
    prove_phone(actor, phone=number, code=code, purpose=CodePurpose.LINK_CARD, binding=binding)
    with card.one_at_a_time(holder, holder.phone, number):
        user = card.owner_of(actor, holder)
        is_new = False
        if user is None:
            user, is_new = card.account_of(actor, number)
            if card.conflict_with(user, holder):
                raise Invalid({"phone": "这个手机号也已有账号，而且用的是别的姓名，请换一个您自己的号码。"})
        return card.come_in(actor, user, holder, method=suspended.method, channel=suspended.channel, is_new=is_new)


def _claimable(token: str, binding: str) -> Suspended:
    suspended = conflict_tokens.resume(token, binding=binding)
    if suspended.kind != "other_name":
        raise _not_yours()
    return suspended


def _another_phone(suspended: Suspended, phone: str) -> str:
    number = parse_mobile(phone)
    if number == suspended.holder.phone:
        raise Invalid({"phone": "这是社保卡上登记的号码，它已属于另一个账号，请填写另一个手机号。"})
    return number


def _not_yours() -> Refused:
    return Refused("那个账号已实名为另一个人，不能认领。请换一个手机号建立您自己的账号。", code="other_card")
