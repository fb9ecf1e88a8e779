"""Requests from foreign pages are refused (bar S5): every route, by every unsafe method."""

import re
from copy import deepcopy
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern

from jiuye.kernel.access import Requirement
from jiuye.kernel.checks import routes
from jiuye.kernel.write_guard import WriteInSafeRequest, no_writes
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db
UNSAFE = ("post", "put", "patch", "delete")
FOREIGN = "https://elsewhere.example"
# Routes for machines without a session; each authenticates its sender in another way.
FOR_MACHINES = re.compile("callbacks/|api/v1/")
EXAMPLES = (str(uuid4()), "x")
ALL = [(pattern, route) for pattern, route in routes() if not FOR_MACHINES.match(pattern)]


def address(route: URLPattern, pattern: str) -> str:
    """Return a path that the route matches."""
    converters = route.pattern.converters

    def example(found: re.Match[str]) -> str:
        kind = converters.get(found.group(1))
        tried = (value for value in EXAMPLES if kind is None or re.fullmatch(kind.regex, value))
        return next(tried, "") or str(kind.regex).split("|")[0]  # a converter of a few words

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", example, pattern)


def has_session(route: URLPattern) -> bool:
    """Return whether the route has a session."""
    access = getattr(route.callback, "access", None)
    assert isinstance(access, Requirement)
    return access.session


@pytest.fixture(scope="module")
def cookies(module_transaction: None) -> SimpleCookie:
    """Cookies of a signed-in browser with a valid token: one person signs in for all routes."""
    client = browser(seeker(), checks_csrf=True, confirmed=True)
    client.get("/me")
    return client.cookies


@pytest.fixture
def signed_in(cookies: SimpleCookie) -> Client:
    """Return such a browser."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = deepcopy(cookies)
    return client


ACTING = {pattern: address(route, pattern) for pattern, route in ALL if has_session(route)}
READ_BY_ALL = {pattern: address(route, pattern) for pattern, route in ALL if not has_session(route)}


def statuses(client: Client, path: str, headers: dict[str, str]) -> dict[str, int]:
    """The status for each unsafe method."""
    return {method: getattr(client, method)(path, headers=headers).status_code for method in UNSAFE}


def test_a_foreign_page_cannot_act_for_somebody_who_is_signed_in(signed_in: Client) -> None:
    headers = {"Origin": FOREIGN, "X-CSRFToken": signed_in.cookies[settings.CSRF_COOKIE_NAME].value}
    before = deepcopy(signed_in.cookies)
    let_in = {}
    for pattern, path in ACTING.items():
        signed_in.cookies = deepcopy(before)
        if (told := statuses(signed_in, path, headers)) != dict.fromkeys(UNSAFE, 403):
            let_in[pattern] = told
    assert len(ACTING) > 300
    assert let_in == {}


def test_what_everybody_may_read_writes_nothing_by_any_method() -> None:
    assert {pattern: said for pattern, path in READ_BY_ALL.items() if (said := writing_or_failing(path))} == {}


def writing_or_failing(path: str) -> str:
    try:
        with no_writes():
            told = statuses(Client(), path, {})
    except WriteInSafeRequest as error:
        return str(error)
    return str(told) if max(told.values()) >= 500 else ""


def test_our_own_page_is_let_through(signed_in: Client) -> None:
    """Otherwise the test above could never fail."""
    headers = {"Origin": "http://testserver", "X-CSRFToken": signed_in.cookies[settings.CSRF_COOKIE_NAME].value}
    assert signed_in.post("/logout", headers=headers).status_code in (302, 303)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "http://elsewhere.example#http://testserver"},
        {"Origin": ""},
    ],
    ids=lambda headers: headers["Origin"] or "empty",
)
def test_what_only_resembles_our_origin_is_foreign(signed_in: Client, headers: dict[str, str]) -> None:
    headers = {**headers, "X-CSRFToken": signed_in.cookies[settings.CSRF_COOKIE_NAME].value}
    assert signed_in.post("/logout", headers=headers).status_code == 403
