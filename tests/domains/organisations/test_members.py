"""Members of an organisation: roles, the end, the hand-over. It is never without an owner, whichever way the owner goes."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.events import MembershipChanged
from jiuye.erasure import actions as erasure
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, Invalid, NotFound, ProductError, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, organisations
from tests.factories.erasure import erase_after
from tests.factories.members import TeamOf, confirmed, team
from tests.factories.races import at_once, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["agency", "employer"])
def ours(request: pytest.FixtureRequest) -> TeamOf:
    return team(request.param, legal_name="甲公司")


def roles(ours: TeamOf) -> dict[str, str]:
    """The current role of each member, by name."""
    rows = Membership.objects.filter(organisation_id=ours.organisation.id, ended_at=None).select_related("user")
    return {row.user.name: row.role for row in rows}


WHOLE = {"钱主管": "owner", "何经办": "recruiter", "沈观察": "viewer"}


class TestRoles:
    def test_an_owner_gives_another_role_and_it_is_in_the_audit_log(self, ours: TeamOf) -> None:
        assert actions.change_role(ours.qian, person_id=ours.shen.person, role="recruiter")
        assert roles(ours)["沈观察"] == "recruiter"
        entry = AuditEntry.objects.get(action="member.change_role")
        assert (entry.subject_id, entry.detail["before"], entry.detail["role"]) == (
            str(ours.shen.person),
            "viewer",
            "recruiter",
        )
        assert EventRecord.objects.filter(name=MembershipChanged.name).count() == 1

    def test_the_same_role_changes_nothing(self, ours: TeamOf) -> None:
        assert not actions.change_role(ours.qian, person_id=ours.shen.person, role="viewer")
        assert not EventRecord.objects.exists()

    def test_a_new_owner_needs_a_proof_of_who_makes_them_one(self, ours: TeamOf) -> None:
        with pytest.raises(ConfirmationRequired):
            actions.change_role(ours.qian, person_id=ours.he.person, role="owner")
        assert roles(ours) == WHOLE
        actions.change_role(confirmed(ours.qian), person_id=ours.he.person, role="owner")
        assert roles(ours)["何经办"] == "owner"

    @pytest.mark.parametrize("role", ["auditor", "system", ""])
    def test_roles_of_the_platform_are_none_of_theirs(self, ours: TeamOf, role: str) -> None:
        with pytest.raises(Invalid):
            actions.change_role(ours.qian, person_id=ours.he.person, role=role)
        assert roles(ours) == WHOLE

    @pytest.mark.parametrize("who", ["he", "shen"])
    def test_only_owners_manage(self, ours: TeamOf, who: str) -> None:
        actor = confirmed(getattr(ours, who))
        for attempt in (
            partial(actions.change_role, actor, person_id=ours.shen.person, role="recruiter"),
            partial(actions.end_membership, actor, person_id=ours.qian.person),
            partial(actions.transfer_ownership, actor, person_id=actor.person),
            partial(actions.invite_member, actor, phone="13900000201", role="viewer"),
        ):
            with pytest.raises(Denied):
                attempt()
        assert roles(ours) == WHOLE

    def test_owners_of_another_organisation_find_nobody(self, ours: TeamOf) -> None:
        other = confirmed(team(legal_name="乙公司").qian)
        for attempt in (actions.end_membership, actions.transfer_ownership):
            with pytest.raises(NotFound):
                attempt(other, person_id=ours.he.person)
        with pytest.raises(NotFound):
            actions.change_role(other, person_id=ours.he.person, role="viewer")
        assert roles(ours) == WHOLE

    def test_operators_do_not_manage_members(self, ours: TeamOf) -> None:
        with pytest.raises(NotFound):
            actions.end_membership(organisations.operator("owner"), person_id=ours.he.person)

    def test_who_was_an_owner_when_the_page_was_opened_and_is_none_now_is_refused(self, ours: TeamOf) -> None:
        before = confirmed(ours.qian)
        actions.transfer_ownership(before, person_id=ours.he.person)
        with pytest.raises(Denied):
            actions.end_membership(before, person_id=ours.shen.person)
        assert "沈观察" in roles(ours)


class TestTheEnd:
    def test_an_owner_ends_a_membership_and_it_is_in_the_audit_log(self, ours: TeamOf) -> None:
        actions.end_membership(ours.qian, person_id=ours.he.person)
        assert set(roles(ours)) == {"钱主管", "沈观察"}
        assert AuditEntry.objects.get(action="member.end").subject_id == str(ours.he.person)

    def test_anybody_else_may_leave(self, ours: TeamOf) -> None:
        actions.leave_organisation(ours.shen)
        assert set(roles(ours)) == {"钱主管", "何经办"}

    def test_who_has_left_cannot_leave_again(self, ours: TeamOf) -> None:
        actions.leave_organisation(ours.shen)
        with pytest.raises(NotFound):
            actions.leave_organisation(ours.shen)


def _erase_by_operator(ours: TeamOf) -> None:
    operator = organisations.operator("security_admin")
    erasure.request_erasure_for(confirmed(operator), person_id=ours.qian.person, reason="本人来电要求注销，已核对身份")


WAYS = {
    "leaves": lambda ours: actions.leave_organisation(ours.qian),
    "is given another role": lambda ours: actions.change_role(ours.qian, person_id=ours.qian.person, role="viewer"),
    "closes the account": lambda ours: erasure.request_erasure(confirmed(accounts.actor(ours.person(ours.qian)))),
    "is erased by an operator": _erase_by_operator,
}


class TestTheLastOwner:
    """Trap 1.1."""

    @pytest.mark.parametrize("way", WAYS)
    def test_cannot_go_and_is_told_which_organisation_and_to_hand_over(self, ours: TeamOf, way: str) -> None:
        with pytest.raises(Refused, match=r"甲公司.*管理员交给") as refusal:
            WAYS[way](ours)
        assert refusal.value.code == "only_owner"
        assert roles(ours) == WHOLE

    @pytest.mark.parametrize("way", WAYS)
    def test_can_go_after_the_hand_over(self, ours: TeamOf, way: str) -> None:
        actions.transfer_ownership(confirmed(ours.qian), person_id=ours.he.person)
        assert roles(ours) == {**WHOLE, "钱主管": "recruiter", "何经办": "owner"}
        if way == "is given another role":
            actions.change_role(Actor(ours.he.person, ours.organisation.id, ours.kind, "owner"),
                                person_id=ours.qian.person, role="viewer")  # fmt: skip
        else:
            WAYS[way](ours)
        erase_after(days=8)
        assert roles(ours)["何经办"] == "owner"

    def test_cannot_be_ended_by_themselves_either(self, ours: TeamOf) -> None:
        with pytest.raises(Refused, match="离开机构"):
            actions.end_membership(ours.qian, person_id=ours.qian.person)

    def test_who_became_the_last_one_in_the_week_before_the_erasure_stays_until_the_hand_over(
        self, ours: TeamOf
    ) -> None:
        other = organisations.member(ours.organisation, role="owner", user=accounts.person("孙主管"))
        erasure.request_erasure(confirmed(accounts.actor(ours.person(ours.qian))))
        actions.leave_organisation(other)
        assert erase_after(days=8) == 0
        assert roles(ours) == WHOLE
        actions.transfer_ownership(confirmed(ours.qian), person_id=ours.he.person)
        assert erase_after(days=9) == 1
        assert roles(ours) == {"何经办": "owner", "沈观察": "viewer"}

    def test_one_of_two_may_go(self, ours: TeamOf) -> None:
        organisations.member(ours.organisation, role="owner", user=accounts.person("孙主管"))
        actions.leave_organisation(ours.qian)
        assert roles(ours)["孙主管"] == "owner"


class TestTheDatabase:
    """It repeats the rule when a transaction commits, for whatever writes the table."""

    @pytest.mark.parametrize("change", [{"role": "viewer"}, {"ended_at": "2026-11-29T00:00:00Z"}])
    def test_a_change_that_leaves_members_without_owner_is_refused(self, ours: TeamOf, change: dict[str, str]) -> None:
        with transaction.atomic():
            Membership.objects.filter(user_id=ours.qian.person).update(**change)
            with pytest.raises(IntegrityError, match="members and no owner"):
                connection.check_constraints()
            transaction.set_rollback(True)

    def test_a_deletion_too(self, ours: TeamOf) -> None:
        with transaction.atomic():
            Membership.objects.filter(user_id=ours.qian.person).delete()
            with pytest.raises(IntegrityError, match="members and no owner"):
                connection.check_constraints()
            transaction.set_rollback(True)

    def test_owners_may_change_places_in_any_order(self, ours: TeamOf) -> None:
        with transaction.atomic():
            Membership.objects.filter(user_id=ours.qian.person).update(role="viewer")
            Membership.objects.filter(user_id=ours.he.person).update(role="owner")
        connection.check_constraints()

    def test_a_record_without_members_needs_no_owner(self) -> None:
        alone = organisations.member(organisations.employer(), role="owner")
        Membership.objects.filter(user_id=alone.person).delete()
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
class TestTwoOwnersAtOnce:
    def two(self) -> tuple[TeamOf, Actor]:
        ours = team(legal_name="甲公司")
        return ours, organisations.member(ours.organisation, role="owner", user=accounts.person("孙主管"))

    def test_who_both_leave_leave_one_behind(self) -> None:
        ours, sun = self.two()
        results = at_once(partial(actions.leave_organisation, ours.qian), partial(actions.leave_organisation, sun))
        assert len(refusals(results)) == 1
        assert list(roles(ours).values()).count("owner") == 1

    def test_who_demote_each_other_leave_one_behind(self) -> None:
        ours, sun = self.two()
        results = at_once(
            partial(actions.change_role, ours.qian, person_id=sun.person, role="viewer"),
            partial(actions.change_role, sun, person_id=ours.qian.person, role="viewer"),
        )
        assert len(refusals(results)) == 1
        assert list(roles(ours).values()).count("owner") == 1

    def test_the_database_alone_decides_too(self) -> None:
        ours, sun = self.two()

        def demote(actor: Actor) -> None:
            try:
                Membership.objects.filter(user_id=actor.person).update(role="viewer")
            except IntegrityError as error:
                raise ProductError("refused") from error

        results = at_once(partial(demote, ours.qian), partial(demote, sun))
        assert len(refusals(results)) == 1
        assert list(roles(ours).values()).count("owner") == 1


def test_the_list_masks_phones_for_everybody() -> None:
    ours = team()
    for actor in (ours.qian, ours.he, ours.shen):
        assert all("****" in one.phone for one in queries.members(actor).items)


def test_the_list_shows_the_last_use() -> None:
    ours = team()
    accounts.browser(ours.person(ours.he))
    used = {one.name: one.active_at for one in queries.members(ours.qian).items}
    assert used["何经办"] is not None
    assert used["沈观察"] is None
