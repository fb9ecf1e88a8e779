"""Takes what a person sent out of the texts of errors, before they are logged.

PostgreSQL quotes the row or the value that it refuses, and the statement with its parameters; pydantic quotes the input. The
rest of a traceback is names of ours.
"""

import re
from typing import Any

_ROW = re.compile(
    r"\n(?:DETAIL|LINE \d+|CONTEXT|QUERY): .*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)
"""From there on the text is PostgreSQL's, to the end of the exception: values may have line breaks."""
_VALUE = re.compile(r'(invalid input (?:syntax|value) for [\w ]{1,60}: |out of range: |\bvalue )"[^\n]*"')
_INPUT = re.compile(r"input_value=[^\n]*(?=, input_type=)")


def without_values(text: str) -> str:
    """Return the text of an exception or of a traceback without what it quotes."""
    return _INPUT.sub("input_value=…", _VALUE.sub(r'\1"…"', _ROW.sub("", text)))


def processor(_: object, __: str, event: Any) -> Any:
    """Do it for the traceback of a log line (a processor of structlog)."""
    if told := event.get("exception"):
        event["exception"] = without_values(told)
    return event
