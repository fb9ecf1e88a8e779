"""Auditors find employers' records, compare two, see what a merge would move, and confirm it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Employer, MergedEmployer
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return accounts.browser(User.objects.get(pk=organisations.operator("auditor").person_id))


@pytest.fixture
def pair() -> tuple[Employer, Employer]:
    agency = organisations.agency()
    survivor = organisations.employer(legal_name="蓉江精密机械有限公司")
    merged = organisations.employer(legal_name="蓉江精密机械有限公司", credit_code=None, named_by=agency)
    jobs.posting(agency, employer=merged)
    return survivor, merged


def test_records_are_found_by_name_and_code(
    client: Client, pair: tuple[Employer, Employer], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    organisations.employer(legal_name="别家饭店有限公司")
    for text in ("精密机械", pair[0].credit_code):
        with django_assert_max_num_queries(12):
            page = client.get(f"/ops/employers?q={text}").content.decode()
        assert "蓉江精密机械有限公司" in page
        assert "别家饭店" not in page
    assert "没有找到" in client.get("/ops/employers?q=没有这家").content.decode()


def test_those_that_look_alike_are_offered(client: Client, pair: tuple[Employer, Employer]) -> None:
    page = client.get(f"/ops/employers/{pair[0].id}").content.decode()
    assert f"/ops/employers/{pair[0].id}/merge/{pair[1].id}" in page


def test_the_preview_moves_nothing_and_the_confirmation_merges(client: Client, pair: tuple[Employer, Employer]) -> None:
    survivor, merged = pair
    path = f"/ops/employers/{survivor.id}/merge/{merged.id}"
    assert "预览" in client.get(path).content.decode()
    preview = client.post(path, {"reason": "营业执照一致"}).content.decode()
    assert "确认合并" in preview
    assert "职位" in preview
    assert Employer.objects.filter(pk=merged.pk).exists()
    answer = client.post(path, {"reason": "营业执照一致", "confirmed": "1"})
    assert answer.headers["Location"] == f"/ops/employers/{survivor.id}"
    assert MergedEmployer.objects.get().reason == "营业执照一致"
    assert "营业执照一致" in client.get(f"/ops/employers/{survivor.id}").content.decode()
    old = client.get(f"/ops/employers/{merged.id}")
    assert (old.status_code, old.headers["Location"]) == (301, f"/ops/employers/{survivor.id}")


def test_a_refusal_and_a_missing_reason_are_said_on_the_page(client: Client, pair: tuple[Employer, Employer]) -> None:
    survivor, merged = pair
    path = f"/ops/employers/{survivor.id}/merge/{merged.id}"
    assert client.post(path, {"reason": ""}).status_code == 422
    Employer.objects.filter(pk=survivor.pk).update(is_certified=True)
    wrong_way = f"/ops/employers/{merged.id}/merge/{survivor.id}"
    answer = client.post(wrong_way, {"reason": "营业执照一致"})
    assert answer.status_code == 422
    assert "请对调两者" in answer.content.decode()
    assert not MergedEmployer.objects.exists()


@pytest.mark.parametrize("role", ["support", "editor", "security_admin"])
def test_other_operators_are_kept_out(pair: tuple[Employer, Employer], role: str) -> None:
    other = accounts.browser(User.objects.get(pk=organisations.operator(role).person_id))
    for path in ("", f"/{pair[0].id}", f"/{pair[0].id}/merge/{pair[1].id}"):
        assert other.get(f"/ops/employers{path}").status_code == 403
    assert other.post(f"/ops/employers/{pair[0].id}/merge/{pair[1].id}", {"reason": "一致"}).status_code == 403
