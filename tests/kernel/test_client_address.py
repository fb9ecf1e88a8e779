"""Forwarding headers are trusted only from our own proxies (bar S7)."""

from ipaddress import ip_network

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from jiuye.kernel.http.client_address import client_address
from jiuye.kernel.http.middleware import RequestMiddleware
from tests.factories.accounts import browser, seeker

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def told(forwarded: str, *, by: str = "10.0.0.1") -> str:
    """Return the client's address of a request received over the connection `by`."""
    return client_address({"REMOTE_ADDR": by, "HTTP_X_FORWARDED_FOR": forwarded}, PROXIES)


def test_without_proxies_the_connection_counts_whatever_is_said() -> None:
    assert client_address({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}, []) == "10.0.0.1"


def test_a_stranger_is_not_believed() -> None:
    assert told("198.51.100.7", by="203.0.113.9") == "203.0.113.9"


def test_our_proxy_is_believed() -> None:
    assert told("198.51.100.7") == "198.51.100.7"


def test_of_several_hops_the_last_that_is_not_ours_is_the_client() -> None:
    assert told("198.51.100.7, 10.0.0.3, 10.0.0.2") == "198.51.100.7"


def test_what_the_client_put_before_it_is_ignored() -> None:
    assert told("192.0.2.1, 127.0.0.1, 10.9.9.9, 198.51.100.7, 10.0.0.2") == "198.51.100.7"


@pytest.mark.parametrize("nonsense", ["", "unknown", "198.51.100.7; DROP", "10.0.0.2, , x"])
def test_nonsense_ends_at_the_last_proxy_that_made_sense(nonsense: str) -> None:
    assert told(nonsense) == "10.0.0.1"


def test_our_own_machines_may_be_clients_too() -> None:
    assert told("10.0.0.3") == "10.0.0.3"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("198.51.100.7:51234", "198.51.100.7"),
        ("[2001:db8::7]:51234", "2001:db8::7"),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_addresses_are_read_as_proxies_write_them(written: str, read: str) -> None:
    assert told(written) == read


def test_a_proxy_over_ipv6_is_ours_too() -> None:
    assert told("198.51.100.7", by="fd00::1") == "198.51.100.7"
    assert told("198.51.100.7", by="::ffff:10.0.0.1") == "198.51.100.7"


def test_a_unix_socket_has_no_address() -> None:
    assert told("198.51.100.7", by="") == ""


def test_ever_so_many_hops_are_not_followed() -> None:
    assert told(", ".join(["198.51.100.7", *["10.0.0.2"] * 5000])) == "10.0.0.2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("origin", "status"),
    [(settings.SITE_URL, 303), ("https://elsewhere.example", 403), ("null", 403)],
    ids=["ours", "another site's", "nobody's"],
)
def test_behind_a_proxy_that_ends_tls_our_own_forms_are_still_ours(origin: str, status: int) -> None:
    """The browser's origin is the site's; the request that reaches us has another scheme and perhaps another port."""
    lin = browser(seeker(), checks_csrf=True)
    token = lin.get("/me").cookies[settings.CSRF_COOKIE_NAME].value
    answer = lin.post("/logout", headers={"Origin": origin, "X-CSRFToken": token})
    assert answer.status_code == status


def test_every_reader_of_a_request_gets_the_same_address(settings: Settings, rf: RequestFactory) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.extend([request.actor.ip, request.META["REMOTE_ADDR"]])  # type: ignore[attr-defined]
        return HttpResponse()

    RequestMiddleware(view)(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}))
    assert seen == ["198.51.100.7", "198.51.100.7"]
