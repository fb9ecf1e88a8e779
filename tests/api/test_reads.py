"""Agencies, employers, fairs and policies as JSON."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.api.v1.policies import AudienceCode, TopicCode
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.organisations.models import MergedEmployer, Shop
from jiuye.domains.policies.states import Audience, Topic
from jiuye.kernel import clock
from tests.factories import organisations, public_site, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def names(client: Client, path: str, **asked: Any) -> list[str]:
    return [item.get("name") or item["title"] for item in read(client, path, **asked)["items"]]


def certified(**given: Any) -> Any:
    return organisations.employer(is_certified=True, **given)


def an_agency() -> Any:
    return organisations.agency().id


def an_employer() -> Any:
    return certified(region=reference.region()).id


def a_fair() -> Any:
    fair, employer = public_site.fair(), organisations.employer()
    public_site.takes_part(fair, employer, "A12")
    posting(fair.agency, employer=employer, title="焊工")
    return fair.id


def a_policy() -> Any:
    return public_site.policy().id


RESOURCES = [("agencies", an_agency, 3), ("employers", an_employer, 3), ("fairs", a_fair, 4), ("policies", a_policy, 3)]


@pytest.mark.parametrize(("path", "make", "most"), RESOURCES)
class TestEachResource:
    def test_its_list_costs_one_query_whatever_it_holds(
        self,
        client: Client,
        path: str,
        make: Callable[[], Any],
        most: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        made = {str(make()) for _ in range(3)}
        with django_assert_num_queries(1):
            answer = client.get(f"/api/v1/{path}")
        assert_is_public(answer)
        assert {item["id"] for item in answer.json()["items"]} == made

    def test_a_list_states_terms_source_and_time(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        found = read(client, path)
        assert found["licence"]["url"].endswith("/api/v1/docs#licence")
        assert 'id="licence"' in client.get("/api/v1/docs").content.decode()
        assert (found["source"], found["items"], found["next_cursor"]) == ("就业在线", [], "")
        assert found["generated_at"].endswith("Z")

    def test_one_is_read_with_few_queries_and_says_what_its_list_says(
        self,
        client: Client,
        path: str,
        make: Callable[[], Any],
        most: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        made = make()
        with django_assert_num_queries(most):
            answer = client.get(f"/api/v1/{path}/{made}")
        assert_is_public(answer)
        (item,) = read(client, path)["items"]
        assert answer.json().items() >= item.items()

    def test_cursors_lead_through_all_of_them_once(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        made = [str(make()) for _ in range(5)]
        found, cursor = [], ""
        while True:
            page = read(client, path, size=2, **({"cursor": cursor} if cursor else {}))
            found += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
        assert len(found) == 5
        assert set(found) == set(made)

    def test_a_cut_cursor_is_an_error_and_not_the_first_page(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        for _ in range(3):
            make()
        cursor = read(client, path, size=1)["next_cursor"]
        answer = client.get(f"/api/v1/{path}", {"size": 1, "cursor": cursor[:-7]})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")

    def test_what_is_unchanged_is_not_sent_again(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        made = make()
        for address in (path, f"{path}/{made}"):
            first = client.get(f"/api/v1/{address}")
            tag = first.headers["ETag"]
            assert tag.startswith("W/") == (address == path), "only one object is the same bytes each time"
            again = client.get(f"/api/v1/{address}", headers={"If-None-Match": f'"other", {tag}'})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]

    def test_fields_leaves_the_other_members_out(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        made = make()
        assert list(read(client, f"{path}/{made}", fields="url")) == ["id", "url"]
        (item,) = read(client, path, fields="url,region")["items"]
        assert set(item) == {"id", "url", "region"}
        answer = client.get(f"/api/v1/{path}", {"fields": "url,secret"})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "fields")

    def test_a_region_that_nobody_knows_is_named(
        self, client: Client, path: str, make: Callable[[], Any], most: int
    ) -> None:
        for region in ("999999", "成都"):
            answer = client.get(f"/api/v1/{path}", {"region": region})
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "region")

    def test_what_is_not_there_is_404(self, client: Client, path: str, make: Callable[[], Any], most: int) -> None:
        answer = client.get(f"/api/v1/{path}/00000000-0000-7000-8000-000000000000")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestAgencies:
    def test_they_are_found_by_kind_place_service_and_name(self, client: Client) -> None:
        organisations.agency(legal_name="甲职介", kind="public")
        there = organisations.agency(legal_name="乙职介", region=reference.region(reference.NANSHAN))
        Shop.objects.filter(pk=there.id).update(services=["劳务派遣"])
        assert names(client, "agencies", kind="public") == ["甲职介"]
        assert names(client, "agencies", region="440000") == ["乙职介"]
        assert names(client, "agencies", service="劳务派遣") == ["乙职介"]
        assert names(client, "agencies", q="甲") == ["甲职介"]

    def test_a_shop_shows_licence_fees_and_reviews(self, client: Client) -> None:
        agency = organisations.agency()
        public_site.review(agency, stars=5)
        Shop.objects.update(service_fees=[{"name": "招聘外包", "fee": "面议"}], leaders=[{"name": "王某"}])
        found = read(client, f"agencies/{agency.id}")
        assert found["licence_number"] == agency.licence_number
        assert found["supervising_phone"] == agency.supervising_phone
        assert found["service_fees"] == [{"name": "招聘外包", "fee": "面议", "note": ""}]
        assert found["leaders"] == [{"name": "王某", "title": "", "introduction": ""}]
        assert found["reviews"]["stars"] == {"5": 1, "4": 0, "3": 0, "2": 0, "1": 0}
        assert found["jobs"] == f"/api/v1/jobs?agency={agency.id}"

    def test_one_whose_shop_is_closed_is_not_there(self, client: Client) -> None:
        closed = organisations.agency(is_listed=False)
        assert read(client, "agencies")["items"] == []
        assert client.get(f"/api/v1/agencies/{closed.id}").status_code == 404


class TestEmployers:
    def test_only_certified_ones_that_no_sanction_hides(self, client: Client) -> None:
        organisations.employer()
        certified(restriction="banned")
        shown = certified(legal_name="示例机械厂", region=reference.region())
        assert [item["id"] for item in read(client, "employers")["items"]] == [str(shown.id)]
        assert names(client, "employers", q="机械", region="510000") == ["示例机械厂"]
        assert names(client, "employers", q="纺织") == []

    def test_one_names_its_agencies_and_counts_its_jobs(self, client: Client) -> None:
        agency, employer = organisations.agency(), certified()
        organisations.affiliate(employer, agency)
        posting(agency, employer=employer)
        found = read(client, f"employers/{employer.id}")
        assert found["agencies"] == [{"id": str(agency.id), "name": agency.legal_name}]
        assert (found["open_jobs"], found["ownership"], found["ownership_name"]) == (1, "private", "民营")

    def test_a_merged_record_leads_to_its_survivor(self, client: Client) -> None:
        survivor, former = certified(), organisations.employer()
        MergedEmployer.objects.create(id=former.id, survivor=survivor, merged_at=clock.now())
        former.delete()
        answer = client.get(f"/api/v1/employers/{former.pk or MergedEmployer.objects.get().id}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/employers/{survivor.id}")


class TestFairs:
    def test_they_are_listed_by_phase(self, client: Client) -> None:
        now = clock.now()
        day = timedelta(days=1)
        public_site.fair(title="明天的")
        public_site.fair(title="正在办的", starts_at=now - day, ends_at=now + day)
        public_site.fair(title="办完的", starts_at=now - 2 * day, ends_at=now - day)
        public_site.fair(title="取消的", state="cancelled")
        public_site.fair(title="草稿", state="draft")
        assert names(client, "fairs", phase="upcoming") == ["明天的"]
        assert names(client, "fairs", phase="ongoing") == ["正在办的"]
        assert names(client, "fairs", phase="ended") == ["办完的"]
        assert names(client, "fairs", phase="cancelled") == ["取消的"]
        assert set(names(client, "fairs")) == {"正在办的", "明天的", "取消的"}

    def test_one_names_employers_and_their_jobs(self, client: Client) -> None:
        made = a_fair()
        found = read(client, f"fairs/{made}")
        (booth,) = found["employers"]
        assert booth["booth"] == "A12"
        assert [job["title"] for job in booth["jobs"]] == ["焊工"]
        assert booth["jobs"][0]["url"] == f"/jobs/{booth['jobs'][0]['id']}"
        assert names(client, "fairs", agency=JobFair.objects.get().agency_id) == ["春季综合招聘会"]


class TestPolicies:
    def test_they_are_found_by_topic_place_and_words(self, client: Client) -> None:
        public_site.policy(title="成都的", region=reference.region(reference.CHENGDU), topic="startup")
        public_site.policy(title="全国的")
        assert names(client, "policies", topic="startup") == ["成都的"]
        assert set(names(client, "policies", region=reference.WUHOU)) == {"成都的", "全国的"}
        assert names(client, "policies", region="440000") == ["全国的"]
        assert names(client, "policies", q="全国") == ["全国的"]

    def test_one_has_its_text_and_a_withdrawn_one_is_gone(self, client: Client) -> None:
        policy = public_site.policy()
        assert read(client, f"policies/{policy.id}")["blocks"][0] == {"level": 1, "text": "一、对象"}
        policy.is_published, policy.withdrawn_at = False, clock.now()
        policy.save()
        answer = client.get(f"/api/v1/policies/{policy.id}")
        assert (answer.status_code, answer.json()["code"]) == (410, "gone")

    def test_its_parameters_take_every_topic_and_audience(self) -> None:
        assert set(get_args(TopicCode)) == {"", *Topic.values}
        assert set(get_args(AudienceCode)) == {"", *Audience.values}
