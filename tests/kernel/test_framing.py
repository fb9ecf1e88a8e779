"""Who may show our pages in a frame."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.accounts import queries
from jiuye.kernel.http import framing

pytestmark = pytest.mark.django_db
PARTNERS = ("https://bank.example.cn", "https://pay.example.cn")


def ancestors(response: HttpResponse) -> str:
    """Return the policy's frame-ancestors."""
    (found,) = re.findall(r"frame-ancestors ([^;]*)", response.headers["Content-Security-Policy"])
    return str(found)


@pytest.fixture
def partners() -> None:
    queries.keep_frame_origins(PARTNERS)


@pytest.mark.usefixtures("partners")
@pytest.mark.parametrize("path", ["/", "/jobs", "/privacy", "/no-such-page"])
def test_partners_may_frame_what_everybody_may_read(client: Client, path: str) -> None:
    answer = client.get(path)
    assert ancestors(answer) == "'self' https://bank.example.cn https://pay.example.cn"
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.usefixtures("partners")
@pytest.mark.parametrize(
    "path",
    [
        "/login",
        "/login/code",
        "/login/where",
        "/logout",
        "/me/security",
        "/me/security/devices",
        "/agency",
        "/agency/jobs",
        "/employer",
        "/ops",
        "/ops/audit",
        "/api/v1/jobs",
        "/api/nothing",
        "/livez",
    ],
)
def test_nobody_frames_what_acts_for_a_person(client: Client, path: str) -> None:
    answer = client.get(path)
    assert ancestors(answer) == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_without_partners_only_we_ourselves_may_frame(client: Client) -> None:
    answer = client.get("/privacy")
    assert ancestors(answer) == "'self'"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/loginhelp", "/agencies", "/agencies/1", "/opsy", "/apis", "/me", "/me/securityx"])
def test_what_only_begins_alike_is_not_meant(path: str) -> None:
    assert not framing.NEVER_FRAMED.match(path)


def test_a_view_may_let_a_page_without_any_action_be_framed() -> None:
    page = framing.allow(HttpResponse())
    assert "'self'" in framing.framing_of("/login", page)["Content-Security-Policy"]


def test_a_refused_host_is_told_nothing_of_partners(client: Client) -> None:
    assert ancestors(client.get("/", headers={"Host": "evil.example"})) == "'none'"
