"""An employer asks an agency, the agency answers, either side ends it; every refusal leaves everything as it was."""

from datetime import timedelta

import pytest

from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.models import EventRecord
from tests.factories import organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return organisations.employer(is_certified=True)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def lu(employer: Employer) -> Actor:
    return organisations.member(employer)


@pytest.fixture
def zhou(agency: Agency) -> Actor:
    return organisations.member(agency)


def ask(actor: Actor, agency: Agency, note: str = "包午餐", jobs_meant: str = "电焊工 5 人") -> Affiliation:
    made = actions.request_affiliation(actor, agency_id=agency.id, note=note, jobs_meant=jobs_meant)
    return Affiliation.objects.get(pk=made)


def events() -> list[str]:
    return [one["verb"] for one in EventRecord.objects.order_by("occurred_at", "id").values_list("payload", flat=True)]


class TestAsking:
    def test_the_agency_reads_what_was_asked(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        seen = queries.affiliation(zhou, made.id)
        assert (seen.state, seen.jobs_meant, seen.note) == ("requested", "电焊工 5 人", "包午餐")
        assert events() == ["request"]
        assert [line.action for line in audit.of_subject(made.id, limit=5)] == ["affiliation.request"]

    @pytest.mark.parametrize("state", ["requested", "approved"])
    def test_an_open_one_is_not_asked_again(self, lu: Actor, employer: Employer, agency: Agency, state: str) -> None:
        organisations.affiliate(employer, agency, state)
        with pytest.raises(Refused) as refusal:
            ask(lu, agency)
        assert refusal.value.code == "already_affiliated"
        assert Affiliation.objects.count() == 1

    def test_a_refusal_rests_for_a_week(self, lu: Actor, employer: Employer, agency: Agency) -> None:
        organisations.affiliate(employer, agency, "refused")
        with pytest.raises(Refused) as refusal:
            ask(lu, agency)
        assert refusal.value.code == "refused_lately"
        with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
            assert ask(lu, agency).state == "requested"

    @pytest.mark.parametrize("state", ["withdrawn", "ended"])
    def test_after_an_end_it_may_ask_again(self, lu: Actor, employer: Employer, agency: Agency, state: str) -> None:
        organisations.affiliate(employer, agency, state)
        assert ask(lu, agency).state == "requested"

    def test_only_a_certified_employer_asks(self, agency: Agency) -> None:
        with pytest.raises(Refused) as refusal:
            ask(organisations.member(organisations.employer()), agency)
        assert refusal.value.code == "not_certified"
        assert not Affiliation.objects.exists()

    def test_an_employer_under_sanction_does_not_ask(self, lu: Actor, employer: Employer, agency: Agency) -> None:
        Employer.objects.filter(pk=employer.pk).update(restriction="limited")
        with pytest.raises(Refused) as refusal:
            ask(lu, agency)
        assert refusal.value.code == "restricted"
        assert not Affiliation.objects.exists()

    def test_only_a_listed_agency_is_asked(self, lu: Actor) -> None:
        with pytest.raises(NotFound):
            ask(lu, organisations.agency(is_listed=False))

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"jobs_meant": " "}, "jobs_meant"),
            ({"jobs_meant": "焊" * 201}, "jobs_meant"),
            ({"note": "字" * 301}, "note"),
        ],
    )
    def test_what_is_missing_or_too_long_is_said_at_its_field(
        self, lu: Actor, agency: Agency, given: dict[str, str], field: str
    ) -> None:
        with pytest.raises(Invalid) as invalid:
            ask(lu, agency, **given)
        assert set(invalid.value.fields) == {field}
        assert not Affiliation.objects.exists()

    def test_readers_agencies_and_seekers_do_not_ask(self, employer: Employer, zhou: Actor, agency: Agency) -> None:
        with pytest.raises(Denied):
            ask(organisations.member(employer, role="viewer"), agency)
        with pytest.raises(NotFound):
            ask(zhou, agency)
        assert not Affiliation.objects.exists()

    def test_not_more_than_twenty_a_day(self, lu: Actor) -> None:
        for _ in range(20):
            ask(lu, organisations.agency())
        with pytest.raises(RateLimited):
            ask(lu, organisations.agency())
        assert Affiliation.objects.count() == 20


class TestAnswering:
    def test_agreed(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        actions.approve_affiliation(zhou, affiliation_id=made.id)
        made.refresh_from_db()
        assert (made.state, made.decided_at is not None) == ("approved", True)
        assert events() == ["request", "approve"]

    def test_refused_with_the_reason_that_the_employer_reads(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        actions.refuse_affiliation(zhou, affiliation_id=made.id, reason="近期任务已满")
        seen = queries.affiliation(lu, made.id)
        assert (seen.state, seen.reason) == ("refused", "近期任务已满")

    @pytest.mark.parametrize("reason", ["", "  ", "字" * 301])
    def test_no_refusal_without_a_reason(self, lu: Actor, zhou: Actor, agency: Agency, reason: str) -> None:
        made = ask(lu, agency)
        with pytest.raises(Invalid):
            actions.refuse_affiliation(zhou, affiliation_id=made.id, reason=reason)
        made.refresh_from_db()
        assert made.state == "requested"
        assert events() == ["request"]

    @pytest.mark.parametrize("state", ["approved", "refused", "withdrawn", "ended"])
    def test_what_is_decided_is_not_decided_again(
        self, employer: Employer, zhou: Actor, agency: Agency, state: str
    ) -> None:
        made = organisations.affiliate(employer, agency, state)
        for act in (
            lambda: actions.approve_affiliation(zhou, affiliation_id=made.id),
            lambda: actions.refuse_affiliation(zhou, affiliation_id=made.id, reason="不需要"),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "state_not_allowed"
        made.refresh_from_db()
        assert made.state == state
        assert events() == []

    def test_not_for_an_employer_that_lost_its_certification(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        Employer.objects.update(is_certified=False)
        with pytest.raises(Refused) as refusal:
            actions.approve_affiliation(zhou, affiliation_id=made.id)
        assert refusal.value.code == "not_certified"
        made.refresh_from_db()
        assert made.state == "requested"

    def test_neither_the_employer_itself_nor_others_answer(self, lu: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        for stranger in (lu, organisations.member(organisations.agency())):
            with pytest.raises(NotFound):
                actions.approve_affiliation(stranger, affiliation_id=made.id)
        with pytest.raises(Denied):
            actions.approve_affiliation(organisations.member(agency, role="viewer"), affiliation_id=made.id)
        made.refresh_from_db()
        assert made.state == "requested"


class TestTheEnd:
    @pytest.mark.parametrize("party", ["agency", "employer"])
    def test_either_side_ends_it_with_a_reason(self, lu: Actor, zhou: Actor, agency: Agency, party: str) -> None:
        made = ask(lu, agency)
        actions.approve_affiliation(zhou, affiliation_id=made.id)
        actions.end_affiliation(zhou if party == "agency" else lu, affiliation_id=made.id, reason="合同到期")
        made.refresh_from_db()
        assert (made.state, made.ended_by, made.reason) == ("ended", party, "合同到期")
        assert made.ended_at is not None

    def test_not_without_a_reason_not_twice_and_not_by_others(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        actions.approve_affiliation(zhou, affiliation_id=made.id)
        with pytest.raises(Invalid):
            actions.end_affiliation(lu, affiliation_id=made.id, reason="")
        with pytest.raises(NotFound):
            actions.end_affiliation(
                organisations.member(organisations.employer()), affiliation_id=made.id, reason="合同到期"
            )
        actions.end_affiliation(lu, affiliation_id=made.id, reason="合同到期")
        with pytest.raises(Refused):
            actions.end_affiliation(zhou, affiliation_id=made.id, reason="合同到期")
        made.refresh_from_db()
        assert made.ended_by == "employer"

    def test_a_request_is_withdrawn_until_it_is_answered(self, lu: Actor, zhou: Actor, agency: Agency) -> None:
        made = ask(lu, agency)
        actions.withdraw_request(lu, affiliation_id=made.id)
        made.refresh_from_db()
        assert made.state == "withdrawn"
        with pytest.raises(Refused):
            actions.approve_affiliation(zhou, affiliation_id=made.id)
        with pytest.raises(NotFound):
            actions.withdraw_request(zhou, affiliation_id=made.id)
