"""The list of jobs and a job's page, as visitors get them."""

import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import (
    assert_is_public,
    assert_survives,
    index_all,
    links_of,
    text_of,
)

pytestmark = pytest.mark.django_db
CARD = r"^/jobs/[0-9a-f-]{36}$"


def titles(client: Client, **asked: object) -> list[str]:
    """The titles on the page that these parameters give."""
    page = client.get("/jobs", asked)
    assert page.status_code == 200
    found = page.content.decode().split('class="card-link"')[1:]
    return [part.split(">", 1)[1].split("</a>")[0].replace("<mark>", "").replace("</mark>", "") for part in found]


class TestTheList:
    def test_it_is_the_same_for_everyone(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": "焊工"})
        assert_is_public(page)
        assert "共 2 个职位" in text_of(page)
        assert len(links_of(page, CARD)) == 2

    def test_it_costs_no_query(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            client.get("/jobs", {"q": "焊工", "region": "510000", "education": "20", "sort": "pay"})

    def test_a_zone_says_what_it_is_and_may_be_kept_by_search_engines(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        page = client.get("/jobs", {"q": "包吃住", "region": "510100"})
        text = text_of(page)
        assert "成都包吃住专区" in text
        assert "住宿条件以职位说明为准" in text
        assert "noindex" not in page.content.decode()
        assert "专区" not in text_of(client.get("/jobs", {"q": "包吃住", "pay_min": "8000"}))

    def test_an_agency_among_the_filters_costs_one(
        self, client: Client, stocked: TantivyEngine, agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            page = client.get("/jobs", {"agency": agency.id})
        assert "共 4 个职位" in text_of(page)
        assert agency.legal_name in text_of(page) or agency.short_name in text_of(page)

    def test_matched_words_are_marked_in_titles(self, client: Client, stocked: TantivyEngine) -> None:
        assert "楼宇<mark>管理员</mark>" in client.get("/jobs", {"q": "管理员"}).content.decode()

    @pytest.mark.parametrize(
        ("region", "expected"),
        [
            ("510000", {"氩弧焊工", "会计"}),
            ("510100", {"氩弧焊工", "会计"}),
            ("510107", {"氩弧焊工", "会计"}),
            ("440305", {"焊工班长"}),
            ("110000", {"楼宇管理员"}),
            ("110105", {"楼宇管理员"}),
            ("510000,440000", {"氩弧焊工", "会计", "焊工班长"}),
        ],
    )
    def test_a_region_at_any_level_includes_its_parts(
        self, client: Client, stocked: TantivyEngine, region: str, expected: set[str]
    ) -> None:
        assert set(titles(client, region=region)) == expected

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"occupation": "6-00-00-00"}, {"氩弧焊工", "焊工班长"}),
            ({"employment_type": "part_time"}, {"会计"}),
            ({"pay_min": 9500}, {"会计"}),
            ({"pay_max": 8000}, {"氩弧焊工", "焊工班长", "楼宇管理员"}),
            ({"education": "70"}, {"焊工班长", "会计", "楼宇管理员"}),
            ({"experience": 1}, {"氩弧焊工", "会计", "楼宇管理员"}),
            ({"posted_within": 1, "q": "会计"}, {"会计"}),
        ],
    )
    def test_filters_narrow(
        self, client: Client, stocked: TantivyEngine, asked: dict[str, object], expected: set[str]
    ) -> None:
        assert set(titles(client, **asked)) == expected

    def test_by_pay_the_highest_comes_first(self, client: Client, stocked: TantivyEngine) -> None:
        assert titles(client, sort="pay")[0] == "会计"

    def test_every_filter_leads_to_as_many_as_it_says(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs").content.decode()
        options = page.split('class="filter-option"')[1:]
        counted = [part for part in options if 'class="filter-count"' in part.split("</a>")[0]]
        assert len(counted) > 10
        for part in counted:
            href = part.split('href="')[1].split('"')[0].replace("&amp;", "&")
            count = part.split('class="filter-count">')[1].split("<")[0]
            assert f"共 {count} 个职位" in text_of(client.get(f"/jobs{href}")), href

    def test_a_chip_drops_its_filter_and_keeps_the_others(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": "焊工", "region": "510000", "pay_min": 5000})
        chips = page.content.decode().split('class="chips"')[1].split("</ul>")[0]
        hrefs = [part.split('"')[0].replace("&amp;", "&") for part in chips.split('href="')[1:] if part[0] == "?"]
        assert [sorted(parse_qs(href[1:])) for href in hrefs] == [["pay_min", "q"], ["q", "region"], ["q"]]

    def test_a_new_search_by_words_keeps_the_other_filters(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": "焊工", "education": "20", "sort": "pay"}).content.decode()
        form = page.split('class="search-box job-search"')[1].split("</form>")[0]
        assert '<input type="hidden" name="education" value="20">' in form
        assert '<input type="hidden" name="sort" value="pay">' in form

    def test_nothing_found_says_what_to_loosen(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": "会计", "region": "440000"})
        text = text_of(page)
        assert "没有符合条件的职位" in text
        assert "不限搜索词 1" in text
        assert "不限地区 1" in text

    def test_a_withdrawn_posting_of_an_old_index_is_told_to_be_gone(
        self, client: Client, stocked: TantivyEngine, agency: Agency
    ) -> None:
        one = posting(agency, title="钳工", state="withdrawn", closed_at=clock.now())
        page = client.get(f"/jobs/{one.id}")
        assert page.status_code == 410


class TestItsWords:
    def test_a_place_means_the_workplace_and_can_be_taken_as_a_word(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        posting(
            organisations.agency(short_name="成都人力"), title="焊工学徒", region=reference.region(reference.NANSHAN)
        )
        index_all()
        page = client.get("/jobs", {"q": "成都 焊工"})
        text = text_of(page)
        assert "共 1 个职位" in text
        assert "地点：成都" in text
        assert titles(client, q="成都 焊工") == ["氩弧焊工"]
        assert "在全国搜“成都 焊工”" in text
        assert "焊工学徒" in titles(client, q="成都 焊工", literal="true")

    def test_the_first_ten_of_a_place_are_in_it_while_it_has_ten(
        self, client: Client, engine: TantivyEngine, agency: Agency
    ) -> None:
        changsha, chengdu = reference.region("430102"), reference.region("510107")
        of_changsha = organisations.agency(short_name="长沙会计人力")
        for number in range(12):
            posting(agency, title=f"会计{number}", region=changsha, address="芙蓉中路1号")
            posting(of_changsha, title="长沙会计", region=chengdu, address="长沙路1号")
        index_all()
        page = client.get("/jobs", {"q": "长沙 会计"})
        found = titles(client, q="长沙 会计")
        assert len(found) == 12
        assert "长沙会计" not in found
        assert "共 12 个职位" in text_of(page)

    def test_the_total_counts_those_of_the_place_and_an_agency_is_no_place(
        self, client: Client, engine: TantivyEngine, agency: Agency
    ) -> None:
        of_chengdu = organisations.agency(short_name="成都人力")
        posting(agency, title="Java8后端")
        posting(of_chengdu, title="Java开发")
        posting(of_chengdu, title="Java架构师", region=reference.region(reference.NANSHAN))
        posting(agency, title="JavaScript前端")
        index_all()
        assert "共 2 个职位" in text_of(client.get("/jobs", {"q": "成都 Java"}))
        assert set(titles(client, q="成都Java")) == {"Java8后端", "Java开发"}

    @pytest.mark.parametrize(("typed", "within"), [("安全员", "网络安全员"), ("人事", "本地人事")])
    def test_a_common_word_is_found_within_longer_titles_too(
        self, client: Client, engine: TantivyEngine, agency: Agency, typed: str, within: str
    ) -> None:
        for _ in range(12):
            posting(agency, title=typed)
        posting(agency, title=within)
        index_all()
        page = client.get("/jobs", {"q": typed})
        assert within in titles(client, q=typed)
        assert "仍要搜" not in text_of(page)

    def test_a_place_that_is_typed_replaces_the_chosen_one(self, client: Client, stocked: TantivyEngine) -> None:
        assert titles(client, q="深圳 焊工", region="510100") == ["焊工班长"]

    @pytest.mark.parametrize("typed", ["hangong", "汗工"])
    def test_what_is_shown_for_a_wrong_word_is_said(self, client: Client, stocked: TantivyEngine, typed: str) -> None:
        page = client.get("/jobs", {"q": typed})
        assert f"仍要搜“{typed}”" in text_of(page)
        assert "共 2 个职位" in text_of(page)
        assert "共 0 个职位" in text_of(client.get("/jobs", {"q": typed, "literal": "true"}))

    def test_few_that_have_all_words_are_followed_by_those_that_have_most(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        text = text_of(client.get("/jobs", {"q": "焊工 远程"}))
        assert "完全符合“焊工 远程”的职位很少" in text
        assert "共 2 个职位" in text

    def test_its_title_names_place_words_and_filters(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": "成都 会计", "employment_type": "part_time"}).content.decode()
        assert "<title>成都会计招聘，兼职 - 就业在线</title>" in page
        assert ">成都会计招聘</h1>" in page


class TestItsAddress:
    def test_one_result_has_one_address(self, client: Client, stocked: TantivyEngine) -> None:
        ways = (
            "q=焊工&region=510000,440000&pay_min=5000",
            "pay_min=5000&region=510000&region=440000&q=+焊工+&sort=relevance&page=1&size=20&industry=",
            "pay_min=005000&q=焊工&region=510000&region=440000&region=510000&education=",
        )
        canonical = {
            part.split('"')[0]
            for way in ways
            for part in client.get(f"/jobs?{way}").content.decode().split('rel="canonical" href="')[1:]
        }
        assert len(canonical) == 1

    def test_what_makes_no_sense_is_left_out_and_told(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"education": "99", "sort": "random", "pay_min": "lots"})
        text = text_of(page)
        assert "共 4 个职位" in text
        assert "有些条件没有用上" in text
        for name in ("学历：", "排序：", "最低月薪："):
            assert name in text

    def test_a_code_that_nobody_knows_is_left_out_and_told(self, client: Client, stocked: TantivyEngine) -> None:
        text = text_of(client.get("/jobs", {"region": "999999"}))
        assert "共 4 个职位" in text
        assert "没有代码为 999999 的选项" in text

    def test_no_nonsense_breaks_it(self, client: Client, stocked: TantivyEngine) -> None:
        names = (
            "q", "region", "occupation", "industry", "pay_min", "pay_max", "education", "experience",
            "employment_type", "agency", "employer", "posted_within", "sort", "page", "cursor", "size", "unknown",
        )  # fmt: skip
        assert_survives(client, "/jobs", *names)

    @pytest.mark.parametrize(
        "q", ["焊" * 800, "a " * 3000, "(((((", "焊工 AND NOT *:*", "\\", "title:焊工^9", "🙂" * 500]
    )
    def test_no_words_are_too_strange(self, client: Client, stocked: TantivyEngine, q: str) -> None:
        assert client.get("/jobs", {"q": q}).status_code == 200

    def test_words_cannot_carry_markup(self, client: Client, stocked: TantivyEngine) -> None:
        page = client.get("/jobs", {"q": '"><script>alert(1)</script><img src=x onerror=1>'}).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page

    def test_titles_cannot_carry_markup(self, client: Client, engine: TantivyEngine, agency: Agency) -> None:
        one = posting(agency, title="<b onclick=x>焊工</b>", duties="<script>alert(1)</script>")
        index_all()
        for path in ("/jobs?q=焊工", f"/jobs/{one.id}"):
            page = client.get(path).content.decode()
            assert "<b onclick" not in page
            assert "<script>alert" not in page


class TestItsPages:
    @pytest.fixture
    def long(self, engine: TantivyEngine, agency: Agency) -> list[str]:
        """Forty-five postings, many published in the same instant."""
        moment = clock.now()
        ids = [
            str(posting(agency, title="普工", published_at=moment - timedelta(seconds=n // 9)).id) for n in range(45)
        ]
        index_all()
        return ids

    def read(self, client: Client, address: str) -> tuple[list[str], list[str]]:
        """All cards, following 下一页 to the end, and the addresses of the pages."""
        cards: list[str] = []
        addresses = []
        while address:
            addresses.append(address)
            page = client.get(f"/jobs{address}")
            cards += [link.removeprefix("/jobs/") for link in links_of(page, CARD)]
            following = page.content.decode().partition('rel="next"')[0].rpartition('href="')[2].split('"')[0]
            address = following.replace("&amp;", "&") if 'rel="next"' in page.content.decode() else ""
        return cards, addresses

    @pytest.mark.parametrize("asked", [{"q": "普工"}, {}, {"sort": "pay"}])
    def test_following_them_shows_each_posting_once(
        self, client: Client, long: list[str], asked: dict[str, str]
    ) -> None:
        cards, addresses = self.read(client, f"?{urlencode({**asked, 'size': 10})}")
        assert sorted(cards) == sorted(long)
        assert len(cards) == len(set(cards)) == 45
        assert len(addresses) == 5

    def test_a_posting_published_meanwhile_moves_none(self, client: Client, long: list[str], agency: Agency) -> None:
        first = client.get("/jobs?size=10")
        posting(agency, title="普工", published_at=clock.now() + timedelta(seconds=5))
        index_all()
        second = client.get("/jobs" + links_of(first, r"cursor=")[0])
        shown = links_of(first, CARD) + links_of(second, CARD)
        assert len(shown) == len(set(shown)) == 20

    def test_a_page_by_its_number_has_one_before_and_one_after(self, client: Client, long: list[str]) -> None:
        page = client.get("/jobs", {"page": 2, "size": 10})
        assert "第 2 页" in text_of(page)
        assert links_of(page, r"page=3&cursor=")
        assert 'rel="prev"' in page.content.decode()

    def test_past_the_end_there_is_a_way_back(self, client: Client, long: list[str]) -> None:
        text = text_of(client.get("/jobs", {"page": 90}))
        assert "这一页没有职位了" in text
        assert "回到第一页" in text

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, client: Client, long: list[str], django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for size in (1, 40):
            with django_assert_num_queries(0):
                client.get("/jobs", {"size": size})


class TestWithoutTheEngine:
    def test_people_are_told_and_still_find(
        self,
        client: Client,
        stocked: TantivyEngine,
        tmp_path: Path,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        stocked.close()
        shutil.rmtree(tmp_path / "index")
        with django_assert_num_queries(3):
            page = client.get("/jobs", {"q": "焊工", "region": "510000"})
        text = text_of(page)
        assert page.status_code == 200
        assert "搜索正在恢复" in text
        assert "氩弧焊工" in text
        assert "焊工班长" not in text

    def test_nonsense_does_not_break_that_either(self, client: Client, stocked: TantivyEngine, tmp_path: Path) -> None:
        stocked.close()
        shutil.rmtree(tmp_path / "index")
        assert_survives(client, "/jobs", "q", "cursor", "page", "pay_min", "posted_within", "agency")
