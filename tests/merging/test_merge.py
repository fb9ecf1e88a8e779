"""Two records of one employer become one: at the first try, with every collision, nothing lost, and all of it readable."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jiuye.alerts import stored
from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import Application, EmployerOpinion
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.actions import EmployerBasics, name_employer
from jiuye.domains.organisations.models import (
    Affiliation,
    Agency,
    Employer,
    MemberInvitation,
    MergedEmployer,
    Qualification,
)
from jiuye.domains.organisations.queries import registry
from jiuye.domains.resumes.actions.blocks import block
from jiuye.domains.resumes.models import OrganisationBlock, ResumeAccess
from jiuye.kernel import audit, clock, history
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import EventRecord
from jiuye.merging import actions
from jiuye.notifications.models import Notification
from jiuye.ports.search import SearchQuery
from tests.factories import accounts, applications, jobs, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


def fair_of(agency: Agency) -> JobFair:
    return JobFair.objects.create(
        agency=agency,
        title="春风行动",
        state="published",
        mode="onsite",
        region_id=agency.region_id,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(hours=3),
        created_at=clock.now(),
    )


def numbers(moved: list[actions.Moved]) -> dict[str, tuple[int, int]]:
    return {one.label: (one.rows, one.joined) for one in moved if one.rows}


def merge(auditor: Actor, survivor: Employer, merged: Employer) -> dict[str, tuple[int, int]]:
    return numbers(
        actions.merge_employers(auditor, survivor_id=survivor.id, merged_id=merged.id, reason="营业执照一致")
    )


class TestTrap15:
    """Person X is owner in one and recruiter in the other; both follow the same candidate, are booked for the same fair,
    have one posting text in common. `../shared/cases/traps.md` 1.5.
    """

    @pytest.fixture
    def pair(self, cast: Cast) -> tuple[Employer, Employer]:
        survivor = cast.posting.employer
        assert survivor is not None
        merged = organisations.employer(legal_name="蓉江精密机械（成都）有限公司", registered_at=clock.now())
        x = accounts.person("陆明远", "13900000741")
        organisations.member(survivor, role="recruiter", user=x)
        organisations.member(survivor, role="owner")
        organisations.member(merged, role="owner", user=x)
        organisations.member(merged, role="viewer")
        organisations.affiliate(survivor, cast.agency, "requested")
        organisations.affiliate(merged, cast.agency)
        organisations.affiliate(merged, organisations.agency(), "refused")
        twin = jobs.posting(cast.agency, employer=merged, title=cast.posting.title)
        fair = fair_of(cast.agency)
        FairParticipation.objects.create(fair=fair, employer=survivor, booth="A01", posting_ids=[cast.posting.id])
        FairParticipation.objects.create(fair=fair, employer=merged, booth="B02", posting_ids=[twin.id])
        for posting in (cast.posting, twin):
            applications.apply(cast.lin, posting)
        for employer in (survivor, merged):
            block(cast.wu, kind="employer", organisation_id=employer.id)
            ResumeAccess.objects.create(
                user_id=cast.lin.person,
                organisation_id=employer.id,
                organisation_name=employer.legal_name,
                person_id=x.id,
                person_role="owner",
                kind="view",
                purpose="了解投递",
                accessed_at=clock.now(),
            )
            Qualification.objects.get_or_create(
                organisation_id=employer.id,
                defaults={"organisation_kind": "employer", "state": "draft", "created_at": clock.now()},
            )
            Notification.objects.create(
                user=x,
                organisation_id=employer.id,
                organisation_kind="employer",
                kind="fair.moved",
                title="改期",
                dedupe_key=str(employer.id),
                created_at=clock.now(),
            )
        return survivor, merged

    def test_it_works_at_the_first_try_and_the_preview_said_the_same(
        self, auditor: Actor, pair: tuple[Employer, Employer]
    ) -> None:
        survivor, merged = pair
        Employer.objects.filter(pk=survivor.pk).update(is_certified=True)
        preview = actions.preview_merge(auditor, survivor_id=survivor.id, merged_id=merged.id)
        assert Employer.objects.filter(pk=merged.pk).exists()
        result = merge(auditor, survivor, merged)
        assert numbers(preview) == result
        assert result == {
            "职位": (1, 0),
            "投递": (1, 0),
            "成员": (2, 1),
            "关联": (2, 1),
            "资质": (1, 1),
            "招聘会展位": (1, 1),
            "求职者的屏蔽": (1, 0),
            "简历查看记录": (1, 0),
            "消息": (1, 0),
        }

    def test_nothing_is_lost_and_the_person_is_there_once_with_the_higher_role(
        self, cast: Cast, auditor: Actor, pair: tuple[Employer, Employer]
    ) -> None:
        survivor, merged = pair
        Employer.objects.filter(pk=survivor.pk).update(is_certified=True)
        merge(auditor, survivor, merged)
        current = Membership.objects.filter(organisation_id=survivor.id, ended_at=None)
        assert sorted(current.values_list("user__name", "role"))[-1] == ("陆明远", "owner")
        assert current.count() == 3
        assert JobPosting.objects.filter(employer=survivor).count() == 2
        assert Application.objects.filter(employer=survivor).count() == 2
        open_ones = Affiliation.objects.filter(employer=survivor, agency=cast.agency)
        assert sorted(open_ones.values_list("state", "ended_by")) == [("approved", ""), ("ended", "system")]
        place = FairParticipation.objects.get(employer=survivor)
        assert (place.booth, len(place.posting_ids or [])) == ("A01、B02", 2)
        assert OrganisationBlock.objects.filter(organisation_id=survivor.id).count() == 2
        assert ResumeAccess.objects.filter(organisation_id=survivor.id).count() == 2
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_the_old_address_and_the_old_credit_code_lead_to_the_survivor(
        self, cast: Cast, auditor: Actor, pair: tuple[Employer, Employer]
    ) -> None:
        survivor, merged = pair
        Employer.objects.filter(pk=survivor.pk).update(is_certified=True)
        code = merged.credit_code or ""
        merge(auditor, survivor, merged)
        answer = Client().get(f"/companies/{merged.id}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/companies/{survivor.id}")
        assert [row.facts.id for row in registry(auditor, text=code).items] == [survivor.id]
        old_link = Client().get(f"/jobs?employer={merged.id}&sort=newest")
        assert old_link.headers["Location"] == f"/jobs?sort=newest&employer={survivor.id}"
        named = name_employer(cast.zhou, basics=EmployerBasics(survivor.legal_name, code))
        assert named == survivor.id

    def test_it_can_be_read_in_history(self, auditor: Actor, pair: tuple[Employer, Employer]) -> None:
        survivor, merged = pair
        Employer.objects.filter(pk=survivor.pk).update(is_certified=True)
        merge(auditor, survivor, merged)
        for subject in (survivor.id, merged.id):
            assert audit.of_subject(subject, limit=1)[0].action == "employer.merge"
        gone = history.versions(Employer, merged.id)[0]
        assert (gone.is_deletion, gone.values["legal_name"]) == (True, merged.legal_name)
        kept = MergedEmployer.objects.get()
        assert (kept.pk, kept.survivor_id, kept.reason) == (merged.id, survivor.id, "营业执照一致")
        told = EventRecord.objects.filter(name="PostingsChanged").order_by("-occurred_at", "-id").first()
        assert told is not None
        assert len(told.payload["posting_ids"]) == 1


def test_facts_are_completed_the_code_is_taken_and_the_stricter_sanction_stays(auditor: Actor) -> None:
    survivor = organisations.employer(credit_code=None, size="", named_by=organisations.agency())
    merged = organisations.employer(size="from_50", restriction="limited", address="示范路1号")
    code = merged.credit_code
    merge(auditor, survivor, merged)
    survivor.refresh_from_db()
    assert (survivor.credit_code, survivor.size, survivor.address, survivor.restriction) == (
        code,
        "from_50",
        "示范路1号",
        "limited",
    )


def test_a_chain_of_merges_leads_to_the_last(auditor: Actor) -> None:
    first, second, third = (organisations.employer() for _ in range(3))
    merge(auditor, second, first)
    merge(auditor, third, second)
    assert set(MergedEmployer.objects.values_list("id", "survivor_id")) == {(first.id, third.id), (second.id, third.id)}


def test_saved_searches_for_it_find_the_survivor(auditor: Actor) -> None:
    survivor, merged = organisations.employer(), organisations.employer()
    criteria = stored.write(SearchQuery(employer=(str(merged.id),)))
    row = SavedSearch.objects.create(
        user=accounts.seeker(),
        name="这家单位",
        frequency="never",
        criteria=criteria,
        digest=stored.digest(criteria),
        created_at=clock.now(),
    )
    merge(auditor, survivor, merged)
    row.refresh_from_db()
    assert row.criteria["employer"] == [str(survivor.id)]
    assert row.digest == stored.digest(row.criteria)


def test_opinions_and_invitations_go_along(cast: Cast, auditor: Actor) -> None:
    merged, survivor = cast.posting.employer, organisations.employer()
    assert merged is not None
    application = applications.in_state(cast, "viewed")
    EmployerOpinion.objects.create(
        application_id=application,
        employer=merged,
        verdict="suitable",
        given_by=cast.zhou.person,
        given_at=clock.now(),
    )
    owner = organisations.member(survivor, role="owner").person
    for employer in (merged, survivor):
        MemberInvitation.objects.create(
            organisation_id=employer.id,
            organisation_kind="employer",
            phone="13900000742",
            phone_index="x" * 64,
            role="viewer",
            invited_by_id=owner,
            created_at=clock.now(),
            sent_at=clock.now(),
            expires_at=clock.now(),
        )
    result = merge(auditor, survivor, merged)
    assert (result["企业意见"], result["成员邀请"]) == ((1, 0), (1, 1))
    states = MemberInvitation.objects.filter(organisation_id=survivor.id).values_list("state", flat=True)
    assert sorted(states) == ["cancelled", "sent"]


class TestRefusals:
    def everything(self) -> list[Any]:
        return [
            list(Employer.objects.order_by("id").values()),
            list(JobPosting.objects.order_by("id").values("id", "employer_id")),
            MergedEmployer.objects.count(),
        ]

    def test_one_record_twice(self, auditor: Actor) -> None:
        employer = organisations.employer()
        with pytest.raises(Refused):
            merge(auditor, employer, employer)

    def test_a_certified_one_into_one_that_is_not(self, auditor: Actor) -> None:
        survivor, merged = organisations.employer(), organisations.employer(is_certified=True)
        before = self.everything()
        with pytest.raises(Refused) as refusal:
            merge(auditor, survivor, merged)
        assert refusal.value.code == "keep_the_certified"
        assert self.everything() == before

    @pytest.mark.parametrize("reason", ["", " ", "字" * 301])
    def test_without_a_reason(self, auditor: Actor, reason: str) -> None:
        survivor, merged = organisations.employer(), organisations.employer()
        with pytest.raises(Invalid):
            actions.merge_employers(auditor, survivor_id=survivor.id, merged_id=merged.id, reason=reason)
        assert MergedEmployer.objects.count() == 0

    def test_by_others_than_auditors(self) -> None:
        survivor, merged = organisations.employer(), organisations.employer()
        before = self.everything()
        for actor, error in (
            (organisations.operator("support"), Denied),
            (organisations.member(survivor, role="owner"), NotFound),
        ):
            with pytest.raises(error):
                merge(actor, survivor, merged)
            with pytest.raises(error):
                actions.preview_merge(actor, survivor_id=survivor.id, merged_id=merged.id)
        assert self.everything() == before

    def test_a_failure_in_the_middle_leaves_both_as_they_were(
        self, cast: Cast, auditor: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        merged, survivor = cast.posting.employer, organisations.employer()
        assert merged is not None
        before = self.everything()

        def is_killed(*args: Any, **kwargs: Any) -> None:
            raise OSError("killed")

        monkeypatch.setattr(actions.audit, "record", is_killed)
        with pytest.raises(OSError, match="killed"):
            merge(auditor, survivor, merged)
        assert self.everything() == before


class TestApproval:
    def test_the_record_that_the_agency_named_is_merged_with_its_postings_and_applications(self, cast: Cast) -> None:
        named = cast.posting.employer
        assert named is not None
        Employer.objects.filter(pk=named.pk).update(credit_code=None)
        applications.in_state(cast, "viewed")
        registered = organisations.employer(legal_name=named.legal_name)
        asked = organisations.affiliate(registered, cast.agency, "requested")
        moved = numbers(actions.approve_affiliation(cast.zhou, affiliation_id=asked.id))
        assert moved == {"职位": (1, 0), "投递": (1, 0)}
        assert Application.objects.get().employer_id == registered.id
        assert not Employer.objects.filter(pk=named.pk).exists()
        asked.refresh_from_db()
        assert asked.state == "approved"

    def test_records_of_other_agencies_stay(self, cast: Cast) -> None:
        registered = organisations.employer()
        other = organisations.employer(
            legal_name=registered.legal_name, credit_code=None, named_by=organisations.agency()
        )
        asked = organisations.affiliate(registered, cast.agency, "requested")
        assert actions.approve_affiliation(cast.zhou, affiliation_id=asked.id) == []
        assert Employer.objects.filter(pk=other.pk).exists()
