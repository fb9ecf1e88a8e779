"""Which cell of a rejected row is to be corrected."""

import pytest

from jiuye.domains.jobs.bulk.reasons import reasons_of
from jiuye.kernel.errors import Fault

MAPPING = {"title": 0, "description": 1, "tags": 2, "employer_name": 3, "employer_credit_code": 4, "city": 5}
CELLS = ["焊工（限男性）", "会焊接，限女性", "急招", "示例公司", "", "成都"]


@pytest.mark.parametrize(
    ("fault", "column"),
    [
        (Fault("title", "", words="限男性"), 0),
        (Fault("requirements", "", words="限女性"), 1),
        (Fault("skills", "", words="急招"), 2),
        (Fault("employer_credit_code", ""), 3),
        (Fault("region", ""), 5),
        (Fault("duties", "", words="十八岁"), 1),
        (Fault("working_conditions", "", words="押金"), None),
        (Fault("external_code", ""), None),
    ],
)
def test_a_fault_is_at_the_cell_that_its_field_was_read_from(fault: Fault, column: int | None) -> None:
    [reason] = reasons_of([fault], MAPPING, CELLS)
    assert reason.column == column


def test_the_same_reason_is_said_once() -> None:
    fault = Fault("title", "“限男性”涉嫌性别歧视", words="限男性")
    assert len(reasons_of([fault, fault], MAPPING, CELLS)) == 1
