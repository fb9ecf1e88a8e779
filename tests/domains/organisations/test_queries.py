"""What is read of agencies, shops, and who works where."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations import queries
from jiuye.domains.organisations.models import Affiliation, Agency, Qualification, Shop
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from tests.factories import accounts, organisations, reference

pytestmark = pytest.mark.django_db


def test_listed_shops_come_by_open_postings_and_page_to_the_end() -> None:
    agencies = [organisations.agency() for _ in range(5)]
    for number, agency in enumerate(agencies):
        Shop.objects.filter(agency=agency).update(open_postings=number)
    hidden = organisations.agency(is_listed=False)
    seen, cursor = [], ""
    while True:
        page = queries.shops(cursor=cursor, size=2)
        seen += [card.id for card in page.items]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == [agency.id for agency in reversed(agencies)]
    assert hidden.id not in seen


def test_shops_are_found_by_region_at_every_level_kind_and_words() -> None:
    here = organisations.agency(legal_name="成都甲人力有限公司")
    there = organisations.agency(legal_name="深圳乙服务中心", kind="public", region=reference.region(reference.NANSHAN))
    cases = [
        ({"region": "510000"}, here),
        ({"region": reference.WUHOU}, here),
        ({"kind": "public"}, there),
        ({"text": "深圳 中心"}, there),
    ]
    for chosen, found in cases:
        assert [card.id for card in queries.shops(**chosen).items] == [found.id], chosen  # type: ignore[arg-type]
        assert queries.shop_count(**chosen) == 1  # type: ignore[arg-type]


def test_a_shop_that_is_not_listed_is_hidden_from_visitors_but_not_from_its_agency() -> None:
    agency = organisations.agency(is_listed=False)
    with pytest.raises(NotFound):
        queries.shop(agency.id)
    assert queries.own_shop(organisations.member(agency)).agency.id == agency.id


def test_an_unknown_agency_is_not_found() -> None:
    for read in (queries.shop, queries.agency_card, queries.standing):
        with pytest.raises(NotFound):
            read(organisations.operator().organisation_id)  # type: ignore[operator,arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"state": "suspended"}, "已暂停"),
        ({"state": "draft"}, "待提交"),
        ({"expires_on": clock.today() - timedelta(days=1)}, "重新核验"),
    ],
)
def test_the_standing_says_why_an_agency_may_not_publish(changes: dict[str, object], said: str) -> None:
    agency = organisations.agency()
    Qualification.objects.update(**changes)
    standing = queries.standing(agency.id)
    assert standing.may_publish == (not said)
    assert said in standing.reason


def test_a_market_agency_with_an_expired_licence_may_not_publish() -> None:
    agency = organisations.agency(licence_expires_on=clock.today() - timedelta(days=1))
    assert "许可证" in queries.standing(agency.id).reason


def test_names_of_all_kinds_come_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency, employer = organisations.agency(), organisations.employer()
    platform = organisations.operator().organisation_id
    assert platform is not None
    asked = [("agency", agency.id), ("employer", employer.id), ("platform", platform)]
    with django_assert_num_queries(2):
        names = queries.organisation_names(asked)
    assert names == {agency.id: agency.legal_name, employer.id: employer.legal_name, platform: "就业在线平台"}


def test_memberships_come_with_names_and_without_ended_ones() -> None:
    user = accounts.person("周文")
    first, second = organisations.agency(), organisations.agency()
    organisations.member(first, role="owner", user=user)
    ended = organisations.member(second, user=user)
    Membership.objects.filter(organisation_id=ended.organisation_id).update(ended_at=clock.now())
    assert [(place.name, place.role_label) for place in queries.memberships_of(user.pk)] == [
        (first.legal_name, "管理员")
    ]


def test_members_are_those_of_the_actors_own_organisation() -> None:
    agency = organisations.agency()
    actor = organisations.member(agency)
    organisations.member(organisations.agency())
    assert [member.person_id for member in queries.members(actor).items] == [actor.person_id]
    with pytest.raises(NotFound):
        queries.members(Actor.anonymous())


def test_an_agency_finds_employers_that_it_named_or_works_with() -> None:
    agency = organisations.agency()
    actor = organisations.member(agency)
    named, associated = organisations.employer(named_by=agency), organisations.employer()
    refused = organisations.employer()
    for employer, state in ((associated, "approved"), (refused, "refused")):
        Affiliation.objects.create(
            employer=employer, agency=agency, state=state, reason="已满", requested_at=clock.now()
        )
    found = {employer.id for employer in queries.employers_named_by(actor)}
    assert found == {named.id, associated.id}


def test_an_employer_sees_the_agencies_that_recruit_for_it() -> None:
    employer, agency = organisations.employer(), organisations.agency()
    organisations.agency()
    Affiliation.objects.create(employer=employer, agency=agency, state="approved", requested_at=clock.now())
    assert [card.id for card in queries.agencies_of(organisations.member(employer))] == [agency.id]
    assert queries.agencies_of(organisations.member(agency)) == []


def test_an_employer_named_without_a_code_is_known_to_its_agency_only() -> None:
    agency = organisations.agency()
    employer = organisations.employer(named_by=agency, credit_code=None)
    assert queries.employer(organisations.member(agency), employer.id).id == employer.id
    with pytest.raises(NotFound):
        queries.employer(organisations.member(organisations.agency()), employer.id)
    assert Agency.objects.count() == 2
    assert User.objects.count() == 2
