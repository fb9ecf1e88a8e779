"""The table of a run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench._faults.ledger import Ledger
from tests.factories.webhooks import Received

_SHOWN = 8


@dataclass
class Line:
    """One line of the table: how many were looked at, and what is wrong with some."""

    name: str
    seen: int
    wrong: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Evidence:
    """What the run has left outside of the database. `followed`: the follower's copy; `listed`: the search's list of jobs."""

    ledger: Ledger
    received: Sequence[Received]
    followed: set[UUID]
    listed: list[UUID]


def doubled(found: Iterable[Any], what: str) -> list[str]:
    """Return a line for everything that occurs more than once."""
    return [f"doubled: {what} {one} × {count}" for one, count in Counter(found).items() if count > 1]


def show(lines: Sequence[Line]) -> None:
    """Print the table, with the first deviations of each line."""
    print(f"\n{'':32} {'there':>8} {'wrong':>6}")
    for line in lines:
        print(f"{line.name:32} {line.seen:8,} {len(line.wrong):6}  {line.note}")
        for one in line.wrong[:_SHOWN]:
            print(f"    {one}")
        if len(line.wrong) > _SHOWN:
            print(f"    … and {len(line.wrong) - _SHOWN} more")
