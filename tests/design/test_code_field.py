"""The field for a code of six digits."""

import pytest

from jiuye.design.fields import CodeField


@pytest.mark.parametrize(
    "pasted",
    [
        "012345",
        " 012345 ",
        "０１２３４５",
        "012 345",
        "012-345",
        "【就业在线】验证码012345，5分钟内有效，请勿告诉他人。",
        "您的验证码：012 345。如非本人操作，请拨打12333",
        "012345 is your code. 012345",
    ],
)
def test_a_code_is_taken_out_of_what_was_pasted(pasted: str) -> None:
    assert CodeField().clean(pasted) == "012345"


@pytest.mark.parametrize("pasted", ["12345", "1234567", "验证码", "123456 或 654321"])
def test_what_holds_no_single_code_is_left_for_the_usual_error(pasted: str) -> None:
    assert CodeField().clean(pasted) == pasted
