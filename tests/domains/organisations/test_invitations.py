"""Invitations of members by phone: bound to it, once, for seven days."""

from datetime import timedelta
from uuid import UUID

import pytest

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.models import AuditEntry
from jiuye.worker.tasks import sweep
from tests.factories import accounts, organisations
from tests.factories.members import TeamOf, confirmed, team, token_to
from tests.factories.races import at_once, refusals
from tests.portals.seeker.security.reading import notices

pytestmark = pytest.mark.django_db
PHONE = "13900000201"


@pytest.fixture
def ours() -> TeamOf:
    return team(legal_name="甲公司")


def invite(ours: TeamOf, phone: str = PHONE, role: str = "recruiter") -> UUID:
    return actions.invite_member(ours.qian, phone=phone, role=role)


def membership_of(person: User) -> str:
    """The role of a person's current membership; empty for none."""
    return Membership.objects.filter(user=person, ended_at=None).values_list("role", flat=True).first() or ""


def test_the_message_names_organisation_role_and_time_and_has_the_link(ours: TeamOf) -> None:
    invite(ours)
    (text,) = notices(PHONE)
    assert all(part in text for part in ("【就业在线】", "甲公司", "招聘专员", "/join/invitations/"))
    assert AuditEntry.objects.get(action="member.invite").detail["role"] == "recruiter"


def test_the_number_is_stored_encrypted_and_nowhere_else(ours: TeamOf) -> None:
    invitation = invite(ours)
    assert PHONE not in str(AuditEntry.objects.values_list("detail", flat=True))
    assert MemberInvitation.objects.get(pk=invitation).phone == PHONE


def test_the_invited_phone_becomes_a_member(ours: TeamOf) -> None:
    invite(ours)
    person = accounts.person("赵新人", PHONE)
    joined = actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    assert (joined.name, joined.role_label) == ("甲公司", "招聘专员")
    assert membership_of(person) == "recruiter"
    assert AuditEntry.objects.filter(action="member.join").exists()


def test_who_accepts_twice_is_a_member_once(ours: TeamOf) -> None:
    invite(ours)
    person = accounts.person("赵新人", PHONE)
    for _ in range(2):
        actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    assert Membership.objects.filter(user=person).count() == 1


def test_another_phone_uses_nothing_up(ours: TeamOf) -> None:
    """Trap 1.2."""
    invite(ours)
    other, right = accounts.person("钱他人", "13900000202"), accounts.person("赵新人", PHONE)
    with pytest.raises(Refused) as refusal:
        actions.accept_invitation(accounts.actor(other), token=token_to(PHONE))
    assert refusal.value.code == "other_phone"
    assert membership_of(other) == ""
    actions.accept_invitation(accounts.actor(right), token=token_to(PHONE))
    assert membership_of(right) == "recruiter"


def test_after_seven_days_it_is_over_and_one_sent_again_is_valid(ours: TeamOf) -> None:
    invitation = invite(ours)
    person = accounts.person("赵新人", PHONE)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(Refused) as refusal:
            actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
        assert refusal.value.code == "expired"
        actions.resend_invitation(ours.qian, invitation_id=invitation)
        actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    assert membership_of(person) == "recruiter"


def test_a_cancelled_one_is_over(ours: TeamOf) -> None:
    invitation = invite(ours)
    actions.cancel_invitation(ours.qian, invitation_id=invitation)
    person = accounts.person("赵新人", PHONE)
    with pytest.raises(Refused) as refusal:
        actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    assert refusal.value.code == "cancelled"
    assert membership_of(person) == ""


def test_a_used_one_is_not_for_the_phones_next_holder(ours: TeamOf) -> None:
    invite(ours)
    first = accounts.person("赵新人", PHONE)
    actions.accept_invitation(accounts.actor(first), token=token_to(PHONE))
    first.phone, first.phone_index = "13900000299", "moved"
    first.save()
    with pytest.raises(Refused) as refusal:
        actions.accept_invitation(accounts.actor(accounts.person("后来人", PHONE)), token=token_to(PHONE))
    assert refusal.value.code == "used"


@pytest.mark.parametrize("token", ["", "abc", "0" * 32 + ".forged"])
def test_a_link_that_we_did_not_make_opens_nothing(ours: TeamOf, token: str) -> None:
    with pytest.raises(NotFound):
        queries.invitation(Actor.anonymous(), token=token)


def test_an_account_without_a_name_gives_one(ours: TeamOf) -> None:
    invite(ours)
    person = accounts.person("", PHONE)
    with pytest.raises(Invalid):
        actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    actions.accept_invitation(accounts.actor(person), token=token_to(PHONE), name=" 赵新人 ")
    person.refresh_from_db()
    assert person.name == "赵新人"


def test_a_second_owner_is_invited_by_somebody_who_has_just_proved_who_they_are(ours: TeamOf) -> None:
    with pytest.raises(ConfirmationRequired):
        invite(ours, role="owner")
    assert not MemberInvitation.objects.exists()
    assert actions.invite_member(confirmed(ours.qian), phone=PHONE, role="owner")


def test_a_member_and_an_invited_phone_are_not_invited_again(ours: TeamOf) -> None:
    invite(ours)
    for phone in (PHONE, ours.person(ours.he).phone):
        with pytest.raises(Invalid):
            invite(ours, phone)
    assert len(notices(PHONE)) == 1


def test_after_the_time_is_over_the_phone_may_be_invited_again(ours: TeamOf) -> None:
    invite(ours)
    with clock.frozen(clock.now() + timedelta(days=8)):
        invite(ours)
    assert sorted(MemberInvitation.objects.values_list("state", flat=True)) == ["expired", "sent"]


def test_a_phone_cannot_be_flooded_from_many_organisations(ours: TeamOf) -> None:
    for number in range(3):
        invite(team(legal_name=f"第{number}公司"))
    with pytest.raises(RateLimited):
        invite(ours)
    assert len(notices(PHONE)) == 3


def test_it_is_sent_again_after_ten_minutes_at_the_earliest(ours: TeamOf) -> None:
    invitation = invite(ours)
    with pytest.raises(RateLimited):
        actions.resend_invitation(ours.qian, invitation_id=invitation)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        actions.resend_invitation(ours.qian, invitation_id=invitation)
    assert len(notices(PHONE)) == 2


def test_owners_of_other_organisations_do_not_touch_it(ours: TeamOf) -> None:
    invitation, other = invite(ours), team(legal_name="乙公司").qian
    for attempt in (actions.resend_invitation, actions.cancel_invitation):
        with pytest.raises(NotFound):
            attempt(other, invitation_id=invitation)


def test_a_request_of_the_same_person_is_settled_by_it(ours: TeamOf) -> None:
    person = accounts.person("赵新人", PHONE)
    actions.request_membership(accounts.actor(person), credit_code=ours.organisation.credit_code or "", note="")
    invite(ours)
    actions.accept_invitation(accounts.actor(person), token=token_to(PHONE))
    assert [one.state for one in queries.my_membership_requests(accounts.actor(person))] == ["accepted"]


def test_half_a_year_later_the_number_is_forgotten(ours: TeamOf) -> None:
    invite(ours)
    with clock.frozen(clock.now() + timedelta(days=190)):
        sweep(0)
    assert not MemberInvitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_invite_one_phone_at_once_one_does() -> None:
    ours = team(legal_name="甲公司")
    sun = organisations.member(ours.organisation, role="owner", user=accounts.person("孙主管"))
    results = at_once(
        lambda: actions.invite_member(ours.qian, phone=PHONE, role="viewer"),
        lambda: actions.invite_member(sun, phone=PHONE, role="viewer"),
    )
    assert len(refusals(results)) == 1
    assert len(notices(PHONE)) == 1
