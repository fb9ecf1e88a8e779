"""Bars S1 and S2 with bodies that are accepted, so that no refusal of the input hides that a check is missing: every form of staff,
sent by its owner, by members without the role, by other organisations and portals, and by people who look for work.
"""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.bars import bodies
from tests.bars.filling import Filled, Forms, Offered
from tests.bars.forms_of_staff import forms_of, owners_of_cases
from tests.bars.matrix import ROLES, SHARED
from tests.bars.places import Place, placeholders
from tests.bars.prepared import Fields
from tests.bars.staff import STAFF, Staff, send, taken_back
from tests.bars.test_authorisation import is_closed
from tests.e2e.shown import UUID
from tests.factories import accounts

pytestmark = pytest.mark.django_db
WITH_FORMS = [one for one in STAFF if "POST" in one.methods]


@pytest.fixture(scope="module")
def forms(places: dict[str, tuple[Place, Place]]) -> dict[str, Forms]:
    """The forms of each portal."""
    return {
        kind: forms_of(own, *(owners_of_cases(kind) if kind != "platform" else ())) for kind, (own, _) in places.items()
    }


@pytest.fixture(scope="module")
def seeker(places: dict[str, tuple[Place, Place]]) -> Client:
    """Somebody who looks for work, and has just proved who they are."""
    return accounts.browser(accounts.seeker(), confirmed=True)


def accepted(staff: Staff, place: Place, forms: Forms) -> Offered:
    """The first form that its owner may send and that does something. Raises AssertionError with the answers if there is none."""
    told: list[Any] = []
    for one in candidates(staff, place, forms):
        answer, wrote = send(one.owner, "POST", one.filled.path, one.filled.data)
        if answer.status_code < 400 and did(staff, answer, wrote):
            return one
        told.append((one.filled.path, answer.status_code, one.filled.data, said(answer)))
    raise AssertionError(f"{staff.pattern}: no form is accepted; see tests/bars/bodies.py: {told[:3]}")


def candidates(staff: Staff, place: Place, forms: Forms) -> list[Offered]:
    """The forms for the route, with the fields of the table."""
    if staff.pattern in bodies.PREPARED:
        made = bodies.PREPARED[staff.pattern](place)
        return [Offered(made.sender or place.browsers["owner"], Filled(staff.pattern, made.path, made.form))]
    given = bodies.FIELDS.get(staff.pattern, {})
    return [
        Offered(one.owner, Filled(staff.pattern, one.filled.path, with_fields(one.filled.data, given)))
        for one in forms.get(staff.pattern, ())
    ]


def with_fields(data: Any, given: Fields) -> dict[str, Any]:
    return {name: value for name, value in {**data, **given}.items() if value is not None}


def did(staff: Staff, answer: HttpResponse, wrote: dict[str, int]) -> bool:
    """Whether the form did what it is for: it wrote something, or the answer says what it is to say."""
    told = bodies.SAID.get(staff.pattern)
    return told in answer.content.decode() if told else bool(wrote)


def said(answer: HttpResponse) -> str:
    """What a page says of its errors."""
    content = answer.content.decode(errors="replace") if not answer.streaming else ""
    at = content.find("error-summary")
    return content[at : at + 600]


def test_the_tables_name_no_form_that_is_gone() -> None:
    assert {one.pattern for one in WITH_FORMS} >= {*bodies.FIELDS, *bodies.PREPARED, *bodies.SAID}


@pytest.mark.parametrize("staff", WITH_FORMS, ids=lambda one: one.pattern)
def test_a_form_that_its_owner_may_send_is_refused_to_everybody_else(
    places: dict[str, tuple[Place, Place]], forms: dict[str, Forms], seeker: Client, staff: Staff
) -> None:
    own, other = places[staff.kind]
    outside = [places[kind][0].browsers["owner"] for kind in ROLES if kind != staff.kind]
    with taken_back():
        one = accepted(staff, own, forms[staff.kind])
        for role in sorted(ROLES[staff.kind] - staff.roles):
            answer, wrote = send(own.browsers[role], "POST", one.filled.path, one.filled.data)
            assert (answer.status_code, wrote) == (403, {}), role
        for client in (Client(), seeker, *outside):
            answer, wrote = send(client, "POST", one.filled.path, one.filled.data)
            assert is_closed(answer)
            assert wrote == {}
        if other is not own:
            assert_absent(other, staff, one.filled)


def assert_absent(other: Place, staff: Staff, form: Filled) -> None:
    """Check that another organisation finds nothing by the ids in the path, and does nothing with those in the form."""
    has_ids = bool(placeholders(staff.pattern)) and staff.pattern not in SHARED
    if not has_ids and not ids_in(form.data):
        return  # it would do the same with what is its own
    for role in sorted(staff.roles):
        answer, wrote = send(other.browsers[role], "POST", form.path, form.data)
        assert wrote == {}, role
        assert not did(staff, answer, wrote), role
        assert answer.status_code == 404 if has_ids else not is_file(answer), role


def ids_in(data: Fields) -> set[str]:
    """The fields whose values are ids of things; keys of the form itself are none."""
    named = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    return {
        name
        for name, values in named.items()
        if name not in bodies.KEYS and any(isinstance(one, str) and re.fullmatch(UUID, one) for one in values)
    }


def is_file(answer: HttpResponse) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")
