"""No staff route opens without the second factor: checked for every route, not for a list."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern

from jiuye.kernel.access import Requirement
from jiuye.kernel.actor import Actor, SecondFactor
from jiuye.kernel.checks import routes
from jiuye.kernel.errors import SecondFactorRequired
from jiuye.kernel.ids import new_id
from jiuye.kernel.wiring import Implementation


def _of_staff() -> list[tuple[str, Requirement, URLPattern]]:
    found = [(pattern, getattr(route.callback, "access", None), route) for pattern, route in routes()]
    return [(pattern, asked, route) for pattern, asked, route in found if isinstance(asked, Requirement) and asked.kind]


STAFF = _of_staff()


def test_there_are_such_routes_in_every_portal() -> None:
    assert {asked.kind for _, asked, _ in STAFF} == {"agency", "employer", "platform"}
    assert len(STAFF) > 40


@pytest.mark.parametrize("factor", [SecondFactor.WANTED, SecondFactor.MISSING])
def test_they_stay_closed(factor: SecondFactor, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to = {}
    for pattern, asked, route in STAFF:
        role = next(iter(asked.roles), "owner")
        actor = Actor(new_id(), new_id(), asked.kind, role, is_confirmed=True, second_factor=factor)
        monkeypatch.setattr(Implementation, "get", lambda self, actor=actor: lambda request, kind: actor)
        if (answered := answer_of(route)) != (factor == SecondFactor.MISSING):
            open_to[pattern] = answered
    assert open_to == {}


def answer_of(route: URLPattern) -> bool | HttpResponse:
    """Whether the factor is said to be missing rather than wanted; the answer of a view that opens."""
    request: Any = RequestFactory().get("/")
    view: Any = route.callback
    try:
        answered: HttpResponse = view(request)
    except SecondFactorRequired as refusal:
        return refusal.is_missing
    return answered
