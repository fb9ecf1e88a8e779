"""Coming in with the card: one person, one account; nobody into another's."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import CardIdentity, RealName, User
from jiuye.domains.accounts.states import RealNameSource, SignInMethod
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused, SignInRequired
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.ports.identity import CardHolder
from tests.domains.accounts.asking import BROWSER, VISITOR, ask, check, code_of
from tests.factories import accounts, cards
from tests.factories.races import at_once

pytestmark = pytest.mark.django_db


def enter(holder: CardHolder, channel: str = "") -> actions.SignedIn | actions.CardConflict:
    return actions.enter_by_card(VISITOR, holder=holder, method=SignInMethod.ESSC_APP, binding=BROWSER, channel=channel)


def entered(holder: CardHolder) -> actions.SignedIn:
    outcome = enter(holder)
    assert isinstance(outcome, actions.SignedIn)
    return outcome


def conflict(holder: CardHolder) -> actions.CardConflict:
    outcome = enter(holder)
    assert isinstance(outcome, actions.CardConflict)
    return outcome


def stated(user: User, holder: CardHolder) -> None:
    """The records office has confirmed the name and number that the account's owner stated."""
    assert actions.record_real_name(Actor.system(), person_id=user.pk, name=holder.name, id_number=holder.id_number)


# A new person.


def test_a_card_nobody_has_used_makes_its_holder_an_account() -> None:
    holder = cards.holder()

    outcome = entered(holder)

    person = User.objects.get(pk=outcome.person_id)
    assert (outcome.is_new, outcome.card_phone_differs) == (True, False)
    assert (person.phone, person.name) == (holder.phone, holder.name)
    assert person.last_login_at is not None
    assert EventRecord.objects.get(name="PersonRegistered").payload == {"person_id": str(person.pk)}


def test_the_holders_name_is_proven_by_the_card() -> None:
    holder = cards.holder()

    person_id = entered(holder).person_id

    named = RealName.objects.get(pk=person_id)
    assert (named.name, named.id_number, named.source) == (holder.name, holder.id_number, RealNameSource.CARD)
    card = CardIdentity.objects.get(pk=person_id)
    assert (card.phone, card.region, card.level, card.issuer) == (holder.phone, "510100", 2, "https://card.example")


def test_the_database_tells_nothing_that_identifies_the_holder() -> None:
    holder = cards.holder()
    entered(holder)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(u)::text || row_to_json(r)::text || row_to_json(c)::text FROM accounts_user u"
            " JOIN accounts_realname r ON r.user_id = u.id JOIN accounts_cardidentity c ON c.user_id = u.id"
        )
        [(stored,)] = cursor.fetchall()
        cursor.execute("SELECT string_agg(a::text, '') FROM kernel_audit a")
        [(audited,)] = cursor.fetchall()
    for secret in (holder.id_number, holder.phone, holder.name, f'"{holder.subject}"'):
        assert secret not in stored
        assert secret not in audited


def test_coming_in_is_audited_with_the_channel() -> None:
    outcome = enter(cards.holder(), channel="app-pay")

    assert isinstance(outcome, actions.SignedIn)
    entry = AuditEntry.objects.get(action="account.sign_in")
    assert entry.actor_person_id == outcome.person_id
    assert entry.detail == {"method": "essc_app", "channel": "app-pay", "is_new": True}
    assert AuditEntry.objects.filter(action="card.link", subject_id=str(outcome.person_id)).count() == 1


# Rule 1: the ID number says who somebody is.


def test_the_same_card_comes_back_to_the_same_account() -> None:
    holder = cards.holder()

    first, second = entered(holder), entered(holder)

    assert second == actions.SignedIn(first.person_id, is_new=False)
    assert AuditEntry.objects.filter(action="card.link").count() == 1


def test_coming_back_costs_seven_questions_to_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    holder = cards.holder()
    entered(holder)

    with django_assert_num_queries(7 + 2):  # and the test's own savepoint
        entered(holder)


def test_another_name_for_the_same_person_at_the_provider_changes_nothing() -> None:
    holder = cards.holder()
    first = entered(holder)

    assert entered(replace(holder, subject="s-renewed")).person_id == first.person_id
    assert entered(replace(holder, issuer="https://other-card.example")).person_id == first.person_id


def test_what_the_card_says_is_brought_up_to_date() -> None:
    holder = cards.holder()
    person_id = entered(holder).person_id

    entered(replace(holder, name="林大满", region="110100", level=1))

    assert User.objects.get(pk=person_id).name == "林大满"
    assert RealName.objects.get(pk=person_id).name == "林大满"
    card = CardIdentity.objects.get(pk=person_id)
    assert (card.region, card.level) == ("110100", 1)


def test_the_account_keeps_its_phone_when_the_card_names_another_and_the_person_is_told_once() -> None:
    holder = cards.holder()
    person_id = entered(holder).person_id
    moved = replace(holder, phone="13700009999")

    told = [entered(moved).card_phone_differs for _ in range(2)]

    assert told == [True, False]
    assert User.objects.get(pk=person_id).phone == holder.phone
    assert User.objects.count() == 1


def test_the_id_number_counts_even_when_the_cards_phone_is_anothers() -> None:
    holder = cards.holder()
    person_id = entered(holder).person_id
    stranger = accounts.person("周明远", phone="13700009998")

    outcome = entered(replace(holder, phone=stranger.phone))

    assert outcome.person_id == person_id
    assert not RealName.objects.filter(pk=stranger.pk).exists()


def test_a_person_confirmed_by_the_records_office_is_known_by_number_when_the_phone_agrees() -> None:
    user = accounts.person("小满", phone="13700009997")
    holder = cards.holder(phone=user.phone)
    stated(user, holder)

    assert entered(holder).person_id == user.pk
    assert RealName.objects.get(pk=user.pk).source == RealNameSource.CARD


def test_who_stated_my_name_and_number_does_not_get_my_sign_in() -> None:
    holder = cards.holder()
    impostor = accounts.person("林小满")
    stated(impostor, holder)

    outcome = entered(holder)

    assert outcome.person_id != impostor.pk
    assert outcome.is_new
    assert not RealName.objects.filter(pk=impostor.pk).exists()
    assert RealName.objects.get(id_number_index__isnull=False).user_id == outcome.person_id
    assert AuditEntry.objects.filter(action="account.real_name_withdrawn", subject_id=str(impostor.pk)).exists()


def test_a_card_that_names_another_person_than_before_lets_nobody_in() -> None:
    holder = cards.holder()
    person_id = entered(holder).person_id
    somebody_else = cards.holder(subject=holder.subject, phone="13700009996", name="周明远")

    with pytest.raises(Refused) as refusal:
        enter(somebody_else)

    assert refusal.value.code == "card_changed"
    assert [user.pk for user in User.objects.all()] == [person_id]
    assert RealName.objects.get().id_number == holder.id_number


# Rule 2: the phone leads to an account that may be the holder's.


def test_an_account_made_by_sms_is_linked_not_doubled() -> None:
    user = accounts.person(phone="13700009995")

    outcome = entered(cards.holder(phone=user.phone))

    assert outcome == actions.SignedIn(user.pk, is_new=False)
    user.refresh_from_db()
    assert user.name == "林小满"
    assert User.objects.count() == 1
    assert not EventRecord.objects.filter(name="PersonRegistered").exists()


@pytest.mark.parametrize(
    ("account", "card"),
    [("林小满", "林小满"), ("林 小满", "林小满"), ("阿依古丽·买买提", "阿依古丽•买买提"), ("ＬＩＮ", "lin")],
)
def test_the_same_name_written_otherwise_is_the_same_name(account: str, card: str) -> None:
    user = accounts.person(account)

    assert entered(cards.holder(phone=user.phone, name=card)).person_id == user.pk


def test_after_linking_the_person_comes_in_by_sms_to_the_same_account() -> None:
    holder = cards.holder()
    by_card = entered(holder)

    by_sms = check(code_of(ask(holder.phone)), holder.phone)

    assert by_sms.person_id == by_card.person_id


def test_an_erased_account_is_nobodys() -> None:
    user = accounts.person("周明远")
    phone = user.phone
    User.objects.filter(pk=user.pk).update(phone="", phone_index=None, erased_at="2026-01-01T00:00:00Z")

    assert entered(cards.holder(phone=phone)).is_new


# Rule 3: the account may be somebody else's.


def test_a_number_handed_on_does_not_open_the_account_of_who_had_it() -> None:
    user = accounts.person("周明远")

    found = conflict(cards.holder(phone=user.phone))

    assert (found.kind, found.account_name) == ("other_name", "周**")
    assert found.phone == f"{user.phone[:3]}****{user.phone[-4:]}"
    user.refresh_from_db()
    assert (user.name, user.last_login_at) == ("周明远", None)
    assert not RealName.objects.exists()
    assert not CardIdentity.objects.exists()
    assert not AuditEntry.objects.filter(action="account.sign_in").exists()
    assert AuditEntry.objects.filter(action="account.sign_in_suspended", subject_id=str(user.pk)).exists()


def test_an_account_with_anothers_card_is_not_opened_though_the_names_agree() -> None:
    first = cards.holder()
    person_id = entered(first).person_id

    found = conflict(cards.holder(phone=first.phone))

    assert found.kind == "other_card"
    assert RealName.objects.get(pk=person_id).id_number == first.id_number


def test_an_account_confirmed_as_another_person_by_the_records_office_is_not_opened() -> None:
    user = accounts.person()
    stated(user, cards.holder(name="周明远"))

    assert conflict(cards.holder(phone=user.phone)).kind == "other_card"


def test_what_the_login_page_holds_of_a_conflict_tells_nothing() -> None:
    user = accounts.person("周明远")
    holder = cards.holder(phone=user.phone)

    token = conflict(holder).token

    for secret in (holder.id_number, holder.phone, holder.name, "周明远"):
        assert secret not in token


# At once.


@pytest.mark.django_db(transaction=True)
def test_the_same_card_twelve_times_at_once_makes_one_account() -> None:
    holder = cards.holder()
    # Every third comes under another name of the provider's.
    subjects = [holder.subject if number % 3 else f"{holder.subject}-{number}" for number in range(12)]

    results = at_once(*[partial(entered, replace(holder, subject=subject)) for subject in subjects])

    assert len({signed_in.person_id for signed_in in results}) == 1
    assert User.objects.count() == 1
    assert EventRecord.objects.filter(name="PersonRegistered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_person_with_eight_phones_at_once_makes_one_account() -> None:
    holder = cards.holder()

    results = at_once(*[partial(entered, replace(holder, phone=f"1370001000{number}")) for number in range(8)])

    assert len({signed_in.person_id for signed_in in results}) == 1
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_card_and_sms_at_once_make_one_account() -> None:
    holder = cards.holder()
    code = code_of(ask(holder.phone))

    results = at_once(partial(entered, holder), partial(check, code, holder.phone))

    assert len({signed_in.person_id for signed_in in results}) == 1
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_new_phone_at_once_make_one_account_and_one_conflict() -> None:
    first = cards.holder()
    second = cards.holder(phone=first.phone, name="周明远")

    results = at_once(partial(enter, first), partial(enter, second))

    assert sorted(type(result).__name__ for result in results) == ["CardConflict", "SignedIn"]
    assert User.objects.count() == 1


# Linking while signed in.


def test_a_person_who_is_signed_in_links_their_card() -> None:
    user = accounts.person("小满")
    holder = cards.holder()

    actions.link_card(accounts.actor(user), holder=holder)

    assert RealName.objects.get(pk=user.pk).id_number == holder.id_number
    assert User.objects.get(pk=user.pk).name == holder.name
    assert entered(holder).person_id == user.pk


def test_a_person_confirmed_by_the_records_office_links_their_card_whatever_phone_it_names() -> None:
    user = accounts.person("小满")
    holder = cards.holder()
    stated(user, holder)

    actions.link_card(accounts.actor(user), holder=holder)

    assert RealName.objects.get(pk=user.pk).source == RealNameSource.CARD
    assert entered(holder).person_id == user.pk


def test_a_card_is_not_linked_to_a_second_account() -> None:
    holder = cards.holder()
    person_id = entered(holder).person_id
    user = accounts.person()

    with pytest.raises(Refused) as refusal:
        actions.link_card(accounts.actor(user), holder=holder)

    assert refusal.value.code == "card_taken"
    assert RealName.objects.get().user_id == person_id


def test_an_account_does_not_become_another_persons() -> None:
    mine = cards.holder()
    person_id = entered(mine).person_id

    with pytest.raises(Refused) as refusal:
        actions.link_card(Actor(person_id=person_id), holder=cards.holder(name="周明远"))

    assert refusal.value.code == "other_card"
    assert RealName.objects.get().id_number == mine.id_number


def test_nobody_links_a_card_to_nobody() -> None:
    with pytest.raises(SignInRequired):
        actions.link_card(VISITOR, holder=cards.holder())
