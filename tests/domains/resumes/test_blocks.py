"""Blocking organisations."""

from uuid import UUID

import pytest

from jiuye.domains.resumes.actions import save_section
from jiuye.domains.resumes.actions.blocks import block, block_by_name, unblock, unblock_covering
from jiuye.domains.resumes.models import OrganisationBlock
from jiuye.domains.resumes.policies import visibility as policies
from jiuye.domains.resumes.queries.blocks import candidates, covering, kept_out, my_blocks, present_employers
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, organisations, resumes

pytestmark = pytest.mark.django_db
MILL = "蓉江精密机械有限公司"


@pytest.fixture
def lin() -> Actor:
    return accounts.actor(accounts.seeker())


def is_out(lin: Actor, organisation_id: UUID, name: str) -> bool:
    return bool(covering(lin.person, {organisation_id: name}))


@pytest.mark.parametrize("kind", ["agency", "employer"])
def test_an_organisation_is_kept_out_until_it_is_let_in_again(lin: Actor, kind: str) -> None:
    made = organisations.agency() if kind == "agency" else organisations.employer()
    blocked = block(lin, kind=kind, organisation_id=made.id)
    assert is_out(lin, made.id, made.legal_name)
    unblock(lin, block_id=blocked)
    assert not is_out(lin, made.id, made.legal_name)


class TestUnblockingWhatCovers:
    def test_removes_every_block_that_covers_one_of_the_organisations_and_no_other(self, lin: Actor) -> None:
        mill, agency = organisations.employer(legal_name=MILL), organisations.agency()
        block(lin, kind="employer", organisation_id=mill.id)
        block(lin, kind="agency", organisation_id=agency.id)
        block_by_name(lin, name="别的单位")
        unblock_covering(lin, {mill.id: MILL, agency.id: agency.legal_name})
        assert [one.name for one in my_blocks(lin)] == ["别的单位"]
        assert AuditEntry.objects.filter(action="resume.unblock").count() == 2

    def test_leaves_the_blocks_of_others(self, lin: Actor) -> None:
        mill, wu = organisations.employer(legal_name=MILL), accounts.actor(accounts.seeker("吴来宾"))
        block(wu, kind="employer", organisation_id=mill.id)
        unblock_covering(lin, {mill.id: MILL})
        assert is_out(wu, mill.id, MILL)
        assert not AuditEntry.objects.filter(action="resume.unblock").exists()


def test_one_persons_block_is_nobody_elses(lin: Actor) -> None:
    mill = organisations.employer(legal_name=MILL)
    blocked = block(lin, kind="employer", organisation_id=mill.id)
    wu = accounts.actor(accounts.seeker("吴来宾"))
    assert not is_out(wu, mill.id, MILL)
    with pytest.raises(NotFound):
        unblock(wu, block_id=blocked)
    assert is_out(lin, mill.id, MILL)


class TestABlockCovers:
    def test_every_organisation_of_the_name_however_it_is_written(self, lin: Actor) -> None:
        block(lin, kind="employer", organisation_id=organisations.employer(legal_name="蓉江(成都)机械有限公司").id)
        named = organisations.employer(
            legal_name="蓉江（成都）机械有限公司", credit_code=None, named_by=organisations.agency()
        )
        assert is_out(lin, named.id, named.legal_name)

    def test_the_credit_codes_of_all_that_bear_the_name_under_any_other_name(self, lin: Actor) -> None:
        first, second = organisations.employer(legal_name=MILL), organisations.employer(legal_name=MILL)
        block_by_name(lin, name=MILL)
        for mill in (first, second):
            mill.legal_name = f"蓉江新机械有限公司{mill.credit_code}"
            mill.save()
            assert is_out(lin, mill.id, mill.legal_name)
            assert kept_out(lin).covers(mill.id, mill.legal_name, mill.credit_code)

    def test_an_agency_that_is_the_same_enterprise(self, lin: Actor) -> None:
        mill = organisations.employer(legal_name=MILL)
        block(lin, kind="employer", organisation_id=mill.id)
        code, mill.credit_code = mill.credit_code, None
        mill.save()
        agency = organisations.agency(credit_code=code)
        assert is_out(lin, agency.id, agency.legal_name)

    def test_who_comes_to_the_platform_only_later(self, lin: Actor) -> None:
        block_by_name(lin, name=f" {MILL} ")
        later = organisations.employer(legal_name=MILL)
        assert is_out(lin, later.id, MILL)

    def test_nobody_else(self, lin: Actor) -> None:
        block_by_name(lin, name=MILL)
        other = organisations.employer(credit_code=None, named_by=organisations.agency())
        assert not is_out(lin, other.id, other.legal_name)
        assert not kept_out(lin).covers(other.id, other.legal_name, other.credit_code)


def test_blocking_twice_is_one_block(lin: Actor) -> None:
    mill = organisations.employer(legal_name=MILL)
    assert block(lin, kind="employer", organisation_id=mill.id) == block_by_name(lin, name=MILL)
    assert len(my_blocks(lin)) == 1


def test_there_is_an_end_to_the_list(lin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.domains.resumes.actions.blocks.MOST_BLOCKS", 2)
    for number in range(2):
        block_by_name(lin, name=f"甲乙{number}公司")
    with pytest.raises(Refused):
        block_by_name(lin, name="丙丁公司")
    assert OrganisationBlock.objects.count() == 2
    assert policies.MOST_BLOCKS == 50


@pytest.mark.parametrize("name", ["", "甲", "甲" * 101, " \u3000 "])
def test_a_name_that_is_none_is_refused(lin: Actor, name: str) -> None:
    with pytest.raises(Invalid):
        block_by_name(lin, name=name)


@pytest.mark.parametrize("kind", ["agency", "employer", "platform"])
def test_what_does_not_exist_cannot_be_blocked(lin: Actor, kind: str) -> None:
    with pytest.raises(NotFound):
        block(lin, kind=kind, organisation_id=new_id())


def test_the_audit_says_that_something_was_blocked_and_never_what(lin: Actor) -> None:
    mill = organisations.employer(legal_name=MILL)
    block(lin, kind="employer", organisation_id=mill.id)
    blocked = my_blocks(lin)[0].id
    unblock(lin, block_id=blocked)
    for action in ("resume.block", "resume.unblock"):
        entry = AuditEntry.objects.get(action=action)
        assert entry.subject_id == str(blocked)
        assert str(mill.id) not in str(entry.detail)
        assert MILL not in str(entry.detail)
    assert [list(one.payload) for one in EventRecord.objects.filter(name="BlocksChanged")] == [["user_id"]] * 2


class TestThePresentEmployer:
    def test_is_offered_until_it_is_blocked(self, lin: Actor) -> None:
        save_section(lin, entry=resumes.employment(employer_name=MILL, end_on=None))
        save_section(lin, entry=resumes.employment(employer_name="从前的单位"))
        assert present_employers(lin) == [MILL]
        block_by_name(lin, name=MILL)
        assert present_employers(lin) == []


class TestLookingForOneToBlock:
    def test_finds_agencies_and_employers_by_part_of_the_name(self, lin: Actor) -> None:
        organisations.employer(legal_name=MILL)
        organisations.agency(legal_name="蓉江人力资源有限公司")
        assert {one.kind for one in candidates(lin, "蓉江")} == {"agency", "employer"}

    def test_names_the_same_enterprise_once_and_says_what_is_blocked(self, lin: Actor) -> None:
        organisations.employer(legal_name=MILL)
        organisations.employer(legal_name=MILL, credit_code=None, named_by=organisations.agency())
        block_by_name(lin, name=MILL)
        (one,) = candidates(lin, "精密 蓉江")
        assert one.is_blocked

    def test_is_not_a_way_to_read_the_whole_list(self, lin: Actor) -> None:
        for number in range(12):
            organisations.employer(legal_name=f"同名{number:02d}公司")
        assert candidates(lin, "同") == []
        assert len(candidates(lin, "同名")) == 10
