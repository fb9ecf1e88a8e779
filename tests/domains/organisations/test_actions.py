"""Employers that agencies name, and the words of a shop."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from jiuye.domains.organisations import actions
from jiuye.domains.organisations.actions import EmployerBasics, ShopTexts
from jiuye.domains.organisations.models import Agency, Employer, Shop
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound
from tests.factories import organisations

TEXTS = ShopTexts("只做蓝领招聘", "成立于2009年。", "", ["职业介绍", "创业指导"], "不向求职者收费")


@pytest.fixture
def recruiter() -> Actor:
    return organisations.member(organisations.agency())


@pytest.mark.django_db
class TestNaming:
    def test_an_employer_is_recorded_on_first_mention_and_found_after(self, recruiter: Actor) -> None:
        basics = EmployerBasics("示例新厂有限公司", organisations.credit_code(), ownership="private")
        first = actions.name_employer(recruiter, basics=basics)
        assert actions.name_employer(recruiter, basics=basics) == first
        employer = Employer.objects.get()
        assert (employer.named_by_id, employer.ownership) == (recruiter.organisation_id, "private")

    def test_a_credit_code_names_one_employer_for_all_agencies(self, recruiter: Actor) -> None:
        basics = EmployerBasics("示例新厂有限公司", organisations.credit_code())
        other = organisations.member(organisations.agency())
        first = actions.name_employer(recruiter, basics=basics)
        assert actions.name_employer(other, basics=replace(basics, ownership="state")) == first
        assert Employer.objects.get().ownership == ""

    def test_without_a_code_each_agency_has_its_own_record(self, recruiter: Actor) -> None:
        other = organisations.member(organisations.agency())
        ids = {actions.name_employer(actor, basics=EmployerBasics("示例小店")) for actor in (recruiter, other)}
        assert len(ids) == 2

    def test_a_code_given_later_joins_the_record_that_lacked_it(self, recruiter: Actor) -> None:
        code = organisations.credit_code()
        first = actions.name_employer(recruiter, basics=EmployerBasics("示例小店"))
        assert actions.name_employer(recruiter, basics=EmployerBasics("示例小店", code)) == first
        assert actions.name_employer(recruiter, basics=EmployerBasics("示例小店")) == first
        assert Employer.objects.get().credit_code == code

    def test_a_code_under_another_name_is_refused(self, recruiter: Actor) -> None:
        known = organisations.employer()
        assert known.credit_code is not None
        with pytest.raises(Invalid) as refused:
            actions.name_employer(recruiter, basics=EmployerBasics("示例冒名公司", known.credit_code))
        assert known.legal_name in refused.value.fields["legal_name"]

    def test_a_certified_employers_record_is_left_as_it_is(self, recruiter: Actor) -> None:
        agency = Agency.objects.get()
        known = organisations.employer(named_by=agency, is_certified=True)
        assert known.credit_code is not None
        basics = EmployerBasics(known.legal_name, known.credit_code, size="over_10000")
        actions.name_employer(recruiter, basics=basics)
        assert Employer.objects.get().size == known.size

    @pytest.mark.parametrize(
        ("field", "basics"),
        [
            ("legal_name", EmployerBasics(" ")),
            ("legal_name", EmployerBasics("长" * 101)),
            ("credit_code", EmployerBasics("示例厂", "91510107")),
            ("ownership", EmployerBasics("示例厂", ownership="royal")),
            ("size", EmployerBasics("示例厂", size="big")),
            ("industry", EmployerBasics("示例厂", industry="ZZ")),
            ("region", EmployerBasics("示例厂", region="1")),
        ],
    )
    def test_impossible_basics_are_refused_at_their_field(
        self, recruiter: Actor, field: str, basics: EmployerBasics
    ) -> None:
        with pytest.raises(Invalid) as refused:
            actions.name_employer(recruiter, basics=basics)
        assert set(refused.value.fields) == {field}
        assert not Employer.objects.exists()

    def test_an_agencys_own_record_is_made_once(self, recruiter: Actor) -> None:
        agency = Agency.objects.get()
        assert actions.own_employer(recruiter) == actions.own_employer(recruiter)
        employer = Employer.objects.get()
        assert (employer.legal_name, employer.credit_code) == (agency.legal_name, agency.credit_code)

    def test_viewers_and_strangers_name_nobody(self, recruiter: Actor) -> None:
        with pytest.raises(Denied):
            actions.name_employer(replace(recruiter, role="viewer"), basics=EmployerBasics("示例厂"))
        with pytest.raises(NotFound):
            actions.name_employer(Actor.anonymous(), basics=EmployerBasics("示例厂"))
        assert not Employer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_naming_an_employer_from_two_desks_at_once_records_it_once() -> None:
    recruiter = organisations.member(organisations.agency())
    basics = EmployerBasics("示例新厂有限公司", organisations.credit_code())

    def name(_: int) -> object:
        try:
            return actions.name_employer(recruiter, basics=basics)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(name, range(4)))
    assert len(ids) == 1
    assert Employer.objects.count() == 1


@pytest.mark.django_db
class TestShop:
    def test_its_words_are_replaced(self, recruiter: Actor) -> None:
        actions.edit_shop(recruiter, texts=TEXTS)
        shop = Shop.objects.get()
        assert (shop.slogan, shop.services) == ("只做蓝领招聘", ["职业介绍", "创业指导"])

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("slogan", {"slogan": "长" * 61}),
            ("fees", {"fees": " "}),
            ("services", {"services": [f"服务{number}" for number in range(13)]}),
            ("services", {"services": ["长" * 31]}),
        ],
    )
    def test_words_out_of_bounds_are_refused(self, recruiter: Actor, field: str, changes: dict[str, object]) -> None:
        with pytest.raises(Invalid) as refused:
            actions.edit_shop(recruiter, texts=replace(TEXTS, **changes))  # type: ignore[arg-type]
        assert set(refused.value.fields) == {field}

    def test_a_viewer_does_not_edit(self, recruiter: Actor) -> None:
        with pytest.raises(Denied):
            actions.edit_shop(replace(recruiter, role="viewer"), texts=TEXTS)
        assert Shop.objects.get().slogan == ""
