"""Invented people whose resumes are written into files: what a file says is known, so that a reading can be compared with it."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Month = tuple[int, int]


@dataclass(frozen=True)
class Job:
    start: Month
    end: Month | None
    employer: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class School:
    start: Month
    end: Month | None
    school: str
    major: str
    level: str


@dataclass(frozen=True)
class Work:
    """A project."""

    start: Month
    end: Month | None
    name: str
    role: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """`level` words are those of the product. Pay in yuan a month. `region` and `wish_region` as people write them."""

    key: str
    name: str
    phone: str
    email: str
    birth: Month
    region: str
    region_code: str
    wish: str
    wish_region: str
    wish_region_code: str
    pay: tuple[int, int] | None = None
    jobs: tuple[Job, ...] = ()
    schools: tuple[School, ...] = ()
    projects: tuple[Work, ...] = ()
    skills: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    about: str = ""
    sex: str = field(default="男")


def _month(text: str) -> Month:
    year, month = text.split("-")
    return int(year), int(month)


def _dated(kind: type[Any], rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    found = []
    for row in rows:
        parts = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        parts |= {"start": _month(row["start"]), "end": _month(row["end"]) if row["end"] else None}
        found.append(kind(**parts))
    return tuple(found)


def _person(row: dict[str, Any]) -> Person:
    parts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    for name, kind in (("jobs", Job), ("schools", School), ("projects", Work)):
        parts[name] = _dated(kind, row.get(name, []))
    return Person(**(parts | {"birth": _month(row["birth"])}))


PEOPLE = tuple(
    map(_person, tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))["people"])
)
BY_KEY = {one.key: one for one in PEOPLE}
