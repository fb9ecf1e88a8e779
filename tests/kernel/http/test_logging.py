"""What goes wrong is logged without the numbers of people (S12)."""

import logging
from typing import Any

import pytest
import structlog

from jiuye.kernel.http.logging import shared_processors

PHONE, NUMBER = "13812348764", "510107198805274418"


def logged(level: str, event: str, **more: Any) -> str:
    """Return a line as it would be written."""
    line: Any = {"event": event, **more}
    for processor in shared_processors():
        line = processor(logging.getLogger("jiuye"), level, line)
    return str(structlog.processors.JSONRenderer(ensure_ascii=False)(None, level, line))


@pytest.mark.parametrize("level", ["warning", "error", "critical", "exception"])
def test_numbers_in_what_went_wrong_are_masked(level: str) -> None:
    text = logged(level, f"not sent to {PHONE}", error=ValueError(f"{NUMBER} x@mail.example"))
    assert "138****8764" in text
    assert not any(one in text for one in (PHONE, NUMBER, "x@mail"))


def test_lines_of_usual_work_are_as_they_were() -> None:
    assert "13812348764" in logged("info", "request", length="13812348764")
