"""The ways out when a card's phone belongs to an account that may be somebody else's."""

from datetime import timedelta
from typing import Any

import pytest

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import CardIdentity, LoginCode, RealName, User
from jiuye.domains.accounts.states import CodePurpose, SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.models import AuditEntry
from jiuye.ports.identity import CardHolder
from tests.domains.accounts.asking import BROWSER, OTHER_BROWSER, VISITOR, code_of, other_than
from tests.factories import accounts, cards

pytestmark = pytest.mark.django_db
NEW_PHONE = "13600000001"


def enter(holder: CardHolder) -> actions.SignedIn | actions.CardConflict:
    return actions.enter_by_card(
        VISITOR, holder=holder, method=SignInMethod.ESSC_APP, binding=BROWSER, channel="app-pay"
    )


def stuck(holder: CardHolder) -> str:
    """The token of a conflict."""
    outcome = enter(holder)
    assert isinstance(outcome, actions.CardConflict)
    return outcome.token


@pytest.fixture
def previous() -> User:
    """Who had the number before, and may be the holder under an old name."""
    return accounts.person("周明远")


@pytest.fixture
def holder(previous: User) -> CardHolder:
    return cards.holder(phone=previous.phone)


def claim(token: str) -> actions.SignedIn:
    code = code_of(actions.request_claim_code(VISITOR, token=token, binding=BROWSER))
    return actions.claim_account(VISITOR, token=token, code=code, binding=BROWSER)


def ask_for_new(token: str, phone: str = NEW_PHONE) -> str:
    return code_of(actions.request_new_phone_code(VISITOR, token=token, phone=phone, binding=BROWSER))


def open_account(token: str, code: str, phone: str = NEW_PHONE) -> actions.SignedIn:
    return actions.open_account(VISITOR, token=token, phone=phone, code=code, binding=BROWSER)


def nothing_happened(previous: User) -> bool:
    previous.refresh_from_db()
    return (
        previous.name == "周明远"
        and not RealName.objects.exists()
        and not CardIdentity.objects.exists()
        and User.objects.count() == 1
        and not AuditEntry.objects.filter(action="account.sign_in").exists()
    )


# The page of a conflict.


def test_the_conflict_can_be_shown_again_in_the_same_browser(holder: CardHolder) -> None:
    outcome = enter(holder)
    assert isinstance(outcome, actions.CardConflict)

    assert actions.read_conflict(VISITOR, token=outcome.token, binding=BROWSER) == outcome


@pytest.mark.parametrize("spoil", [lambda token: token[:-8] + "AAAAAAA=", lambda token: "", lambda token: "a:b:c"])
def test_a_token_that_was_altered_is_over(holder: CardHolder, spoil: Any) -> None:
    with pytest.raises(Refused) as refusal:
        actions.read_conflict(VISITOR, token=spoil(stuck(holder)), binding=BROWSER)
    assert refusal.value.code == "conflict_expired"


def test_another_browser_can_do_nothing_with_a_token(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)

    for attempt in (
        lambda: actions.read_conflict(VISITOR, token=token, binding=OTHER_BROWSER),
        lambda: actions.request_claim_code(VISITOR, token=token, binding=OTHER_BROWSER),
        lambda: actions.claim_account(VISITOR, token=token, code="123456", binding=OTHER_BROWSER),
        lambda: actions.request_new_phone_code(VISITOR, token=token, phone=NEW_PHONE, binding=OTHER_BROWSER),
        lambda: actions.open_account(VISITOR, token=token, phone=NEW_PHONE, code="123456", binding=OTHER_BROWSER),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "conflict_expired"
    assert nothing_happened(previous)
    assert not LoginCode.objects.exists()


def test_a_conflict_is_over_after_ten_minutes(holder: CardHolder, previous: User) -> None:
    moment = clock.now()
    with clock.frozen(moment):
        token = stuck(holder)

    with clock.frozen(moment + timedelta(minutes=10)), pytest.raises(Refused):
        actions.request_claim_code(VISITOR, token=token, binding=BROWSER)
    assert nothing_happened(previous)


# 那是我的账号


def test_who_proves_the_phone_gets_the_account_with_the_cards_name(holder: CardHolder, previous: User) -> None:
    outcome = claim(stuck(holder))

    assert outcome == actions.SignedIn(previous.pk, is_new=False)
    previous.refresh_from_db()
    assert previous.name == holder.name
    assert RealName.objects.get().id_number == holder.id_number
    assert AuditEntry.objects.filter(action="card.claim", subject_id=str(previous.pk)).count() == 1
    assert AuditEntry.objects.get(action="account.sign_in").detail["channel"] == "app-pay"
    assert enter(holder) == actions.SignedIn(previous.pk, is_new=False)


def test_a_wrong_code_claims_nothing(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)
    code = code_of(actions.request_claim_code(VISITOR, token=token, binding=BROWSER))

    with pytest.raises(Invalid):
        actions.claim_account(VISITOR, token=token, code=other_than(code), binding=BROWSER)
    assert nothing_happened(previous)


def test_a_code_for_signing_in_claims_nothing(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)
    login = actions.request_code(VISITOR, phone=previous.phone, purpose=CodePurpose.LOGIN, binding=BROWSER)

    with pytest.raises(Invalid):
        actions.claim_account(VISITOR, token=token, code=code_of(login), binding=BROWSER)
    assert nothing_happened(previous)


def test_an_account_proven_to_be_anothers_cannot_be_claimed() -> None:
    first = cards.holder()
    enter(first)
    token = stuck(cards.holder(phone=first.phone))

    for attempt in (
        lambda: actions.request_claim_code(VISITOR, token=token, binding=BROWSER),
        lambda: actions.claim_account(VISITOR, token=token, code="123456", binding=BROWSER),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "other_card"
    assert RealName.objects.get().id_number == first.id_number


def test_an_account_that_was_proven_meanwhile_is_not_claimed(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)
    code = code_of(actions.request_claim_code(VISITOR, token=token, binding=BROWSER))
    actions.link_card(accounts.actor(previous), holder=cards.holder(name="周明远"))

    with pytest.raises(Refused) as refusal:
        actions.claim_account(VISITOR, token=token, code=code, binding=BROWSER)

    assert refusal.value.code == "other_card"
    previous.refresh_from_db()
    assert previous.name == "周明远"


def test_claiming_twice_leads_to_the_same_account(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)
    moment = clock.now()
    with clock.frozen(moment):
        first = claim(token)

    with clock.frozen(moment + timedelta(minutes=2)):
        assert claim(token).person_id == first.person_id == previous.pk
    assert User.objects.count() == 1


# 不是我的


def test_who_says_it_is_not_theirs_gets_an_account_with_another_phone(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)

    outcome = open_account(token, ask_for_new(token))

    mine = User.objects.get(pk=outcome.person_id)
    assert outcome.is_new
    assert (mine.phone, mine.name) == (NEW_PHONE, holder.name)
    previous.refresh_from_db()
    assert (previous.name, previous.phone) == ("周明远", holder.phone)
    assert enter(holder) == actions.SignedIn(mine.pk, is_new=False)


def test_the_holder_of_a_number_with_anothers_card_gets_an_account_too() -> None:
    first = cards.holder()
    enter(first)
    token = stuck(cards.holder(phone=first.phone))

    assert open_account(token, ask_for_new(token)).is_new
    assert RealName.objects.count() == 2


def test_an_account_of_the_holders_own_with_the_new_phone_is_linked(holder: CardHolder) -> None:
    mine = accounts.person(phone=NEW_PHONE)
    token = stuck(holder)

    assert open_account(token, ask_for_new(token)) == actions.SignedIn(mine.pk, is_new=False, card_phone_differs=True)


def test_a_new_phone_must_be_proven(holder: CardHolder, previous: User) -> None:
    token = stuck(holder)
    code = ask_for_new(token)

    with pytest.raises(Invalid):
        open_account(token, other_than(code))
    with pytest.raises(Invalid):
        open_account(token, code, phone="13600000002")
    assert nothing_happened(previous)


@pytest.mark.parametrize("typed", ["", "12", "010-12345678"])
def test_a_number_that_is_no_mobile_is_refused_at_its_field(holder: CardHolder, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask_for_new(stuck(holder), typed)
    assert list(refusal.value.fields) == ["phone"]


def test_the_cards_own_phone_is_no_other_phone(holder: CardHolder, previous: User) -> None:
    with pytest.raises(Invalid) as refusal:
        ask_for_new(stuck(holder), f"+86 {holder.phone}")
    assert list(refusal.value.fields) == ["phone"]
    assert nothing_happened(previous)


def test_a_phone_of_somebody_elses_account_is_told_only_to_who_has_it(holder: CardHolder) -> None:
    stranger = accounts.person("王秋实", phone=NEW_PHONE)
    token = stuck(holder)

    code = ask_for_new(token)
    with pytest.raises(Invalid) as refusal:
        open_account(token, code)

    assert list(refusal.value.fields) == ["phone"]
    stranger.refresh_from_db()
    assert stranger.name == "王秋实"
    assert not RealName.objects.exists()


def test_none_of_this_depends_on_who_else_is_signed_in(holder: CardHolder, previous: User) -> None:
    bystander = accounts.person("王秋实")
    token = stuck(holder)
    code = code_of(actions.request_claim_code(VISITOR, token=token, binding=BROWSER))

    outcome = actions.claim_account(
        Actor(person_id=bystander.pk, ip="192.0.2.1"), token=token, code=code, binding=BROWSER
    )

    assert outcome.person_id == previous.pk
    assert not RealName.objects.filter(pk=bystander.pk).exists()
