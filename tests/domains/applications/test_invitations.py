"""Agencies invite people whose resumes they found to apply; the person decides."""

from datetime import timedelta

import pytest

from jiuye.domains.applications.actions.invitations import (
    INVITED,
    decline_invitation,
    invite_to_apply,
    reconsider_invitation,
)
from jiuye.domains.applications.models import InvitationToApply
from jiuye.domains.applications.queries.invitations import invitations_to, my_invitations
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.resumes.actions.blocks import block
from jiuye.kernel import clock
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.models import EventRecord, RateCounter
from tests.factories import applications, jobs
from tests.factories.cast import Cast
from tests.factories.visibility import resume_of, show

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Cast:
    """Lin shows her resume to agencies in Sichuan, where Zhou's is."""
    show(cast.people["lin"])
    return cast


def invite(cast: Cast, posting: JobPosting | None = None, note: str = "") -> object:
    return invite_to_apply(
        cast.zhou,
        resume_id=resume_of(cast.people["lin"]).id,
        posting_id=(posting or cast.posting).id,
        note=note,
    )


def test_an_invitation_is_read_by_the_person_and_by_the_agency(found: Cast) -> None:
    invite(found, note=" 离您家不远 ")
    (mine,) = my_invitations(found.lin).items
    assert (mine.job.id, mine.agency_name, mine.note, mine.state) == (
        found.posting.id,
        found.agency.legal_name,
        "离您家不远",
        "open",
    )
    (sent,) = invitations_to(found.zhou, found.lin.person)
    assert sent.state_label == "已邀请"


def test_one_invitation_for_a_posting_however_often_it_is_sent(found: Cast) -> None:
    assert invite(found) == invite(found)
    assert InvitationToApply.objects.count() == 1
    assert EventRecord.objects.filter(name="InvitedToApply").count() == 1


def nothing_was_sent() -> bool:
    return not InvitationToApply.objects.exists() and not EventRecord.objects.filter(name="InvitedToApply").exists()


class TestNobodyIsInvited:
    def test_who_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            invite(cast)
        assert nothing_was_sent()

    def test_to_another_agencys_posting(self, found: Cast) -> None:
        with pytest.raises(NotFound):
            invite(found, jobs.posting())
        assert nothing_was_sent()

    def test_to_a_posting_that_is_closed(self, found: Cast) -> None:
        JobPosting.objects.update(valid_through=jobs.yesterday())
        with pytest.raises(Invalid) as error:
            invite(found)
        assert list(error.value.fields) == ["posting"]
        assert nothing_was_sent()

    def test_who_has_applied_to_it(self, found: Cast) -> None:
        applications.apply(found.lin, found.posting)
        with pytest.raises(Refused):
            invite(found)
        assert nothing_was_sent()

    def test_by_an_agency_that_may_not_recruit(self, found: Cast) -> None:
        Qualification.objects.update(state="suspended")
        with pytest.raises(Refused):
            invite(found)
        assert nothing_was_sent()

    def test_by_members_who_may_only_read(self, found: Cast) -> None:
        with pytest.raises(Denied):
            invite_to_apply(found.shen, resume_id=resume_of(found.people["lin"]).id, posting_id=found.posting.id)
        assert nothing_was_sent()

    def test_with_a_note_longer_than_a_note(self, found: Cast) -> None:
        with pytest.raises(Invalid):
            invite(found, note="好" * 201)
        assert nothing_was_sent()


def test_a_member_of_staff_invites_so_many_a_day(found: Cast) -> None:
    invite(found)
    RateCounter.objects.filter(key__startswith="invitations-to-apply").update(count=INVITED.most)
    with pytest.raises(RateLimited):
        invite(found, jobs.posting(found.agency))
    assert InvitationToApply.objects.count() == 1


class TestNotInterested:
    def test_is_told_to_the_agency_which_then_leaves_the_person_alone(self, found: Cast) -> None:
        invite(found)
        (mine,) = my_invitations(found.lin).items
        decline_invitation(found.lin, invitation_id=mine.id)
        assert invitations_to(found.zhou, found.lin.person)[0].state_label == "不感兴趣"
        with pytest.raises(Refused):
            invite(found, jobs.posting(found.agency))
        InvitationToApply.objects.update(declined_at=clock.now() - timedelta(days=31))
        invite(found, jobs.posting(found.agency))

    def test_can_be_taken_back(self, found: Cast) -> None:
        invite(found)
        (mine,) = my_invitations(found.lin).items
        decline_invitation(found.lin, invitation_id=mine.id)
        reconsider_invitation(found.lin, invitation_id=mine.id)
        assert my_invitations(found.lin).items[0].state == "open"

    def test_is_said_by_the_person_alone(self, found: Cast) -> None:
        invite(found)
        invitation = InvitationToApply.objects.get()
        for act in (decline_invitation, reconsider_invitation):
            with pytest.raises(NotFound):
                act(found.wu, invitation_id=invitation.id)
        assert InvitationToApply.objects.get().declined_at is None


def test_an_invitation_shows_that_one_applied(found: Cast) -> None:
    invite(found)
    applications.apply(found.lin, found.posting)
    assert my_invitations(found.lin).items[0].state == "applied"
    assert invitations_to(found.zhou, found.lin.person)[0].state == "applied"


def test_whom_the_person_blocks_is_told_to_her_and_not_to_the_agency(found: Cast) -> None:
    block(found.lin, kind="employer", organisation_id=found.posting.employer_id)
    invite(found)
    assert my_invitations(found.lin).items[0].blocked == "蓉江精密机械有限公司"
    assert invitations_to(found.zhou, found.lin.person)[0].state == "open"
