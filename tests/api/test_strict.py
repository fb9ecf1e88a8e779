"""Request bodies: nothing unknown, nothing converted, all faults at once."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import pytest
from django.db.models import TextChoices
from pydantic import Field, ValidationError

from jiuye.api.v1.strict import LONGEST_TEXT, StrictBody


class Colour(TextChoices):
    RED = "red", "红"


class Inner(StrictBody):
    on: date
    colour: Colour = Colour.RED


A_DAY = Inner.model_validate({"on": "2026-11-29"})


class Outer(StrictBody):
    title: str = ""
    count: int = 0
    share: float = 0
    is_open: bool = False
    kind: Literal["a", "b"] = "a"
    colour: Colour | None = None
    at: datetime | None = None
    ids: list[UUID] = Field(default=[], max_length=3)
    inner: Inner | None = None
    more: list[Inner] = []
    either: int | Inner | None = None


@pytest.mark.parametrize(
    ("member", "value", "kept"),
    [
        ("share", 1, 1.0),
        ("colour", "red", Colour.RED),
        ("inner", {"on": "2026-11-29"}, A_DAY),
        ("ids", ["0190f3a2-7b6e-7c3d-8a1b-000000000001"], [UUID("0190f3a2-7b6e-7c3d-8a1b-000000000001")]),
        ("at", "2026-11-29T08:00:00Z", datetime.fromisoformat("2026-11-29T08:00:00Z")),
        ("either", {"on": "2026-11-29"}, A_DAY),
        ("either", 5, 5),
    ],
)
def test_what_json_says_is_read(member: str, value: Any, kept: Any) -> None:
    assert getattr(Outer.model_validate({member: value}), member) == kept


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("title", 5),
        ("title", "长" * (LONGEST_TEXT + 1)),
        ("count", "5"),
        ("count", 5.0),
        ("count", True),
        ("share", "0.5"),
        ("share", float("nan")),
        ("is_open", "true"),
        ("is_open", 1),
        ("kind", "A"),
        ("colour", "RED"),
        ("at", "2026-11-29"),
        ("at", "2026-11-29T08:00:00"),
        ("at", 1764403200),
        ("at", "1764403200"),
        ("ids", "0190f3a2-7b6e-7c3d-8a1b-000000000001"),
        ("ids", ["{0190f3a2-7b6e-7c3d-8a1b-000000000001}"]),
        ("inner", {"on": 20000}),
        ("inner", {"on": "20000"}),
        ("inner", {"on": "2026-02-30"}),
        ("more", [{"on": "2026-11-29", "colours": "red"}]),
        ("titel", "错"),
    ],
)
def test_what_it_does_not_say_is_refused(member: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Outer.model_validate({member: value})


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Outer.model_validate({"title": 1, "count": "x", "inner": {}, "more": [{"on": "2026-11-29"}, {"on": 1}], "y": 1})
    found = {error["loc"] for error in refused.value.errors()}
    assert found == {("title",), ("count",), ("inner", "on"), ("more", 1, "on"), ("y",)}


def test_the_schema_of_a_body_is_as_pydantics() -> None:
    schema = Outer.model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["properties"]["ids"]["items"] == {"format": "uuid", "type": "string"}
    assert schema["$defs"]["Inner"]["properties"]["on"]["format"] == "date"
