"""A copy of what the platform shows, kept by the change feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jiuye_client.operations import Operations


@dataclass(frozen=True)
class Page:
    """Some changes, in order, and the position after them: store it together with their effects."""

    items: list[Any]
    next: str


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
