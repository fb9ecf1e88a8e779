"""Who knows the credit code of a registered organisation asks its owners for membership."""

import pytest

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.models import MembershipRequest
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, RateLimited, Refused
from tests.factories import accounts, organisations
from tests.factories.members import TeamOf, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> TeamOf:
    return team(legal_name="甲公司")


@pytest.fixture
def zhao() -> Actor:
    return accounts.actor(accounts.person("赵新人"))


def code_of(ours: TeamOf) -> str:
    return ours.organisation.credit_code or ""


def ask(zhao: Actor, ours: TeamOf) -> MembershipRequest:
    request_id = actions.request_membership(zhao, credit_code=code_of(ours), note="招聘部")
    return MembershipRequest.objects.get(pk=request_id)


def is_member(zhao: Actor) -> bool:
    return Membership.objects.filter(user_id=zhao.person, ended_at=None).exists()


def test_the_owner_sees_who_asks_and_accepts_with_a_role(ours: TeamOf, zhao: Actor) -> None:
    request = ask(zhao, ours)
    (seen,) = queries.waiting_requests(ours.qian)
    assert (seen.name, seen.note) == ("赵新人", "招聘部")
    assert "****" in seen.phone
    actions.accept_membership_request(ours.qian, request_id=request.id, role="viewer")
    assert Membership.objects.get(user_id=zhao.person).role == "viewer"
    assert [one.state_label for one in queries.my_membership_requests(zhao)] == ["已同意"]


def test_others_of_the_organisation_see_that_somebody_asks_not_who(ours: TeamOf, zhao: Actor) -> None:
    ask(zhao, ours)
    (seen,) = queries.waiting_requests(ours.shen)
    assert (seen.name, seen.note) == ("赵**", "")


def test_a_refusal_says_why_and_the_person_reads_it(ours: TeamOf, zhao: Actor) -> None:
    request = ask(zhao, ours)
    with pytest.raises(Invalid):
        actions.refuse_membership_request(ours.qian, request_id=request.id, reason="  ")
    actions.refuse_membership_request(ours.qian, request_id=request.id, reason="不是本机构员工")
    assert not is_member(zhao)
    (mine,) = queries.my_membership_requests(zhao)
    assert (mine.state, mine.reason) == ("refused", "不是本机构员工")


def test_one_open_request_per_person_and_organisation(ours: TeamOf, zhao: Actor) -> None:
    ask(zhao, ours)
    with pytest.raises(Refused) as refusal:
        ask(zhao, ours)
    assert refusal.value.code == "already_asked"
    assert MembershipRequest.objects.count() == 1


def test_a_withdrawn_one_can_be_asked_again_but_not_for_ever(ours: TeamOf, zhao: Actor) -> None:
    for _ in range(3):
        actions.withdraw_membership_request(zhao, request_id=ask(zhao, ours).id)
    with pytest.raises(RateLimited):
        ask(zhao, ours)


def test_who_is_a_member_need_not_ask(ours: TeamOf) -> None:
    with pytest.raises(Refused) as refusal:
        actions.request_membership(Actor(ours.he.person), credit_code=code_of(ours), note="")
    assert refusal.value.code == "member"


@pytest.mark.parametrize("state", ["accepted", "refused", "withdrawn"])
def test_an_answered_one_cannot_be_answered_again(ours: TeamOf, zhao: Actor, state: str) -> None:
    request = ask(zhao, ours)
    if state == "withdrawn":
        actions.withdraw_membership_request(zhao, request_id=request.id)
    elif state == "refused":
        actions.refuse_membership_request(ours.qian, request_id=request.id, reason="不认识")
    else:
        actions.accept_membership_request(ours.qian, request_id=request.id, role="viewer")
    for attempt in (
        lambda: actions.accept_membership_request(ours.qian, request_id=request.id, role="recruiter"),
        lambda: actions.refuse_membership_request(ours.qian, request_id=request.id, reason="不认识"),
        lambda: actions.withdraw_membership_request(zhao, request_id=request.id),
    ):
        with pytest.raises(Refused):
            attempt()
    request.refresh_from_db()
    assert request.state == state


def test_owners_of_other_organisations_and_other_people_find_nothing(ours: TeamOf, zhao: Actor) -> None:
    request, other = ask(zhao, ours), team(legal_name="乙公司").qian
    with pytest.raises(NotFound):
        actions.accept_membership_request(other, request_id=request.id, role="viewer")
    with pytest.raises(NotFound):
        actions.withdraw_membership_request(accounts.actor(accounts.person("别人")), request_id=request.id)
    assert not is_member(zhao)


def test_an_employer_that_agencies_only_name_is_not_registered(zhao: Actor) -> None:
    named = organisations.employer(named_by=organisations.agency())
    assert queries.known_organisations(named.credit_code or "") == []
    with pytest.raises(NotFound):
        actions.request_membership(zhao, credit_code=named.credit_code or "", note="")


def test_the_name_is_shown_if_it_is_public_and_else_its_ends() -> None:
    listed = team(legal_name="成都甲人力资源有限公司")
    (found,) = queries.known_organisations(code_of(listed).lower())
    assert found.name == "成都甲人力资源有限公司"
    type(listed.organisation).objects.update(is_listed=False)
    (found,) = queries.known_organisations(code_of(listed))
    assert found.name == "成都****有限公司"


def test_an_agency_and_an_employer_under_one_code_are_told_apart(ours: TeamOf, zhao: Actor) -> None:
    employer = organisations.employer(credit_code=code_of(ours), legal_name="甲公司")
    organisations.member(employer, role="owner")
    assert [one.kind for one in queries.known_organisations(code_of(ours))] == ["agency", "employer"]
    actions.request_membership(zhao, credit_code=code_of(ours), note="", kind="employer")
    assert MembershipRequest.objects.get().organisation_id == employer.id


def test_a_wrong_code_is_said_to_be_wrong(zhao: Actor) -> None:
    with pytest.raises(Invalid):
        actions.request_membership(zhao, credit_code="123", note="")


def test_an_account_without_a_name_gives_one(ours: TeamOf) -> None:
    nameless = accounts.actor(accounts.person(""))
    with pytest.raises(Invalid):
        actions.request_membership(nameless, credit_code=code_of(ours), note="")
    assert not MembershipRequest.objects.exists()
    actions.request_membership(nameless, credit_code=code_of(ours), note="", name="周新人")
    assert User.objects.get(pk=nameless.person).name == "周新人"
