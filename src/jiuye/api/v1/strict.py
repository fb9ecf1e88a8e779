"""Request bodies: every member is known and has the type that the document says."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LONGEST_TEXT = 20_000
"""Characters of a text whose own limit is not lower."""

_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# Pydantic reads these types from more than one notation (numbers as Unix time, UUIDs in braces). JSON has texts for them.
_NOTATIONS = {
    "date": (_DAY, "YYYY-MM-DD"),
    "time": (_TIME, "HH:MM"),
    "datetime": (rf"{_DAY}T{_TIME}(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])", "YYYY-MM-DDTHH:MM:SSZ"),
    "uuid": (r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "UUID"),
}
_NO_SCHEMAS = frozenset({"metadata", "config", "default", "serialization", "members", "expected", "cls"})


def _as_in_json(node: Any) -> Any:
    """Return a part of a schema whose dates, times, UUIDs and enumerations are read from texts, and from nothing else."""
    if isinstance(node, list | tuple):
        return type(node)(map(_as_in_json, node))
    if not isinstance(node, dict):
        return node
    inner = {key: value if key in _NO_SCHEMAS else _as_in_json(value) for key, value in node.items()}
    kind = node.get("type")
    if kind == "enum":
        return {**inner, "strict": False}
    if isinstance(kind, str) and kind in _NOTATIONS:
        return core_schema.no_info_before_validator_function(_reader(kind), {**inner, "strict": False})
    return inner


def _reader(kind: str) -> Callable[[Any], Any]:
    """Return a check that a value is a text in the notation of `kind`."""
    pattern, example = _NOTATIONS[kind]
    fits = re.compile(pattern).fullmatch

    def read(value: Any) -> Any:
        if isinstance(value, str) and fits(value):
            return value
        raise PydanticCustomError("notation", "not a {kind}", {"kind": kind, "example": example})

    return read


Moment = Annotated[AwareDatetime, BeforeValidator(_reader("datetime"))]
"""A time with its offset in a query (RFC 3339); pydantic alone reads numbers as Unix time too."""


class StrictBody(BaseModel):
    """Base of the schemas of request bodies, nested ones included.

    Unknown members are refused. Nothing is converted: a number is a number, a text is a text. Dates, times with an offset
    (RFC 3339), UUIDs and enumerated values are texts. Whole numbers do not have a fraction (5.0 is none).
    """

    model_config = ConfigDict(strict=True, extra="forbid", str_max_length=LONGEST_TEXT, allow_inf_nan=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema with the notations of JSON; strict validation of Python objects knows none."""
        found: CoreSchema = _as_in_json(handler(source))
        return found
