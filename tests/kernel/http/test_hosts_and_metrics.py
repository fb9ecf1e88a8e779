"""What a request says about our address changes no link; what we measure is for those who know the token."""

import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from jiuye.kernel.http.middleware import RequestMiddleware

ODD = "testserver:8444"


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap/pages.xml", "/jobs", "/jobs?q=焊工&page=2"])
@pytest.mark.django_db
def test_links_lead_to_the_address_of_the_settings(path: str, settings: Settings) -> None:
    settings.SITE_URL = "https://jobs.example"
    page = body(Client().get(path, headers={"host": ODD}))
    assert "https://jobs.example/" in page
    assert "8444" not in page


def body(answer: object) -> str:
    parts = getattr(answer, "streaming_content", None) or [getattr(answer, "content", b"")]
    return b"".join(parts).decode()


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", "Bearer token-of-metrics ", "Basic token-of-metrics"])
def test_metrics_do_not_exist_for_strangers(sent: str, settings: Settings) -> None:
    settings.METRICS_TOKEN = "token-of-metrics"
    headers = {"authorization": sent} if sent else {}
    assert Client().get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer None"])
def test_without_a_token_in_the_settings_they_exist_for_nobody(sent: str, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": sent}).status_code == 404


def test_who_knows_the_token_reads_them(settings: Settings) -> None:
    settings.METRICS_TOKEN = "token-of-metrics"
    answer = Client().get("/metrics", headers={"authorization": "Bearer token-of-metrics"})
    assert b"jiuye_requests" in answer.content


@pytest.mark.parametrize(("address", "is_secure"), [("10.0.0.7", True), ("203.0.113.9", False)])
def test_only_our_proxies_can_say_that_a_client_came_by_https(
    address: str, is_secure: bool, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    seen: list[bool] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.is_secure())
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR=address, headers={"x-forwarded-proto": "https"})
    RequestMiddleware(view)(request)  # type: ignore[arg-type]
    assert seen == [is_secure]


def test_production_has_no_style_guide() -> None:
    """In a process of its own: routes are listed once."""
    names = "from jiuye.design.urls import urlpatterns; print([one.name for one in urlpatterns])"
    ready = "import django; from django.conf import settings; django.setup(); settings.PRODUCTION = True; "
    command = [sys.executable, "-c", ready + names]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["['regions']"]
