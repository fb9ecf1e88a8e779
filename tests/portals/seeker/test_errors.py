"""What went wrong, as people are told: friendly, with the way on, and never more than they may know."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from jiuye.config import urls
from jiuye.kernel.access import PUBLIC, SIGNED_IN, access
from jiuye.kernel.errors import Denied, NotFound, RateLimited, Refused, Unavailable
from jiuye.portals.errors import bad_request, csrf_failure, server_error
from tests.factories.public_site import SECURITY_HEADERS, text_of

FAILURES = {
    "denied": (Denied(), 403),
    "missing": (NotFound(), 404),
    "refused": (Refused("这个职位已停止招聘，不能再投递。"), 409),
    "limited": (RateLimited(45), 429),
    "unavailable": (Unavailable(), 503),
    "suspicious": (SuspiciousOperation("secret detail"), 400),
    "database": (OperationalError("password authentication failed for user jiuye"), 503),
    "fault": (RuntimeError("secret detail"), 500),
}


@access(PUBLIC)
def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAILURES[name][0]


@access(SIGNED_IN)
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


urlpatterns = [path("fail/<str:name>", fail), path("private", private), *urls.urlpatterns]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("name", "status"), [(name, status) for name, (_, status) in FAILURES.items()])
def test_every_failure_is_a_page_with_a_way_on(client: Client, name: str, status: int) -> None:
    page = client.get(f"/fail/{name}")
    text = text_of(page)
    assert page.status_code == status
    assert "回到首页" in text
    assert f"错误代码 {status}" in text
    assert "secret" not in text
    assert "password" not in text
    assert page.headers["Cache-Control"] == "no-store"
    for header in SECURITY_HEADERS:
        assert page.headers.get(header), header


@pytest.mark.parametrize("name", ["limited", "unavailable", "database"])
def test_what_passes_says_when_to_try_again(client: Client, name: str) -> None:
    assert int(client.get(f"/fail/{name}").headers["Retry-After"]) > 0


def test_it_leads_back_to_where_the_visitor_came_from(client: Client) -> None:
    page = client.get("/fail/refused", headers={"Referer": "http://testserver/jobs?q=焊工"})
    assert 'href="/jobs?q=' in page.content.decode()
    assert "回到刚才的页面" in text_of(page)


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example/jobs",
        "http://testserver//evil.example",
        "http://testserver/\\evil",
        "javascript:alert(1)",
        "x",
    ],
)
def test_it_never_leads_off_the_site(client: Client, referer: str) -> None:
    assert "回到刚才的页面" not in text_of(client.get("/fail/refused", headers={"Referer": referer}))


def test_an_address_that_does_not_exist(client: Client) -> None:
    page = client.get("/no/such/page")
    assert page.status_code == 404
    assert "页面不存在" in text_of(page)
    assert "搜索职位" in text_of(page)


def test_a_trailing_slash_is_removed(client: Client) -> None:
    assert client.get("/agencies/").headers["Location"] == "/agencies"


def test_a_page_that_is_only_read_says_that_it_takes_nothing(client: Client) -> None:
    page = client.post("/jobs")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]
    assert "不支持这种操作" in text_of(page)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", ""])
def test_a_forged_host_is_refused_before_anything_else(client: Client, host: str) -> None:
    for address in ("/", "/jobs", "/api/v1/jobs", "/static/jiuye/app.css"):
        page = client.get(address, headers={"Host": host})
        assert page.status_code == 400
        assert page.content == b"Bad Request"
        for header in SECURITY_HEADERS:
            assert page.headers.get(header), header


def test_the_last_page_needs_nothing_of_the_request() -> None:
    request = RequestFactory().get("/")
    assert server_error(request).status_code == 500
    assert bad_request(request, ValueError()).status_code == 400


def test_a_form_that_is_too_old_says_what_to_do() -> None:
    page = csrf_failure(RequestFactory().post("/"))
    assert page.status_code == 403
    assert "刷新后再提交" in text_of(page)


@pytest.mark.django_db
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client) -> None:
    page = client.get("/private", {"tab": "2"})
    assert page.headers["Location"] == "/login?next=%2Fprivate%3Ftab%3D2"


@pytest.mark.django_db
def test_a_script_that_asks_for_a_piece_is_sent_to_sign_in(client: Client) -> None:
    piece = client.get("/private", headers={"HX-Request": "true"})
    assert piece.status_code == 204
    assert piece.headers["HX-Redirect"].startswith("/login?next=")
