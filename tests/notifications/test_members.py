"""Who belongs to an organisation: its owners and the person concerned are told."""

import pytest

from jiuye.domains.organisations import actions
from jiuye.kernel.actor import Actor
from jiuye.notifications.models import Notification
from tests.factories import accounts
from tests.factories.members import TeamOf, confirmed, team, token_to
from tests.notifications.test_delivery import deliver, texted, told

pytestmark = pytest.mark.django_db
PHONE = "13900000201"


@pytest.fixture
def ours() -> TeamOf:
    return team(legal_name="甲公司")


@pytest.fixture
def zhao() -> Actor:
    return accounts.actor(accounts.person("赵新人", PHONE))


def code_of(ours: TeamOf) -> str:
    return ours.organisation.credit_code or ""


def test_a_request_is_told_to_the_owners_in_their_portal_and_by_text(ours: TeamOf, zhao: Actor) -> None:
    actions.request_membership(zhao, credit_code=code_of(ours), note="")
    deliver()
    assert told(ours.qian) == texted(ours.qian) == ["team.requested"]
    assert told(ours.he) == told(ours.shen) == []
    message = Notification.objects.get()
    assert (message.link, message.organisation_id) == ("/agency/members", ours.organisation.id)
    assert "赵新人" not in message.title + message.body


@pytest.mark.parametrize("is_accepted", [True, False])
def test_the_answer_is_told_to_the_person(ours: TeamOf, zhao: Actor, is_accepted: bool) -> None:
    request = actions.request_membership(zhao, credit_code=code_of(ours), note="")
    if is_accepted:
        actions.accept_membership_request(ours.qian, request_id=request, role="viewer")
    else:
        actions.refuse_membership_request(ours.qian, request_id=request, reason="不是本机构员工")
    deliver()
    message = Notification.objects.get(user_id=zhao.person)
    assert ("只读" if is_accepted else "不是本机构员工") in message.body
    assert ("甲公司" in message.title) is is_accepted
    assert texted(zhao) == ["member.accepted" if is_accepted else "member.refused"]


def test_an_invited_person_with_an_account_finds_the_link_in_their_centre(ours: TeamOf, zhao: Actor) -> None:
    actions.invite_member(ours.qian, phone=PHONE, role="viewer")
    deliver()
    assert Notification.objects.get().link.endswith(token_to(PHONE))
    assert told(zhao) == ["member.invited"]
    assert texted(zhao) == []  # the text message with the link was sent to the phone already


def test_a_new_member_is_told_to_the_owners(ours: TeamOf, zhao: Actor) -> None:
    actions.invite_member(ours.qian, phone=PHONE, role="viewer")
    actions.accept_invitation(zhao, token=token_to(PHONE))
    deliver()
    assert told(ours.qian) == ["team.joined"]


def test_another_role_and_the_end_are_told_to_the_person_concerned(ours: TeamOf) -> None:
    actions.change_role(ours.qian, person_id=ours.shen.person, role="recruiter")
    actions.end_membership(ours.qian, person_id=ours.he.person)
    deliver()
    assert told(ours.shen) == ["member.role_changed"]
    assert told(ours.he) == texted(ours.he) == ["member.ended"]


def test_who_leaves_and_who_hands_over_is_not_told_what_they_did(ours: TeamOf) -> None:
    actions.leave_organisation(ours.shen)
    actions.transfer_ownership(confirmed(ours.qian), person_id=ours.he.person)
    deliver()
    assert told(ours.shen) == told(ours.qian) == []
    assert told(ours.he) == ["member.role_changed"]
