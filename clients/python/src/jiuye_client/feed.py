"""A copy of what the platform shows: a snapshot once, and from then on only what changes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jiuye_client.errors import ApiError
from jiuye_client.operations import Operations


class CutSnapshot(ApiError):
    """The download ended before the snapshot did: take it again."""


@dataclass(frozen=True)
class Page:
    """Some changes, in order, and the position after them: store it together with their effects."""

    items: list[Any]
    next: str


@dataclass(frozen=True)
class Snapshot:
    """All public jobs at one time. Read `jobs` to its end, then follow `changes` from `position`."""

    position: str
    size: int
    jobs: Iterator[Any]


def changes(api: Operations, after: str, *, limit: int = 500, wait: int = 0) -> Iterator[Page]:
    """Yield the changes after a position, to the present one; with `wait` (seconds) stay there and go on.

    Raises `NotFound` with the code `position_expired` if the position is too old: take a snapshot then.
    """
    while True:
        answer = api.read_changes(after=after, limit=limit, wait=wait)
        after = answer["next"]
        yield Page(list(answer["items"]), after)
        if not (answer["has_more"] or wait):
            return


def snapshot(api: Operations) -> Snapshot:
    """Return the newest snapshot; its jobs are downloaded as they are read, compressed on the way.

    Raises `NotFound` before there is one. Reading `jobs` raises `CutSnapshot` if the download was cut.
    """
    latest = api.read_latest_snapshot()
    return Snapshot(latest["position"], latest["jobs"], _jobs(api, urlsplit(latest["url"]).path))


def _jobs(api: Operations, path: str) -> Iterator[Any]:
    with api.stream(path) as answer:
        answer.raise_for_status()
        is_whole = False
        for line in answer.iter_lines():
            row = json.loads(line)
            if "end" in row:
                is_whole = True
            elif "snapshot" not in row:
                yield row
    if not is_whole:
        raise CutSnapshot("the download was cut")
