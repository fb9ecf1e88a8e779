"""If-Match: the version that an edit expects."""

import pytest
from django.test import RequestFactory

from jiuye.api.versions import etag_of, expected_version
from jiuye.kernel.errors import Invalid, Refused


def expected(written: str | None, current: int | None = None) -> int | None:
    headers = {} if written is None else {"If-Match": written}
    return expected_version(RequestFactory().patch("/", headers=headers), current)


@pytest.mark.parametrize(
    ("written", "version"),
    [(None, None), ("*", None), ('"v3"', 3), ('W/"v3"', 3), (etag_of(12), 12), ('"other", "v3"', 3)],
)
def test_the_tag_names_a_version(written: str | None, version: int | None) -> None:
    assert expected(written) == version


def test_of_several_the_current_one_counts() -> None:
    assert expected('"v3", "v4"', 4) == 4
    with pytest.raises(Refused) as refusal:
        expected('"v3", "v4"', 5)
    assert refusal.value.code == "edited_meanwhile"


def test_a_tag_of_something_else_cannot_match() -> None:
    with pytest.raises(Refused):
        expected('"abc"')


@pytest.mark.parametrize("written", ["v3", "3", '"v3'])
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        expected(written)
