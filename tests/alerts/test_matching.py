"""New postings matched with saved searches: each once, exactly those that the search would show."""

from datetime import timedelta

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.alerts import matching
from jiuye.alerts.matching import SETTLING, match_new
from jiuye.alerts.models import Finding, MatchingMark
from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.ports import search
from jiuye.ports.search import SearchQuery, SearchUnavailable
from jiuye.search.nearby import round_region
from jiuye.search.remembered import remember
from tests.factories import jobs, organisations
from tests.factories.accounts import seeker
from tests.factories.alerts import comes_in, saved_search, start_matching
from tests.factories.public_site import index_all
from tests.factories.reference import NANSHAN, WUHOU, region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
WELDERS = SearchQuery(q="焊工")


@pytest.fixture
def lin() -> User:
    return seeker()


def found() -> list[tuple[str, int]]:
    """The findings: the name of the search and the number of postings."""
    return sorted(Finding.objects.values_list("saved_search__name", "total"))


def test_what_was_there_before_the_first_run_is_nobodys_news(lin: User) -> None:
    comes_in(title="焊工")
    saved_search(lin, WELDERS)
    assert match_new() == 0
    assert found() == []


def test_a_new_posting_is_found_by_the_searches_it_fits_and_no_others(lin: User) -> None:
    start_matching()
    saved_search(lin, WELDERS, name="焊工")
    saved_search(lin, SearchQuery(q="焊工", region=("110000",)), name="北京焊工")
    saved_search(lin, SearchQuery(region=(WUHOU,), pay_min=5000), name="武侯五千")
    saved_search(lin, SearchQuery(q="会计"), name="会计")

    comes_in(title="二保焊工", region_id=WUHOU, pay_min=6000, pay_max=9000)

    assert match_new() == 1
    assert found() == [("武侯五千", 1), ("焊工", 1)]


def test_a_search_round_a_place_finds_what_is_published_there(lin: User) -> None:
    start_matching()
    saved_search(lin, SearchQuery(near=round_region(WUHOU, within=5)), name="武侯附近")
    comes_in(title="焊工", region_id=WUHOU)
    comes_in(title="焊工班长", region_id=region(NANSHAN).code)
    match_new()
    assert found() == [("武侯附近", 1)]


def test_it_is_found_once_however_often_one_looks(lin: User) -> None:
    start_matching()
    saved_search(lin, WELDERS)
    comes_in(title="焊工")
    assert [match_new(), match_new()] == [1, 0]
    assert len(found()) == 1


def test_a_posting_that_may_not_be_committed_yet_waits_for_the_next_run(lin: User) -> None:
    start_matching()
    saved_search(lin, WELDERS)
    jobs.posting(title="焊工")
    assert match_new() == 0
    with clock.frozen(clock.now() + SETTLING + timedelta(seconds=1)):
        assert match_new() == 1


def test_postings_of_one_moment_are_all_matched_when_they_fill_several_runs(
    lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "POSTINGS_A_RUN", 2)
    start_matching()
    saved_search(lin, WELDERS)
    moment = clock.now() - SETTLING
    for _ in range(5):
        jobs.posting(title="焊工", published_at=moment)
    assert match_new() == 5
    assert sum(total for _, total in found()) == 5


def test_searches_that_are_alike_are_asked_once_and_all_told(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    start_matching()
    for owner in (lin, seeker("何安"), seeker("周易")):
        saved_search(owner, WELDERS)
    comes_in(title="焊工")
    asked = []
    make = search.get().matcher

    def counting(documents: object) -> search.Matcher:
        matcher = make(documents)  # type: ignore[arg-type]
        return lambda query, most: asked.append(query) or matcher(query, most)  # type: ignore[func-returns-value]

    monkeypatch.setattr(search.get(), "matcher", counting)
    match_new()
    assert (len(asked), len(found())) == (1, 3)


def test_searches_without_alerts_are_not_matched(lin: User) -> None:
    start_matching()
    saved_search(lin, WELDERS, frequency="never")
    comes_in(title="焊工")
    match_new()
    assert found() == []


def test_what_is_found_is_what_the_search_itself_shows(lin: User) -> None:
    start_matching()
    saved_search(lin, SearchQuery(q="数控车床", pay_min=5000, education=3), name="车床")
    for title, pay in (("数控车床操作工", 6000), ("数控编程", 9000), ("车床工", 3000), ("普工", 8000)):
        comes_in(title=title, pay_min=pay, pay_max=pay + 500, education="")
    index_all()
    shown = search.get().search(SearchQuery(q="数控车床", pay_min=5000, education=3))

    match_new()

    assert [hit.id for hit in shown.items] != []
    assert set(Finding.objects.get().posting_ids) == {hit.id for hit in shown.items}


def test_a_run_that_fails_leaves_nothing_behind_and_is_done_again(lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    start_matching()
    saved_search(lin, WELDERS)
    comes_in(title="焊工")
    before = MatchingMark.objects.values().get()

    def broken(documents: object) -> search.Matcher:
        raise SearchUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(search.get(), "matcher", broken)
        with pytest.raises(SearchUnavailable):
            match_new()
    assert MatchingMark.objects.values().get() == before
    assert match_new() == 1


def test_without_an_index_new_postings_are_matched_all_the_same(lin: User, engine: TantivyEngine) -> None:
    assert not engine.state().healthy
    start_matching()
    saved_search(lin, WELDERS)
    comes_in(title="焊工")
    match_new()
    assert found() == [("我的搜索", 1)]


def test_what_a_person_does_not_want_to_see_is_left_out_of_all_their_searches(lin: User) -> None:
    start_matching()
    mei = seeker()
    saved_search(lin, WELDERS, name="林的焊工")
    saved_search(mei, WELDERS, name="梅的焊工")
    remember(Actor(person_id=lin.pk), query=SearchQuery(without_dispatch=True, exclude_words=("学徒",)))
    comes_in(title="焊工")
    comes_in(title="焊工学徒")
    comes_in(title="焊工", employment_type="dispatch")
    match_new()
    assert found() == [("林的焊工", 1), ("梅的焊工", 3)]


class TestToldOnce:
    """A job is told once per search, whatever is done with its posting."""

    @pytest.fixture
    def told(self, lin: User) -> JobPosting:
        """A welder's job of which the search has been told."""
        start_matching()
        saved_search(lin, WELDERS, name="焊工")
        job = comes_in(title="焊工", pay_min=6000, pay_max=8000)
        match_new()
        assert found() == [("焊工", 1)]
        return job

    def later(self, days: int = 1) -> None:
        with clock.frozen(clock.now() + timedelta(days=days)):
            match_new()
        assert found() == [("焊工", 1)]

    def test_an_edited_one(self, told: JobPosting) -> None:
        JobPosting.objects.filter(pk=told.pk).update(title="高级焊工", pay_max=9000)
        self.later()

    def test_one_that_expires_and_is_published_again(self, told: JobPosting) -> None:
        JobPosting.objects.filter(pk=told.pk).update(state="expired")
        self.later()
        JobPosting.objects.filter(pk=told.pk).update(state="published")
        self.later(2)

    @pytest.mark.parametrize("is_open", [True, False])
    def test_a_copy(self, told: JobPosting, *, is_open: bool) -> None:
        if not is_open:
            JobPosting.objects.filter(pk=told.pk).update(state="withdrawn")
        comes_in(told.agency, title="焊 工", employer=told.employer, pay_min=6000, pay_max=8000)
        self.later()

    def test_a_copy_through_another_agency(self, told: JobPosting) -> None:
        comes_in(organisations.agency(), title="焊工", employer=told.employer, pay_min=6000, pay_max=8000)
        self.later()

    def test_one_with_other_pay_is_news(self, told: JobPosting) -> None:
        comes_in(told.agency, title="焊工", employer=told.employer, pay_min=7000, pay_max=9000)
        match_new()
        assert found() == [("焊工", 1), ("焊工", 1)]
