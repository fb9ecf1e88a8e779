"""Bar S1: every staff route × every role × own, colleague's and other organisation's things, generated from the URL map."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.bars.matrix import ABSENT, PERSONAL, ROLES, ROWS, SHARED
from tests.bars.places import Place, placeholders, things_of
from tests.bars.staff import STAFF, Staff, send, taken_back
from tests.factories import accounts

pytestmark = pytest.mark.django_db
OPEN = {200, 201, 301, 302, 303, 400, 409, 410, 422, 429}


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
