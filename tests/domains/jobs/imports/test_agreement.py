"""What sheets are read by and what postings are held to are the same rules."""

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.sheets.dates import LONGEST_VALIDITY_DAYS
from jiuye.domains.jobs.sheets.fields import LEGAL


def test_a_sheet_demands_the_elements_that_a_public_posting_must_have() -> None:
    elements = {element.field for element in policies.ELEMENTS}
    assert set(LEGAL) == (elements - {"employer"}) | {"title", "employer_name"}


def test_a_sheet_allows_the_validity_that_a_posting_may_have() -> None:
    assert LONGEST_VALIDITY_DAYS == policies.LONGEST_VALIDITY_DAYS
