"""Claims about the person: implausible ones are refused, and none get into logs."""

from typing import Any

import pytest

from jiuye.ports.identity import IdentityForged, IdentityRefused
from tests.factories.forging_provider import PERSON, ForgingProvider
from tests.ports.identity_forgeries.entering import Enter


@pytest.mark.parametrize(
    "said",
    [
        {"sub": "s-2"},
        {"sub": None},
        {"id_number": "110101199003070012"},
        {"id_number": "000000199003070011"},
        {"id_number": ""},
        {"phone_number": "+14155550100"},
        {"phone_number": "95566"},
        {"issuing_region": "11010"},
        {"issuing_region": "０１０１０１"},
        {"name": ""},
        {"name": "小满\u202e"},
        {"name": ["小满"]},
        {"name": "满" * 101},
    ],
    ids=lambda said: str(said)[:40],
)
def test_what_cannot_be_true_of_a_person_lets_nobody_in(
    enter: Enter, forger: ForgingProvider, said: dict[str, Any]
) -> None:
    forger.userinfo = {**PERSON, **said}

    with pytest.raises(IdentityForged) as forgery:
        enter()
    assert str(said.get("id_number") or PERSON["id_number"]) not in repr(forgery.value)


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_a_phone_nobody_verified_is_not_taken(enter: Enter, forger: ForgingProvider, verified: object) -> None:
    forger.userinfo = {**PERSON, "phone_number_verified": verified}

    with pytest.raises(IdentityRefused) as refusal:
        enter()
    assert refusal.value.reason == "invalid"


def test_what_a_person_is_stays_out_of_representations(enter: Enter) -> None:
    shown = repr(enter())

    assert PERSON["id_number"] not in shown
    assert PERSON["name"] not in shown
    assert "13800000031" not in shown
