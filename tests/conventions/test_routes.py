"""Every route declares its access; no public route creates a session."""

import re

from django.urls import URLPattern

from jiuye.kernel.access import Requirement
from jiuye.kernel.checks import every_route_declares_access, routes

ALL: list[tuple[str, URLPattern]] = list(routes())


def access_of(route: URLPattern) -> Requirement:
    """Return the route's requirement."""
    declared = getattr(route.callback, "access", None)
    assert isinstance(declared, Requirement)
    return declared


def test_every_route_declares_its_access() -> None:
    assert every_route_declares_access() == []
    assert len(ALL) > 60


def test_a_route_that_declares_nothing_fails_the_check() -> None:
    class Undeclared:
        url_patterns = [URLPattern(ALL[0][1].pattern, lambda request: None)]

    (pattern, route) = next(iter(routes(Undeclared())))
    assert not isinstance(getattr(route.callback, "access", None), Requirement), pattern


def test_portals_are_closed_to_strangers() -> None:
    """Every route below a portal's address requires at least a signed-in person; its front page may be public."""
    open_ones = [
        pattern
        for pattern, route in ALL
        if re.match(r"(me|agency|employer|ops)(/|$)", pattern) and not access_of(route).session
    ]
    assert open_ones == []


def test_staff_portals_ask_for_their_own_kind_of_organisation() -> None:
    kinds = {"agency": "agency", "employer": "employer", "ops": "platform"}
    strangers = [
        (pattern, access_of(route).name)
        for pattern, route in ALL
        for portal, kind in kinds.items()
        if pattern.startswith(f"{portal}/") and access_of(route).kind != kind
    ]
    assert strangers == []


def test_a_get_writes_only_where_an_identity_provider_answers() -> None:
    """Its answer arrives by GET (OpenID Connect Core 1.0 §3.1.2.5); all other writes are POSTs."""
    assert [pattern for pattern, route in ALL if getattr(route.callback, "answers_get", False)] == ["sso/essc/callback"]


def test_addresses_have_no_trailing_slash_and_no_guessable_number() -> None:
    sloppy = [pattern for pattern, _ in ALL if pattern not in ("", "api/v1/") and pattern.endswith("/")]
    assert sloppy == []
    assert [pattern for pattern, _ in ALL if "<int:" in pattern] == []
