"""Jobs near a place: named by hand, or told by the browser with consent and kept by nobody else."""

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import Morsel
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.portals.seeker.jobs import whereabouts
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, assert_survives, index_all, text_of, wired_engine

pytestmark = pytest.mark.django_db
WUHOU = (104.04323, 30.64191)
HERE = {"longitude": "104.0432", "latitude": "30.6419"}


@pytest.fixture
def stocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """Welders in 成都武侯 (one some 12 km to the north of its centre), in 成都 without a county, and far away in 深圳."""
    agency = organisations.agency()
    posting(agency, title="氩弧焊工", region=reference.region(reference.WUHOU))
    posting(agency, title="北边的焊工", region=reference.region(reference.WUHOU), longitude=104.04, latitude=30.745)
    posting(agency, title="成都的焊工", region=reference.region("510100"))
    posting(agency, title="四川的焊工", region=reference.region("510000"))
    posting(agency, title="焊工班长", region=reference.region(reference.NANSHAN))
    with wired_engine(tmp_path, monkeypatch) as own:
        index_all()
        yield own


def titles(page: HttpResponse) -> list[str]:
    found = page.content.decode().split('class="card-link"')[1:]
    return [part.split(">", 1)[1].split("</a>")[0].replace("<mark>", "").replace("</mark>", "") for part in found]


def told(client: Client, query: str = "") -> HttpResponse:
    """The answer to a browser that tells where it is."""
    return client.post(f"/jobs/near{query}", HERE)  # type: ignore[return-value]


class TestRoundANamedPlace:
    def test_finds_what_is_near_and_says_how_far_that_is(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"near": reference.WUHOU, "sort": "distance"})
        assert_is_public(page)
        assert titles(page) == ["氩弧焊工", "成都的焊工", "北边的焊工"]
        text = text_of(page)
        assert "约 1 公里" in text
        assert "约 10 公里" in text
        assert "武侯附近招聘" in text

    def test_a_posting_that_names_only_its_city_says_that_it_is_counted_from_the_middle(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        assert "市中心约" in text_of(client.get("/jobs", {"near": reference.WUHOU, "q": "成都"}))

    def test_a_posting_with_coordinates_of_its_own_is_counted_from_there(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        posting(
            organisations.agency(), title="会计", region=reference.region("510100"), longitude=104.042, latitude=30.641
        )
        index_all()
        text = text_of(client.get("/jobs", {"near": reference.WUHOU, "q": "会计"}))
        assert "约 1 公里" in text
        assert "市中心" not in text

    def test_a_smaller_radius_finds_less_and_each_says_how_many(self, client: Client, stocked: TantivyEngine) -> None:
        assert "北边的焊工" not in titles(client.get("/jobs", {"near": reference.WUHOU, "within": "5"}))
        panel = client.get("/jobs", {"near": reference.WUHOU}).content.decode()
        for href, count in (("?near=510107&amp;within=5", 1), ("?near=510107&amp;within=50", 3)):
            option = panel.split(f'href="{href}"')[1].split("</a>")[0]
            assert option.split('filter-count">')[1].split("<")[0] == str(count)

    def test_it_costs_no_query(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            client.get("/jobs", {"near": reference.WUHOU, "sort": "distance", "q": "焊工"})

    def test_its_chip_drops_the_place_and_the_order_that_needs_it(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"near": reference.WUHOU, "within": "5", "sort": "distance", "q": "焊工"})
        chips = page.content.decode().split('class="chips"')[1].split("</ul>")[0]
        assert "武侯附近 5 公里" in chips
        assert 'href="?q=%E7%84%8A%E5%B7%A5"' in chips

    def test_the_order_by_distance_is_offered_only_round_a_place(self, client: Client, stocked: TantivyEngine) -> None:
        assert "sort=distance" in client.get("/jobs", {"near": reference.WUHOU}).content.decode()
        assert "sort=distance" not in client.get("/jobs").content.decode()

    def test_a_place_may_be_named_in_words(self, client: Client, stocked: TantivyEngine) -> None:
        assert len(titles(client.get("/jobs", {"near": "成都市武侯区"}))) == 3

    @pytest.mark.parametrize(
        ("near", "message"),
        [
            ("510000", "请选到市或区县"),
            ("999999", "没有代码为 999999 的选项"),
            ("没有这个地方", "没有找到这个地点"),
            ("me", "还不知道您的位置"),
        ],
    )
    def test_a_place_of_no_use_is_left_out_and_another_offered(
        self, client: Client, stocked: TantivyEngine, near: str, message: str
    ) -> None:
        page = client.get("/jobs", {"near": near, "sort": "distance", "q": "焊工"})
        text = text_of(page)
        assert message in text
        assert "共 5 个职位" in text
        assert 'href="/jobs/near?q=%E7%84%8A%E5%B7%A5"' in page.content.decode()

    def test_nothing_near_says_how_many_there_are_elsewhere(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"near": "110105", "q": "焊工", "sort": "distance"})
        assert "不限距离 5" in text_of(page)
        assert 'href="?q=%E7%84%8A%E5%B7%A5"' in page.content.decode()

    def test_without_the_engine_the_counties_around_stand_for_the_circle(self, client: Client) -> None:
        agency = organisations.agency()
        posting(agency, title="氩弧焊工", region=reference.region(reference.WUHOU))
        posting(agency, title="焊工班长", region=reference.region(reference.NANSHAN))
        page = client.get("/jobs", {"near": reference.WUHOU, "sort": "distance"})
        assert titles(page) == ["氩弧焊工"]

    def test_no_nonsense_breaks_it(self, client: Client, stocked: TantivyEngine) -> None:
        assert_survives(client, "/jobs", "near", "within")
        assert_survives(client, "/jobs/near", "near", "within", "q", "region")


class TestWhereTheBrowserIs:
    def test_is_kept_by_the_browser_alone_sealed_and_until_it_is_closed(self, client: Client) -> None:
        answer = told(client, "?q=焊工&region=510000")
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            "/jobs?q=%E7%84%8A%E5%B7%A5&near=me&sort=distance",
        )
        cookie: Morsel[str] = answer.cookies[whereabouts.COOKIE]
        assert "104" not in cookie.value
        assert "30.6" not in cookie.value
        assert cookie["httponly"]
        assert not cookie["max-age"]
        assert not cookie["expires"]
        assert answer.cookies[whereabouts.MARK].value == "1"

    def test_finds_the_jobs_around_it_for_this_browser_alone(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get(told(client).headers["Location"])
        assert titles(page) == ["氩弧焊工", "成都的焊工", "北边的焊工"]
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "我附近 20 公里" in text_of(page)
        for digits in ("104.0", "30.6"):
            assert digits not in page.content.decode()

    def test_is_no_finer_than_a_kilometre(self, client: Client) -> None:
        told(client)
        request = client.get("/jobs/near").wsgi_request
        assert whereabouts.of(request) == (104.04, 30.64)

    def test_is_not_asked_of_pages_that_do_not_need_it(self, client: Client, stocked: TantivyEngine) -> None:
        told(client)
        page = client.get("/jobs")
        assert "public" in page.headers["Cache-Control"]
        assert "distance" not in page.content.decode()

    def test_a_search_round_it_is_saved_round_its_county(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get(told(client, "?q=焊工").headers["Location"])
        assert 'href="/me/searches/new?q=%E7%84%8A%E5%B7%A5&amp;near=510107"' in page.content.decode()
        assert "订阅以武侯为中心" in text_of(page)

    def test_is_forgotten_on_wish(self, client: Client) -> None:
        told(client)
        assert "清除位置" in text_of(client.get("/jobs/near"))
        answer = client.post("/jobs/near/forget?q=焊工")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/jobs/near?q=%E7%84%8A%E5%B7%A5")
        assert answer.cookies[whereabouts.COOKIE].value == ""
        assert "清除位置" not in text_of(client.get("/jobs/near"))

    def test_is_old_after_twelve_hours(self, client: Client) -> None:
        told(client)
        with clock.frozen(clock.now() + timedelta(hours=13)):
            assert whereabouts.of(client.get("/jobs/near").wsgi_request) is None

    @pytest.mark.parametrize("cookie", ["", "nonsense", "k:a:b", "x" * 5000, "1:AES:%%%"])
    def test_a_cookie_that_we_did_not_seal_tells_nothing(self, client: Client, cookie: str) -> None:
        client.cookies[whereabouts.COOKIE] = cookie
        page = client.get("/jobs/near")
        assert page.status_code == 200
        assert "清除位置" not in text_of(page)

    @pytest.mark.parametrize(
        ("longitude", "latitude"), [("", ""), ("a", "b"), ("nan", "nan"), ("181", "0"), ("0", "inf")]
    )
    def test_an_invalid_place_is_reported_and_not_stored(self, client: Client, longitude: str, latitude: str) -> None:
        answer = client.post("/jobs/near", {"longitude": longitude, "latitude": latitude})
        assert answer.status_code == 422
        assert "没有取到您的位置" in text_of(answer)
        assert whereabouts.COOKIE not in answer.cookies

    def test_only_the_page_of_the_choice_may_ask_for_it(self, client: Client) -> None:
        assert "geolocation=(self)" in client.get("/jobs/near").headers["Permissions-Policy"]
        assert "geolocation=()" in client.get("/").headers["Permissions-Policy"]

    def test_is_not_accepted_from_other_sites(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/jobs/near", HERE).status_code == 403
        assert whereabouts.COOKIE not in strict.cookies


class TestOtherPages:
    def test_the_front_page_begins_with_what_is_near(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        told(client)
        with django_assert_num_queries(0):
            piece = client.get("/home/near")
        assert "您附近的最新职位" in text_of(piece)
        assert sorted(titles(piece)) == ["北边的焊工", "成都的焊工", "氩弧焊工"]
        assert piece.headers["Cache-Control"] == "private, no-store"

    def test_the_front_page_shows_the_country_without_a_location(self, client: Client, stocked: TantivyEngine) -> None:
        assert client.get("/home/near").status_code == 204

    def test_a_job_says_how_far_it_is(self, client: Client, stocked: TantivyEngine) -> None:
        told(client)
        (one,) = JobPosting.objects.filter(title="北边的焊工")
        piece = client.get(f"/jobs/{one.pk}/distance")
        assert (piece.content.decode(), piece.headers["Cache-Control"]) == ("离您约 10 公里", "private, no-store")

    def test_a_job_says_no_distance_that_is_not_known(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        (one,) = JobPosting.objects.filter(title="四川的焊工")
        with django_assert_num_queries(0):
            assert client.get(f"/jobs/{one.pk}/distance").status_code == 204
        told(client)
        assert client.get(f"/jobs/{one.pk}/distance").status_code == 204
