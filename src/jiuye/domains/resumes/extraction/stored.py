"""What was found, as JSON for an encrypted column."""

from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import orjson

from jiuye.domains.resumes.extraction.found import (
    Found,
    FoundCertificate,
    FoundEducation,
    FoundEmployment,
    FoundProject,
    FoundSkill,
    FoundWish,
)

Row = TypeVar("Row")
_MONTHS = frozenset(("start_on", "end_on", "issued_on"))
_LISTS: dict[str, type[Any]] = {
    "employments": FoundEmployment,
    "educations": FoundEducation,
    "projects": FoundProject,
    "skills": FoundSkill,
    "certificates": FoundCertificate,
}


def to_json(found: Found) -> str:
    """Return the text to store."""
    return orjson.dumps(found).decode()


def from_json(text: str) -> Found:
    """Return what was stored; nothing for an empty text. Unknown members are ignored."""
    values = orjson.loads(text) if text else {}
    values |= {name: [_made(kind, row) for row in values.get(name, [])] for name, kind in _LISTS.items()}
    return _made(Found, values | {"wish": _made(FoundWish, values.get("wish", {}))})


def _made(kind: type[Row], values: dict[str, Any]) -> Row:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{
            name: date.fromisoformat(value) if name in _MONTHS and value else value
            for name, value in values.items()
            if name in known
        }
    )
