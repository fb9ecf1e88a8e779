"""What a batch's rows have in common, wherever they come from, and what happened to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.errors import Fault

Result = Literal["created", "updated", "unchanged", "rejected", "conflict"]


class Row(Protocol):
    """One row.

    `employer`: name and credit code as written, or the id of a checked record, or None. `content_hash`: recognises the
    row when it comes again, for the employer that it names. `is_complete`: it must have every legal element to be
    published, and is refused otherwise; else it stays a draft.
    """

    @property
    def external_code(self) -> str: ...
    @property
    def employer(self) -> tuple[str, str] | UUID | None: ...
    @property
    def publish(self) -> bool: ...
    @property
    def is_complete(self) -> bool: ...
    def content_hash(self, employer_id: UUID | None) -> str: ...
    def conflict(self, known: JobPosting | None) -> Fault | None:
        """Return why this row must not create a posting, or change the one that it is, if so."""

    def new(self, employer_id: UUID | None, moment: datetime) -> JobPosting:
        """Return a draft, not saved."""

    def apply(self, posting: JobPosting, employer_id: UUID | None) -> Collection[str]:
        """Change the posting. Return the changed columns."""

    def republished_from(self, changed: Collection[str]) -> Collection[str]:
        """Return the states from which it may publish the posting that it is, of which it has changed these columns."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a row. `posting` is as it will be (the existing one after a conflict); `published`: it becomes public.

    `faults`: why it is refused, and then `refused` is the posting that it would be. `withheld`: why a row that comes in is
    not public, or is reviewed first.
    """

    result: Result
    posting: JobPosting | None
    faults: Sequence[Fault] = ()
    published: bool = False
    withheld: Sequence[Fault] = ()
    refused: JobPosting | None = None
