"""Names in all of China's scripts can be printed; what cannot is told before anybody gets the file."""

import pytest

from jiuye.documents import resume_pdf, unprintable
from jiuye.documents.typesetting import missing_letters
from tests.documents.test_resume import claims_the_standard, resume

NAMES = [
    "林小满",
    "㛃玥",
    "𬱟煜",  # of the table of standard characters (通用规范汉字表)
    "𫖯䶮",
    "𠮷田",
    "𰻝",
    "阿布都热合曼·买买提",
    "ئابدۇراخمان",
    "བཀྲ་ཤིས་དོན་གྲུབ།",
    "ᠪᠠᠲᠤ",
    "ꀋꉬꃅ",
    "김철수",
    "Đặng Thị Hoa",
    "Иванов",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_with_a_glyph_for_each_letter(name: str) -> None:
    assert missing_letters([name]) == ""
    assert claims_the_standard(resume_pdf(resume(name=name)))


@pytest.mark.parametrize(
    ("name", "missing"), [("李\U00031350", "\U00031350"), ("王\U0002ebf0\U0002ebf0", "\U0002ebf0")]
)
def test_letters_that_no_font_has_are_named_once(name: str, missing: str) -> None:
    assert unprintable(resume(name=name)) == missing


def test_a_letter_that_is_missing_anywhere_in_the_resume_is_found() -> None:
    assert unprintable(resume(self_description="我会用\U0001f600")) == "\U0001f600"
    assert unprintable(resume()) == ""
