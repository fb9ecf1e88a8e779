"""A real name by the authority, for staff."""

import pytest

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.accounts.queries import real_name as known_name
from jiuye.domains.verification import actions, queries
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.ids import new_id
from tests.factories.accounts import actor, member, person
from tests.factories.verification import answer, id_number, real_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def he() -> User:
    """He works for an agency and has no card."""
    return member(new_id())


def ask(user: User, name: str = "何经办", number: str = "") -> VerificationCase:
    actions.request_real_name(actor(user), name=name, id_number=number or id_number(), has_consented=True)
    return VerificationCase.objects.get(user=user, superseded_at=None)


def test_a_confirmed_identity_becomes_the_real_name_shown_in_outline(he: User) -> None:
    actions.record_answer(Actor.system(), answer=answer(ask(he)))
    view = known_name(actor(he))
    assert view is not None
    assert (view.name, view.id_number, view.source) == ("何**", f"510***********{id_number()[-4:]}", "人社部门核验")


@pytest.mark.parametrize("outcome", ["mismatched", "no_record"])
def test_without_a_confirmation_nobody_is_named_and_one_may_type_again_at_once(he: User, outcome: str) -> None:
    actions.record_answer(Actor.system(), answer=answer(ask(he), outcome))
    assert not RealName.objects.exists()
    assert ask(he, name="何经半").state == "pending"


def test_a_number_of_another_account_is_explained_and_nothing_is_overwritten(he: User) -> None:
    real_name(person("林小满"))
    actions.record_answer(Actor.system(), answer=answer(ask(he)))
    state = queries.states_for([he.pk], for_owner=True)[he.pk]
    assert state.state == "unverified"
    assert "另一个账号" in state.explanation
    assert RealName.objects.get().name == "林小满"


@pytest.mark.parametrize(
    ("name", "number", "field"),
    [("何", "", "name"), ("何经办", "510100199503080001", "id_number"), ("何经办", "51010019950308", "id_number")],
)
def test_what_cannot_be_right_is_not_sent(he: User, name: str, number: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(he, name, number)
    assert field in refusal.value.fields
    assert not VerificationCase.objects.exists()


def test_seekers_are_sent_to_their_card(db: None) -> None:
    with pytest.raises(Refused, match="电子社保卡"):
        ask(person("林小满"))


def test_who_is_named_is_not_asked_about_again(he: User) -> None:
    real_name(he)
    with pytest.raises(Refused, match="已经实名"):
        ask(he)
