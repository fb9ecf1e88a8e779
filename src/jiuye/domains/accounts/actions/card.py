"""Sign-in with the electronic social security card: which account it opens. Rules and reasons: docs/identity.md.

One person has one account. The ID number identifies a person; a phone only reaches them, and numbers are reassigned.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from jiuye.domains.accounts.actions import conflict_tokens
from jiuye.domains.accounts.actions.codes import SignedIn
from jiuye.domains.accounts.actions.conflict_tokens import CardConflict, ConflictKind
from jiuye.domains.accounts.events import PersonRegistered
from jiuye.domains.accounts.models import CardIdentity, RealName, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.accounts.states import RealNameSource, SignInMethod
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Refused
from jiuye.kernel.ids import new_id
from jiuye.ports.identity import CardHolder


def enter_by_card(
    actor: Actor, *, holder: CardHolder, method: SignInMethod, binding: str, channel: str = ""
) -> SignedIn | CardConflict:
    """Return the account of the card's holder, creating it if there is none, or the conflict and its ways out.

    1. An account linked to this ID number: that one. The card's data and the name are updated; the account keeps its
       phone, and `card_phone_differs` is true when the card has a new other phone.
    2. Else an account with the card's phone, without an ID number and without another name: the card is linked to it.
    3. Else that account has another name (a reassigned number) or another person's ID number: nobody is signed in and
       nothing changes; `claim_account` and `open_account` resolve it.
    4. Else a new account with the card's phone and name.

    `channel` is the partner app's code. `binding` is `binding_of` the browser's secret, to which a conflict's token
    is bound. The caller signs the browser in. Raises `Refused` if another person's account has this card.
    """
    with one_at_a_time(holder, holder.phone):
        owner = owner_of(actor, holder)
        if owner is not None:
            return come_in(actor, owner, holder, method=method, channel=channel)
        user, is_new = account_of(actor, holder.phone)
        kind = conflict_with(user, holder)
        if kind is None:
            return come_in(actor, user, holder, method=method, channel=channel, is_new=is_new)
        audit.record(actor, "account.sign_in_suspended", user.pk, method=method, channel=channel, reason=kind)
    return conflict_tokens.suspend(
        holder, kind=kind, account_name=user.name, method=method, channel=channel, binding=binding
    )


def link_card(actor: Actor, *, holder: CardHolder) -> None:
    """Link the card to the signed-in person's account, which gives them a verified name.

    Raises `SignInRequired`; `Refused` if the account belongs to another person, or this person has another account.
    """
    person = actor.person
    with one_at_a_time(holder, holder.phone):
        user = User.objects.select_for_update().get(pk=person, erased_at=None)
        owner = owner_of(actor, holder)
        if owner is not None and owner.pk != person:
            raise Refused("这张电子社保卡已用于您的另一个账号，请退出后用社保卡登录那个账号。", code="card_taken")
        if owner is None and RealName.objects.filter(user_id=person).exists():
            raise Refused("这个账号已实名为另一个人，不能改用这张电子社保卡。", code="other_card")
        attach(actor, user, holder)


@contextmanager
def one_at_a_time(holder: CardHolder, *phones: str) -> Iterator[None]:
    """Open a transaction that serialises card decisions about this ID number and these phones."""
    # Sorted, so that two transactions that need the same locks cannot deadlock.
    locks = sorted({_id_number_index(holder), *map(phone_index, phones)})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 1)) FROM unnest(%s::text[]) AS name", [locks]
        )
        yield


def owner_of(actor: Actor, holder: CardHolder) -> User | None:
    """Return the account verified as this person's by ID number, or None.

    A name and number that the records office confirmed could have been entered by anybody who knew them. The card
    proves more: unless that account also has the card's phone, its confirmation is withdrawn.
    """
    named = (
        RealName.objects.select_for_update(of=("self", "user"))
        .select_related("user")
        .filter(id_number_index=_id_number_index(holder), user__erased_at=None)
        .first()
    )
    if named is None:
        return None
    user = named.user
    if named.source == RealNameSource.CARD or user.phone == holder.phone:
        return user
    named.delete()
    audit.record(actor, "account.real_name_withdrawn", user.pk, reason="proven_by_card")
    return None


def account_of(actor: Actor, phone: str) -> tuple[User, bool]:
    """Return the phone's account and whether it was just created."""
    index = phone_index(phone)
    fresh = User(id=new_id(), phone=phone, phone_index=index, created_at=clock.now())
    # Signing in by SMS takes no such lock: a unique constraint keeps one of several accounts created at once.
    User.objects.bulk_create([fresh], ignore_conflicts=True)
    user = User.objects.select_for_update().get(phone_index=index)
    is_new = user.pk == fresh.pk
    if is_new:
        events.publish(Actor(person_id=user.pk, ip=actor.ip), PersonRegistered(user.pk))
    return user, is_new


def conflict_with(user: User, holder: CardHolder) -> ConflictKind | None:
    """Return why an account with the card's phone, which `owner_of` did not find, may not be the holder's."""
    if RealName.objects.filter(user_id=user.pk).exists():
        return "other_card"
    return "other_name" if user.name and _comparable(user.name) != _comparable(holder.name) else None


def come_in(
    actor: Actor, user: User, holder: CardHolder, *, method: SignInMethod, channel: str, is_new: bool = False
) -> SignedIn:
    """Update the account with the card's data and record the sign-in."""
    person = Actor(person_id=user.pk, ip=actor.ip)
    user.last_login_at = clock.now()
    phone_is_news = attach(person, user, holder)
    audit.record(person, "account.sign_in", user.pk, method=method, channel=channel, is_new=is_new)
    return SignedIn(user.pk, is_new, card_phone_differs=phone_is_news and holder.phone != user.phone)


def attach(actor: Actor, user: User, holder: CardHolder) -> bool:
    """Link the card to the account and save both. Return whether the card has a phone it did not have before."""
    moment = clock.now()
    subject = f"{holder.issuer}\n{holder.subject}"
    index = blind_index(subject, "card-subject")
    cards = {card.user_id: card for card in CardIdentity.objects.filter(Q(subject_index=index) | Q(user_id=user.pk))}
    if cards.keys() - {user.pk}:
        raise Refused("电子社保卡里的身份信息与以前登录时不一致，请联系客服核对后再登录。", code="card_changed")
    card = cards.get(user.pk) or CardIdentity(user_id=user.pk, phone="", linked_at=moment)
    phone_is_news = card.phone != holder.phone
    card.issuer, card.subject, card.subject_index = holder.issuer, subject, index
    card.phone, card.region, card.level, card.last_used_at = holder.phone, holder.region, holder.level, moment
    card.save(force_insert=not cards, force_update=bool(cards))
    _prove_name(user, holder)
    if not cards:
        audit.record(actor, "card.link", user.pk, level=holder.level)
    return phone_is_news


def _prove_name(user: User, holder: CardHolder) -> None:
    """Set the account's name to the card's."""
    user.name = holder.name
    user.save(update_fields=["name", "last_login_at"])
    named = RealName.objects.filter(user_id=user.pk).first() or RealName(user_id=user.pk)
    if (named.name, named.id_number, named.source) != (holder.name, holder.id_number, RealNameSource.CARD):
        named.name, named.id_number, named.id_number_index = holder.name, holder.id_number, _id_number_index(holder)
        named.source, named.verified_at = RealNameSource.CARD, clock.now()
        named.save()


def _id_number_index(holder: CardHolder) -> str:
    return blind_index(holder.id_number, "id-number")


def _comparable(name: str) -> str:
    """Normalise a name for comparison: width, case, spaces and the dots in transcribed names do not matter."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())
