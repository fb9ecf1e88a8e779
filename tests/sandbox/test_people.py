"""The people of the sandbox: everybody has a card, nobody is real."""

from datetime import date

import pytest

from jiuye.sandbox import people
from jiuye.sandbox.people.invented import invented
from jiuye.sandbox.people.person import id_number

SOME_NUMBERS = ["19900000000", "19900012345", "19900054321", "19900099999"]


def test_named_people_differ_in_phone_id_number_and_subject() -> None:
    for key in ("phone", "id_number", "subject", "name"):
        assert len({getattr(person, key) for person in people.everyone()}) == len(people.everyone())


def test_every_id_number_is_well_formed_and_can_belong_to_nobody() -> None:
    for person in [*people.everyone(), *filter(None, map(people.by_phone, SOME_NUMBERS))]:
        assert person.id_number == id_number(person.region, person.id_number[6:14])
        assert person.region.endswith("00"), "real numbers name a county"
        assert person.id_number[14:17] == "000", "sequences begin with 001"
        assert date(1970, 1, 1) < date.fromisoformat(person.id_number[6:14]) < date(2010, 1, 1)


def test_the_check_character_is_iso_7064_mod_11_2() -> None:
    digits = [10 if one == "X" else int(one) for one in people.everyone()[0].id_number]

    assert sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11 == 1


def test_a_person_is_found_by_phone_and_by_id_number() -> None:
    for person in people.everyone():
        assert people.by_phone(person.phone) is person
        assert people.by_id_number(person.id_number) is person


@pytest.mark.parametrize("number", SOME_NUMBERS)
def test_an_unknown_number_has_always_the_same_holder_found_by_id_number_too(number: str) -> None:
    holder = people.by_phone(number)

    assert holder
    assert holder.phone == number
    assert people.by_phone(number) == holder
    assert people.by_id_number(holder.id_number) == holder
    assert (holder.employments, holder.educations, holder.certificates) == ((), (), ())


def test_no_two_people_share_an_id_number() -> None:
    everybody = {person.id_number for last in range(100_000) if (person := invented(f"199000{last:05d}"))}

    assert len(everybody) == 100_000
    assert not everybody & {person.id_number for person in people.everyone()}


def test_only_numbers_of_the_demonstration_get_cards() -> None:
    assert people.by_phone("13800000001") is None


@pytest.mark.parametrize(
    "broken", ["", "abc", "120100199504120001", "120100199002300009", "110101199504120019", "99000019950412000X"]
)
def test_nobody_has_a_foreign_or_broken_id_number(broken: str) -> None:
    assert people.by_id_number(broken) is None


def test_the_cast_covers_what_has_to_be_tried() -> None:
    notes = [person.note for person in people.everyone()]

    assert any(person.level == 1 for person in people.everyone())
    assert any("记录与简历不同" in note for note in notes)
    assert any("没有任何记录" in note for note in notes)
    assert any("属于别人的账号" in note for note in notes)
