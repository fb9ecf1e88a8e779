"""Flagship shops: the list and a shop's page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.organisations.models import Shop
from jiuye.kernel.paging import encode
from tests.factories import accounts, organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, assert_survives, fair, links_of, review, text_of

pytestmark = pytest.mark.django_db
SHOP = r"^/agencies/[0-9a-f-]{36}$"


class TestTheList:
    def test_it_is_the_same_for_everyone(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        organisations.agency(legal_name="成都示例人力资源有限公司")
        organisations.agency(legal_name="未上架人力资源有限公司", is_listed=False)
        with django_assert_num_queries(4):
            page = client.get("/agencies")
        assert_is_public(page)
        text = text_of(page)
        assert "共 1 家旗舰店" in text
        assert "成都示例人力资源有限公司" in text
        assert "未上架" not in text

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"region": "510000"}, {"甲"}),
            ({"region": "510107"}, {"甲"}),
            ({"region": "440000"}, {"乙"}),
            ({"kind": "public"}, {"乙"}),
            ({"q": "甲"}, {"甲"}),
            ({"q": "没有"}, set()),
        ],
    )
    def test_it_narrows_by_place_kind_and_name(self, client: Client, asked: dict[str, str], expected: set[str]) -> None:
        organisations.agency(legal_name="甲", short_name="甲")
        organisations.agency(
            legal_name="乙",
            short_name="乙",
            kind="public",
            region=reference.region(reference.NANSHAN),
            licence_number="",
        )
        text = text_of(client.get("/agencies", asked))
        assert f"共 {len(expected)} 家旗舰店" in text

    def test_no_nonsense_breaks_it(self, client: Client) -> None:
        organisations.agency()
        assert_survives(client, "/agencies", "q", "region", "kind", "cursor")

    @pytest.mark.parametrize(
        "values",
        [
            ["x", "y"],
            [1, "not-an-id"],
            [1e30, "0199b6a0-0000-7000-8000-000000000001"],
            [None, None],
            [{}, []],
            ["\x00", "\x00"],
        ],
    )
    def test_a_forged_cursor_starts_from_the_beginning(self, client: Client, values: list[object]) -> None:
        organisations.agency()
        page = client.get("/agencies", {"cursor": encode(values)})
        assert page.status_code == 200

    def test_its_pages_show_each_shop_once(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        made = {str(organisations.agency().id) for _ in range(25)}
        with django_assert_num_queries(4):
            first = client.get("/agencies")
        second = client.get(f"/agencies{links_of(first, 'cursor=')[0]}")
        shown = [address.rpartition("/")[2] for page in (first, second) for address in links_of(page, SHOP)]
        assert len(shown) == 25
        assert set(shown) == made


class TestFilters:
    def test_kind_service_and_answers_narrow_it_and_say_how_many_are_left(self, client: Client) -> None:
        quick = organisations.agency(legal_name="快答人力资源有限公司")
        slow = organisations.agency(legal_name="慢答人力资源有限公司")
        Shop.objects.filter(pk=quick.pk).update(services=["职业介绍", "创业指导"], answered_within_7_days=0.97)
        Shop.objects.filter(pk=slow.pk).update(services=["职业介绍"], answered_within_7_days=0.5)
        for asked, expected in (
            ({"answered": "90"}, {quick.id}),
            ({"service": "创业指导"}, {quick.id}),
            ({"service": "职业介绍"}, {quick.id, slow.id}),
            ({"service": "职业介绍", "answered": "95"}, {quick.id}),
            ({"answered": "100"}, {quick.id, slow.id}),
        ):
            page = client.get("/agencies", asked)
            assert {one.rpartition("/")[2] for one in links_of(page, SHOP)} == {str(one) for one in expected}, asked
        assert "职业介绍 2" in text_of(client.get("/agencies"))

    @pytest.mark.parametrize(
        ("sort", "first"), [("", "岗位多"), ("jobs", "岗位多"), ("answers", "答复快"), ("rating", "评分高")]
    )
    def test_it_is_sorted_as_asked(self, client: Client, sort: str, first: str) -> None:
        for name, figures in {
            "岗位多": {"open_postings": 90},
            "答复快": {"answered_within_7_days": 0.99},
            "评分高": {"review_average": 4.9, "review_count": 12},
        }.items():
            agency = organisations.agency(legal_name=f"{name}人力资源有限公司")
            Shop.objects.filter(pk=agency.pk).update(**figures)
        text = text_of(client.get("/agencies", {"sort": sort}))
        names = [name for name in ("岗位多", "答复快", "评分高") if f"{name}人力资源有限公司" in text]
        assert min(names, key=lambda name: text.index(f"{name}人力资源有限公司")) == first

    @pytest.mark.parametrize("sort", ["answers", "rating"])
    def test_pages_in_any_order_show_each_shop_once(self, client: Client, sort: str) -> None:
        made = {str(organisations.agency().id) for _ in range(23)}
        Shop.objects.filter(pk__in=sorted(made)[:7]).update(answered_within_7_days=1 / 3, review_average=3.7)
        first = client.get("/agencies", {"sort": sort})
        second = client.get(f"/agencies{links_of(first, 'cursor=')[0]}")
        shown = [address.rpartition("/")[2] for page in (first, second) for address in links_of(page, SHOP)]
        assert (len(shown), set(shown)) == (23, made)


class TestAShop:
    @pytest.mark.parametrize(("view", "queries"), [("jobs", 2), ("fairs", 3), ("about", 2), ("reviews", 3), ("x", 2)])
    def test_every_view_is_public_and_cheap(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries, view: str, queries: int
    ) -> None:
        agency = organisations.agency()
        for _ in range(3):
            posting(agency)
            fair(agency)
            review(agency, tags=["quick"], text="很快就有答复")
        with django_assert_num_queries(queries):
            page = client.get(f"/agencies/{agency.id}", {"view": view})
        assert_is_public(page)

    def test_it_displays_what_the_law_wants_displayed(self, client: Client) -> None:
        agency = organisations.agency(phone="028-00000000")
        text = text_of(client.get(f"/agencies/{agency.id}"))
        for shown in (
            agency.legal_name,
            agency.licence_number,
            agency.supervising_body,
            agency.supervising_phone,
            "028",
        ):
            assert shown in text
        assert "不向求职者收费" in text

    def test_its_jobs_lead_on_to_all_of_them(self, client: Client) -> None:
        agency = organisations.agency()
        posting(agency, title="氩弧焊工")
        posting(title="别家的职位")
        page = client.get(f"/agencies/{agency.id}")
        assert "氩弧焊工" in text_of(page)
        assert "别家的职位" not in text_of(page)
        assert f"/jobs?agency={agency.id}" in links_of(page, "agency=")

    def test_its_people_and_achievements_are_told(self, client: Client) -> None:
        agency = organisations.agency()
        Shop.objects.filter(pk=agency.id).update(
            introduction="扎根武侯\n二十年",
            services=["职业介绍"],
            team=[{"name": "何经办", "title": "招聘顾问", "introduction": "十年经验"}],
            leaders=[{"name": "周主任", "title": "负责人", "introduction": ""}],
            achievements=[{"year": 2025, "text": "帮助三千人就业"}],
        )
        text = text_of(client.get(f"/agencies/{agency.id}", {"view": "about"}))
        for shown in ("扎根武侯", "职业介绍", "何经办", "十年经验", "周主任", "2025 年", "帮助三千人就业"):
            assert shown in text

    def test_it_is_followed_as_a_search_for_its_postings(self, client: Client) -> None:
        agency = organisations.agency()
        address = links_of(client.get(f"/agencies/{agency.id}"), "/me/searches/new")[0]
        assert address == f"/me/searches/new?agency={agency.id}"
        person = accounts.browser(accounts.seeker())
        assert agency.short_name in text_of(person.get(address)) or agency.legal_name in text_of(person.get(address))
        assert person.post(address, {"name": "关注的店", "frequency": "weekly"}).status_code == 303

    def test_reviews_never_name_their_authors(self, client: Client) -> None:
        agency = organisations.agency()
        one = review(agency, text="<script>alert(1)</script>耐心", reply="谢谢您")
        page = client.get(f"/agencies/{agency.id}", {"view": "reviews"})
        assert one.author.name not in text_of(page)
        assert "谢谢您" in text_of(page)
        assert "<script>alert" not in page.content.decode()

    def test_one_that_is_not_listed_answers_like_one_that_is_not_there(self, client: Client) -> None:
        hidden = organisations.agency(is_listed=False)
        shown = client.get(f"/agencies/{hidden.id}")
        absent = client.get("/agencies/00000000-0000-7000-8000-000000000000")
        assert (shown.status_code, text_of(shown)) == (404, text_of(absent))

    def test_no_nonsense_breaks_it(self, client: Client) -> None:
        agency = organisations.agency()
        assert_survives(client, f"/agencies/{agency.id}", "view", "cursor")
        assert client.get(f"/agencies/{agency.id}", {"view": "reviews", "cursor": "x"}).status_code == 200
