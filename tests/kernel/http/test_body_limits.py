"""The table of large bodies names routes that exist, and nginx lets through what the site takes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from jiuye.config.body_limits import API, API_LARGE, FORM, MEGABYTE, ROUTES, most_bytes
from jiuye.runtime.fingerprints import REPOSITORY

UNIT = {"k": 1024, "m": MEGABYTE}
SITE = (REPOSITORY / "deploy" / "nginx" / "jiuye-site.conf").read_text(encoding="utf-8")


def routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """The name and an address of each route."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, pattern)
        elif isinstance(one, URLPattern):
            yield one.name or "", "/" + re.sub(r"<[^>]+>", "0199aaaa-0000-7000-8000-000000000000", pattern)


def let_through(address: str) -> int:
    """How many bytes nginx takes for an address: the first regular expression decides, else the longest prefix."""
    for expression, body in re.findall(r"location ~ (\S+) \{(.*?)\n\}", SITE, flags=re.S):
        if re.search(expression, address):
            return size(body)
    if address.startswith("/api/"):
        return size(re.findall(r"location /api/ \{(.*?)\n\}", SITE, flags=re.S)[0])
    return size(SITE.partition("location")[0])


def size(text: str) -> int:
    found = re.search(r"client_max_body_size (\d+)([km]);", text)
    assert found, text
    return int(found[1]) * UNIT[found[2]]


def test_every_named_route_exists() -> None:
    assert {*ROUTES, *API_LARGE} - {name for name, _ in routes()} == set()


@pytest.mark.parametrize("name", [*ROUTES, *API_LARGE])
def test_nginx_lets_through_what_the_route_takes(name: str) -> None:
    addresses = [address for one, address in routes() if one == name]
    wanted = ROUTES.get(name) or API_LARGE[name]
    assert [(address, let_through(address) >= wanted) for address in addresses] == [(one, True) for one in addresses]


def test_operations_take_what_they_are_documented_to_take() -> None:
    document = json.loads((REPOSITORY / "docs" / "api" / "openapi.json").read_text(encoding="utf-8"))
    stated = {
        path: operation["x-max-bytes"]
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if "x-max-bytes" in operation
    }
    assert len(stated) >= 3
    assert {path: most_bytes(path) for path, most in stated.items() if most_bytes(path) < most} == {}


def test_other_routes_take_a_form_and_nginx_little_more() -> None:
    assert most_bytes("/login") == most_bytes("/no/such/page") == most_bytes("/" + "a" * 5000) == FORM
    assert FORM < let_through("/login") < 2 * FORM
    assert most_bytes("/api/v1/agency/jobs") == API < let_through("/api/v1/agency/jobs")
