"""What is read of postings: publicly, for applying, by their agency."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.jobs import queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.ids import new_id
from tests.factories import jobs, organisations, reference

pytestmark = pytest.mark.django_db
NEVER_PUBLIC = ["draft", "under_review", "rejected", "banned"]
CLOSED = ["withdrawn", "expired"]


# The public page


def test_the_detail_says_everything_in_words(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency = organisations.agency()
    Shop.objects.filter(agency=agency).update(answered_within_7_days=0.9)
    posting = jobs.posting(
        agency, occupation=reference.occupation(reference.WELDER), education="60", experience_min=1, experience_max=3
    )
    with django_assert_num_queries(2):
        detail = queries.detail(posting.id)
    assert (detail.pay, detail.region_name, detail.place) == ("6-9K", "四川省成都市武侯区", "成都·武侯")
    assert (detail.occupation_name, detail.education_label, detail.experience) == ("焊工", "高中", "1-3年")
    assert (detail.employment_type_label, detail.headcount) == ("全职", 5)
    assert (detail.agency.licence_number, detail.agency.answered_within_7_days) == (agency.licence_number, 0.9)
    assert detail.employer is not None
    assert (detail.employer.ownership_label, detail.employer.size_label) == ("民营", "50-150人")


def test_recruiting_for_another_is_always_said() -> None:
    assert queries.detail(jobs.posting().id).is_for_employer


def test_an_agencys_own_posting_is_direct() -> None:
    agency = organisations.agency()
    own = organisations.employer(legal_name=agency.legal_name, credit_code=agency.credit_code)
    posting = jobs.posting(agency, employer=own)
    assert not queries.detail(posting.id).is_for_employer
    assert queries.cards([posting.id])[0].agency == ""


@pytest.mark.parametrize("state", NEVER_PUBLIC)
def test_what_never_was_public_does_not_exist_for_visitors(state: str) -> None:
    posting = jobs.posting(state=state)
    with pytest.raises(NotFound) as refused:
        queries.detail(posting.id)
    assert refused.value.status == 404
    with pytest.raises(NotFound):
        queries.to_apply(posting.id)
    assert queries.cards([posting.id]) == []


@pytest.mark.parametrize("state", CLOSED)
def test_what_was_public_is_gone_with_its_title(state: str) -> None:
    posting = jobs.posting(state=state, closed_at=clock.now(), title="焊工")
    with pytest.raises(queries.Gone) as gone:
        queries.detail(posting.id)
    assert (gone.value.status, gone.value.title, gone.value.ended_on) == (410, "焊工", clock.today())


def test_a_posting_past_its_last_day_is_gone_before_the_task_has_run() -> None:
    with pytest.raises(queries.Gone):
        queries.detail(jobs.posting(valid_through=jobs.yesterday()).id)


def test_a_posting_is_open_through_its_last_day() -> None:
    assert queries.detail(jobs.posting(valid_through=clock.today()).id).is_open


def test_postings_of_an_agency_that_is_no_longer_listed_are_gone() -> None:
    posting = jobs.posting()
    Agency.objects.update(is_listed=False)
    with pytest.raises(queries.Gone):
        queries.detail(posting.id)
    with pytest.raises(Refused):
        queries.to_apply(posting.id)


# Cards


def test_cards_come_in_the_order_asked_for_with_closed_ones_marked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opened, closed = jobs.posting(), jobs.posting(state="withdrawn")
    with django_assert_num_queries(1):
        cards = queries.cards([closed.id, new_id(), opened.id])
    assert [(card.id, card.is_open) for card in cards] == [(closed.id, False), (opened.id, True)]


def test_the_newest_are_the_open_ones_of_the_agency() -> None:
    agency = organisations.agency()
    older = jobs.posting(agency, published_at=clock.now() - timedelta(days=1))
    newer = jobs.posting(agency)
    jobs.posting(agency, state="withdrawn")
    jobs.posting()
    assert [card.id for card in queries.newest(agency_id=agency.id)] == [newer.id, older.id]


# Without the search engine


@pytest.mark.parametrize("by_pay", [False, True])
def test_browsing_finds_open_postings_only(by_pay: bool) -> None:
    last_day = jobs.posting(valid_through=clock.today())
    jobs.posting(valid_through=jobs.yesterday())
    for state in (*CLOSED, *NEVER_PUBLIC):
        jobs.posting(state=state)
    unlisted = jobs.posting()
    Agency.objects.filter(pk=unlisted.agency_id).update(is_listed=False)
    assert [posting.id for posting in queries.browse(queries.Browse(by_pay=by_pay)).items] == [last_day.id]


# Applying


def test_an_open_posting_can_be_applied_to(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    posting = jobs.posting()
    with django_assert_num_queries(1):
        found = queries.to_apply(posting.id)
    assert (found.agency_id, found.employer_id) == (posting.agency_id, posting.employer_id)
    assert found.valid_through == posting.valid_through


@pytest.mark.parametrize("given", [{"state": "withdrawn"}, {"state": "expired"}, {"valid_through": "yesterday"}])
def test_a_closed_posting_cannot(given: dict[str, str]) -> None:
    if "valid_through" in given:
        posting = jobs.posting(valid_through=jobs.yesterday())
    else:
        posting = jobs.posting(**given)
    with pytest.raises(Refused) as refused:
        queries.to_apply(posting.id)
    assert refused.value.code == "posting_closed"


# The agency's own


def test_counts_follow_the_other_filters() -> None:
    agency = organisations.agency()
    actor = organisations.member(agency)
    jobs.posting(agency, title="焊工")
    jobs.draft(agency, title="焊工")
    jobs.draft(agency, title="车工")
    counts = queries.counts(actor, queries.ListFilter(text="焊工"))
    assert (counts["all"], counts["published"], counts["draft"]) == (2, 1, 1)


def test_the_list_finds_by_employer_and_own_code() -> None:
    agency = organisations.agency()
    actor = organisations.member(agency)
    employer = organisations.employer(named_by=agency, legal_name="示例远山物流有限公司")
    one = jobs.posting(agency, employer=employer)
    other = jobs.posting(agency, external_code="A-77")
    for text, found in {"远山": one, "a-77": other}.items():
        page = queries.listing(actor, chosen=queries.ListFilter(text=text))
        assert [row.id for row in page.items] == [found.id]


def test_a_draft_says_what_it_lacks() -> None:
    agency = organisations.agency()
    jobs.draft(agency, headcount=None)
    (row,) = queries.listing(organisations.member(agency), chosen=queries.ListFilter()).items
    assert row.lacks == ("招聘人数",)


def test_the_overview_counts_what_waits(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency = organisations.agency()
    actor = organisations.member(agency)
    jobs.posting(agency, valid_through=clock.today() + timedelta(days=3))
    jobs.posting(agency, confirmed_at=clock.now() - timedelta(days=31))
    jobs.posting(agency, valid_through=jobs.yesterday())
    jobs.draft(agency)
    jobs.posting()
    with django_assert_num_queries(1):
        overview = queries.overview(actor)
    assert (overview.total, overview.published, overview.drafts) == (4, 2, 1)
    assert (overview.ending_soon, overview.unconfirmed) == (1, 1)


def test_another_agencys_posting_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.get_for(organisations.member(organisations.agency()), jobs.posting().id)


@pytest.mark.parametrize("actor", [Actor.anonymous(), Actor(person_id=new_id())], ids=["nobody", "seeker"])
def test_people_without_an_agency_read_no_portal(actor: Actor) -> None:
    posting = jobs.posting()
    with pytest.raises(NotFound):
        queries.get_for(actor, posting.id)
    with pytest.raises(NotFound):
        queries.listing(actor, chosen=queries.ListFilter())


def test_an_employer_reads_its_public_postings_with_its_own_agencies_only() -> None:
    employer = organisations.employer()
    agency, stranger = organisations.agency(), organisations.agency()
    organisations.affiliate(employer, agency)
    shown = jobs.posting(agency, employer=employer)
    jobs.posting(stranger, employer=employer)
    jobs.draft(agency, employer=employer)
    jobs.posting(agency)
    page = queries.employer_postings(organisations.member(employer))
    assert [posting.row.id for posting in page.items] == [shown.id]


def test_the_editor_gets_the_content_as_it_is_stored() -> None:
    agency = organisations.agency()
    posting = jobs.draft(agency, title="焊工", requirements="限男性")
    found = queries.get_for(organisations.member(agency), posting.id)
    assert (found.content.title, found.version, found.state) == ("焊工", 1, "draft")
    assert [finding.words for finding in found.findings] == ["限男性"]
    assert JobPosting.objects.get().version == 1
