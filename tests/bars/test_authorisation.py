"""Bar S1: every staff route × every role × own, colleague's and other organisation's things, generated from the URL map."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from tests.bars.matrix import ABSENT, PERSONAL, ROLES, ROWS, SHARED
from tests.bars.places import Ids, Place, placeholders, settled, things_of
from tests.bars.walking import Walk, person
from tests.conventions.test_pages_with_axe import methods_of
from tests.factories import accounts

pytestmark = pytest.mark.django_db
UNCOUNTED = {"accounts_session", "kernel_answered_form", "kernel_ratecounter", "accounts_keptinput"}
OPEN = {200, 201, 301, 302, 303, 400, 409, 410, 422, 429}


@dataclass(frozen=True)
class Staff:
    """A route of a portal."""

    kind: str
    pattern: str
    route: URLPattern

    @property
    def methods(self) -> list[str]:
        """What it answers; GET and POST unless it says so."""
        return [one for one in (methods_of(self.route.callback) or ["GET", "POST"]) if one != "HEAD"]

    @property
    def roles(self) -> frozenset[str]:
        return ROWS.get((self.kind, self.pattern), frozenset())

    def path(self, ids: Ids) -> str:
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(ids[found[1]]), self.pattern)


def _of_staff() -> Iterator[Staff]:
    for pattern, route in routes():
        requirement = requirement_of(route.callback)
        if requirement and requirement.kind:
            yield Staff(requirement.kind, pattern, route)


STAFF = sorted(_of_staff(), key=lambda one: (one.kind, one.pattern))
WITH_ROLES = [(one, role) for one in STAFF for role in sorted(ROLES[one.kind])]
WITH_THINGS = [
    one for one in STAFF if placeholders(one.pattern) and one.kind != "platform" and one.pattern not in SHARED
]


def _name(given: object) -> str:
    return given.pattern if isinstance(given, Staff) else str(given)


def test_every_staff_route_has_a_row_and_every_row_a_route() -> None:
    """Add a route to `matrix.py`, below the roles that may use it; a new kind of placeholder to `places.py`."""
    assert {(one.kind, one.pattern) for one in STAFF} == set(ROWS)
    assert {one.pattern for one in STAFF} >= SHARED | PERSONAL | ABSENT


@pytest.fixture(scope="module")
def places(walk: Walk) -> dict[str, tuple[Place, Place]]:
    """For each kind the organisation with the most to show and another one that is approved; the platform is one."""
    agency, employer = organisation_of("owner"), organisation_of("employer")
    agencies = Agency.objects.filter(is_listed=True).exclude(pk=agency).order_by("pk")
    employers = Qualification.objects.filter(organisation_kind="employer", expires_on__isnull=False).exclude(
        organisation_id=employer
    )
    platform = settled("platform", organisation_of("auditor"))
    return {
        "agency": (settled("agency", agency), settled("agency", agencies[0].pk)),
        "employer": (settled("employer", employer), settled("employer", employers.order_by("pk")[0].organisation_id)),
        "platform": (platform, platform),
    }


def organisation_of(who: str) -> UUID:
    """The organisation of one of the demonstration's people."""
    return Membership.objects.get(user=person(who), ended_at=None).organisation_id


@contextmanager
def taken_back() -> Iterator[None]:
    """Roll everything back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written() -> dict[str, int]:
    """The rows that the open transaction has written in each table of the business."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: count for table, count in cursor.fetchall() if count and table not in UNCOUNTED}


def send(client: Client, method: str, path: str) -> tuple[HttpResponse, dict[str, int]]:
    """Return the answer, and which tables of the business it wrote."""
    before = written()
    with taken_back():
        answer: Any = client.generic(method, path)
    after = written()
    return answer, {
        table: count - before.get(table, 0) for table, count in after.items() if count > before.get(table, 0)
    }


def is_closed(answer: HttpResponse) -> bool:
    return answer.status_code == 403 or answer.headers.get("Location", "").startswith("/login")


@pytest.mark.parametrize(("staff", "role"), WITH_ROLES, ids=_name)
def test_own_things_are_open_to_the_roles_of_the_row_and_closed_to_others(
    places: dict[str, tuple[Place, Place]], staff: Staff, role: str
) -> None:
    place = places[staff.kind][0]
    with taken_back():
        path = staff.path(things_of(place, staff.pattern, role))
        for method in staff.methods:
            answer, wrote = send(place.browsers[role], method, path)
            if role in staff.roles:
                assert answer.status_code in OPEN | ({404} if staff.pattern in ABSENT else set()), method
                assert not is_closed(answer), method
            else:
                assert (answer.status_code, wrote) == (403, {}), method


@pytest.mark.parametrize("staff", WITH_THINGS, ids=_name)
def test_things_of_another_organisation_do_not_exist(places: dict[str, tuple[Place, Place]], staff: Staff) -> None:
    own, other = places[staff.kind]
    with taken_back():
        path = staff.path(things_of(own, staff.pattern, "owner"))
        for role in sorted(staff.roles):
            for method in staff.methods:
                answer, wrote = send(other.browsers[role], method, path)
                assert (answer.status_code, wrote) == (404, {}), (role, method)


@pytest.mark.parametrize("staff", [one for one in STAFF if one.pattern in PERSONAL], ids=_name)
def test_a_colleagues_own_things_do_not_exist_either(places: dict[str, tuple[Place, Place]], staff: Staff) -> None:
    place = places[staff.kind][0]
    with taken_back():
        path = staff.path(things_of(place, staff.pattern, "recruiter"))
        for role in ("owner", "viewer"):
            answer, wrote = send(place.browsers[role], "POST", path)
            assert (answer.status_code, wrote) == (404, {}), role


@pytest.mark.parametrize("staff", STAFF, ids=_name)
def test_visitors_seekers_and_people_of_other_portals_stay_outside(
    places: dict[str, tuple[Place, Place]], staff: Staff
) -> None:
    place = places[staff.kind][0]
    strangers = [places[kind][0].browsers["owner"] for kind in ROLES if kind != staff.kind]
    with taken_back():
        path = staff.path(things_of(place, staff.pattern, "owner"))
        for client in (Client(), accounts.browser(accounts.seeker(), confirmed=True), *strangers):
            for method in staff.methods:
                answer, wrote = send(client, method, path)
                assert is_closed(answer), method
                assert wrote == {}
