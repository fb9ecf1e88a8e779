"""Access control of routes: closed by default, with only the middleware that a route needs."""

from dataclasses import replace

import pytest
from django.core.checks import Error
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from jiuye.kernel import rate_limits
from jiuye.kernel.access import ANYONE, PUBLIC, SIGNED_IN, Requirement, access, member_of
from jiuye.kernel.actor import Actor, SecondFactor
from jiuye.kernel.checks import every_route_declares_access, routes
from jiuye.kernel.errors import ConfirmationRequired, Denied, SecondFactorRequired, SignInRequired
from jiuye.kernel.ids import new_id
from jiuye.kernel.write_guard import WriteInSafeRequest, no_writes

VISITOR = Actor.anonymous()
SEEKER = Actor(person_id=new_id())
OWNER = Actor(new_id(), new_id(), "agency", "owner")
VIEWER = Actor(new_id(), new_id(), "agency", "viewer")
EMPLOYER = Actor(new_id(), new_id(), "employer", "owner")
RECRUITING = member_of("agency", "owner", "recruiter")


def a_request() -> HttpRequest:
    """A visitor's request, as the outermost middleware passes it on."""
    request = RequestFactory().get("/")
    request.actor = VISITOR  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("requirement", "actor", "refusal"),
    [
        (PUBLIC, VISITOR, None),
        (ANYONE, VISITOR, None),
        (SIGNED_IN, VISITOR, SignInRequired),
        (SIGNED_IN, SEEKER, None),
        (SIGNED_IN, OWNER, None),
        (member_of("agency"), VISITOR, SignInRequired),
        (member_of("agency"), SEEKER, Denied),
        (member_of("agency"), EMPLOYER, Denied),
        (member_of("agency"), VIEWER, None),
        (RECRUITING, VIEWER, Denied),
        (RECRUITING, OWNER, None),
        (RECRUITING, replace(OWNER, second_factor=SecondFactor.PASSED), None),
        (RECRUITING, replace(OWNER, second_factor=SecondFactor.WANTED), SecondFactorRequired),
        (member_of("agency"), replace(VIEWER, second_factor=SecondFactor.MISSING), SecondFactorRequired),
        (RECRUITING, replace(VIEWER, second_factor=SecondFactor.WANTED), Denied),
        (SIGNED_IN, replace(OWNER, second_factor=SecondFactor.WANTED), None),
        (SIGNED_IN.confirmed(), VISITOR, SignInRequired),
        (SIGNED_IN.confirmed(), SEEKER, ConfirmationRequired),
        (SIGNED_IN.confirmed(), replace(SEEKER, is_confirmed=True), None),
        (RECRUITING.confirmed(), OWNER, ConfirmationRequired),
        (RECRUITING.confirmed(), replace(VIEWER, is_confirmed=True), Denied),
    ],
)
def test_a_requirement_lets_in_those_it_names(
    requirement: Requirement, actor: Actor, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        requirement.check(actor)
        return
    with pytest.raises(refusal):
        requirement.check(actor)


def test_every_route_of_the_site_declares_its_access() -> None:
    assert every_route_declares_access() == []
    assert sum(1 for _ in routes()) > 20


def test_a_route_that_declares_nothing_keeps_the_site_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    route = path("forgotten", forgotten)
    monkeypatch.setattr("jiuye.kernel.checks.routes", lambda: [("forgotten", route)])
    (error,) = every_route_declares_access()
    assert isinstance(error, Error)
    assert "forgotten" in error.msg


def test_a_public_view_has_neither_session_nor_cookies() -> None:
    @access(PUBLIC)
    def view(request: HttpRequest) -> HttpResponse:
        assert not hasattr(request, "session")
        return HttpResponse("ok")

    response = view(RequestFactory().get("/"))
    assert not response.cookies
    assert not response.has_header("Vary")


@pytest.mark.django_db
def test_a_personal_view_is_never_kept_by_a_cache_and_varies_by_cookie() -> None:
    response = Client().get("/me", headers={"host": "testserver"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login")


@pytest.mark.django_db
def test_a_personal_answer_is_private() -> None:
    @access(ANYONE)
    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = True
        return HttpResponse("ok")

    response = view(a_request())
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_get_may_write_only_where_an_identity_provider_answers() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = True
        rate_limits.once("answer", seconds=60)
        return HttpResponse("ok")

    with no_writes():
        with pytest.raises(WriteInSafeRequest), transaction.atomic():
            access(ANYONE)(view)(a_request())
        assert access(ANYONE, answers_get=True)(view)(a_request()).status_code == 200
        with pytest.raises(WriteInSafeRequest), transaction.atomic():
            rate_limits.once("later", seconds=60)


def test_an_actor_acts_for_one_organisation_of_one_kind() -> None:
    assert OWNER.acts_for("agency")
    assert OWNER.acts_for("agency", OWNER.organisation_id)
    assert not OWNER.acts_for("agency", new_id())
    assert not OWNER.acts_for("employer")
    assert not SEEKER.acts_for("agency")
    assert Actor.system().is_system
    assert not Actor(person_id=new_id(), role="system").is_system
