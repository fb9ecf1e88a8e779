"""The people of the sandbox: everybody has a card, nobody is real."""

from datetime import date

import pytest

from jiuye.sandbox import people
from jiuye.sandbox.people.person import with_check

FIRST_AND_LAST_NUMBERS = ["13000000000", "13800000001", "15012345678", "19900009999", "19999999999"]


def born(id_number: str) -> date:
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def test_named_people_differ_in_phone_id_number_and_subject() -> None:
    for key in ("phone", "id_number", "subject", "name"):
        assert len({getattr(person, key) for person in people.everyone()}) == len(people.everyone()) == 15


def test_every_id_number_is_well_formed_and_of_a_place_that_does_not_exist() -> None:
    for person in [*people.everyone(), *map(people.by_phone, FIRST_AND_LAST_NUMBERS)]:
        assert with_check(person.id_number[:17]) == person.id_number
        assert person.id_number[:2] in ("98", "99")
        assert date(1970, 1, 1) < born(person.id_number) < date(2010, 1, 1)


def test_the_check_character_is_the_standards() -> None:
    # The worked example of GB 11643-1999.
    assert with_check("11010519491231002") == "11010519491231002X"


def test_a_person_is_found_by_phone_and_by_id_number() -> None:
    for person in people.everyone():
        assert people.by_phone(person.phone) is person
        assert people.by_id_number(person.id_number) is person


@pytest.mark.parametrize("number", FIRST_AND_LAST_NUMBERS)
def test_an_unknown_number_has_always_the_same_holder_found_by_id_number_too(number: str) -> None:
    holder = people.by_phone(number)

    assert holder.phone == number
    assert people.by_phone(number) == holder
    assert people.by_id_number(holder.id_number) == holder
    assert (holder.employments, holder.educations, holder.certificates) == ((), (), ())


@pytest.mark.parametrize(
    "id_number", ["", "abc", "98000019900230001X", "980000199001011110", "990000199504129999", "110105194912310021"]
)
def test_nobody_has_a_foreign_or_broken_id_number(id_number: str) -> None:
    assert people.by_id_number(id_number) is None


def test_the_cast_covers_what_has_to_be_tried() -> None:
    notes = [person.note for person in people.everyone()]

    assert any(person.level == 1 for person in people.everyone())
    assert any("记录与简历不同" in note for note in notes)
    assert any("没有任何记录" in note for note in notes)
    assert any("属于别人的账号" in note for note in notes)
