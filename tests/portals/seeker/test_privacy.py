"""The privacy centre on its pages."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.applications.models import Application
from jiuye.privacy import actions
from jiuye.privacy.models import DataExport
from tests.factories import applications
from tests.factories.accounts import browser, seeker
from tests.factories.cast import assemble
from tests.factories.privacy import export, opened
from tests.factories.public_site import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HERE = "/me/privacy/export"


@pytest.fixture
def lin() -> User:
    return seeker()


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get(HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=%2Fme%2Fprivacy%2Fexport")


def test_asking_needs_a_fresh_proof_and_comes_back_here(lin: User) -> None:
    answer = browser(lin).post(f"{HERE}/request", headers={"referer": f"http://testserver{HERE}"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/confirm?next=%2Fme%2Fprivacy%2Fexport"
    assert not DataExport.objects.exists()


def test_who_asked_sees_that_it_is_being_prepared_with_and_without_a_script(lin: User) -> None:
    client = browser(lin, confirmed=True)
    answer = client.post(f"{HERE}/request")
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    page = client.get(HERE).content.decode()
    assert "正在准备" in page
    assert 'hx-get="/me/privacy/export/progress"' in page
    assert "刷新看进度" in page
    assert "申请数据副本" not in page


def test_the_piece_that_asks_for_itself_stops_when_the_copy_is_ready(lin: User) -> None:
    client = browser(lin, confirmed=True)
    client.post(f"{HERE}/request")
    assert "hx-trigger" in client.get(f"{HERE}/progress").content.decode()
    actions.prepare(DataExport.objects.get().pk)
    piece = client.get(f"{HERE}/progress").content.decode()
    assert "hx-trigger" not in piece
    assert "下载" in piece


def test_it_comes_as_an_attachment_that_nothing_keeps(lin: User) -> None:
    ready = export(lin)
    answer = browser(lin, confirmed=True).post(f"{HERE}/{ready}/download")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer.headers["Cache-Control"]
    assert opened(answer.content)["account.json"][0]["phone"] == lin.phone


def test_taking_it_needs_a_fresh_proof(lin: User) -> None:
    answer = browser(lin).post(f"{HERE}/{export(lin)}/download")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/login/confirm")


def test_somebody_elses_is_not_found(lin: User) -> None:
    assert browser(seeker("吴来宾"), confirmed=True).post(f"{HERE}/{export(lin)}/download").status_code == 404


def test_the_page_takes_few_queries(lin: User, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    export(lin)
    client = browser(lin)
    with django_assert_max_num_queries(12):
        page = text_of(client.get(HERE))
    assert "自动删除" in page


def test_the_centre_leads_to_everything(lin: User, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(lin)
    with django_assert_max_num_queries(12):
        page = client.get("/me/privacy").content.decode()
    for place in ("/me/privacy/consents", HERE, "/me/privacy/erase", "/me/security", "/me/resume/accesses"):
        assert f'href="{place}"' in page
    assert 'href="/me/privacy"' in client.get("/me").content.decode()


def test_a_consent_is_taken_back_where_it_is_listed_after_saying_what_that_does(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cast = assemble()
    application = applications.apply(cast.lin, cast.posting)
    client = browser(cast.people["lin"])
    with django_assert_max_num_queries(12):
        page = text_of(client.get("/me/privacy/consents"))
    assert "蓉江人力资源有限公司" in page
    assert "这次投递会同时撤回" in page
    consent = Consent.objects.get()
    address = f"/me/privacy/consents/{consent.pk}/withdraw"
    assert client.post(address).status_code == 409
    answer = client.post(address, {"ends_application": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/privacy/consents")
    assert Application.objects.get(pk=application).state == "withdrawn"
    assert "已撤回" in text_of(client.get("/me/privacy/consents"))


def test_who_never_consented_reads_when_one_is_asked(lin: User) -> None:
    assert "还没有给出过同意" in text_of(browser(lin).get("/me/privacy/consents"))
