"""The one write of this domain: synchronise the tables with the release's data files."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models, transaction

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.models import Industry, Occupation, Region


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows written for one table, and rows that were already correct."""

    table: str
    added: int
    changed: int
    unchanged: int


def load_reference() -> list[Loaded]:
    """Write the differences between data files and tables; a second call writes nothing. About 1 s for empty tables.

    Rows of codes that a release no longer has stay: older postings and resumes refer to them. It acts for nobody and
    changes nothing that a person entered, so it takes no actor and writes no audit entry.
    """
    with transaction.atomic():
        return [
            _bring_level(Region, catalogue.regions().values()),
            _bring_level(Occupation, catalogue.occupations().values()),
            _bring_level(Industry, catalogue.industries().values()),
        ]


Known = catalogue.Region | catalogue.Occupation | catalogue.Industry


def _bring_level(table: type[models.Model], known: Iterable[Known]) -> Loaded:
    """Parents precede their children in `known`, so one pass satisfies the foreign keys."""
    wanted = [_row(item) for item in known]
    fields = [name for name in wanted[0] if name != "code"]
    stored: Mapping[str, dict[str, Any]] = {row["code"]: row for row in table._default_manager.values("code", *fields)}
    differing = [row for row in wanted if stored.get(row["code"]) != row]
    table._default_manager.bulk_create(
        (table(**row) for row in differing),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name.removesuffix("_id") for name in fields],
    )
    added = sum(row["code"] not in stored for row in differing)
    return Loaded(table._meta.db_table, added, len(differing) - added, len(wanted) - len(differing))


def _row(item: Known) -> dict[str, Any]:
    row = asdict(item)
    row["parent_id"] = row.pop("parent") or None
    row.pop("also", None)  # only the release's files are searched
    if "aliases" in row:
        row["aliases"] = list(row["aliases"])
    return row
