"""What the rows of a batch meet: recorded employers, the agency's postings, obstacles to publishing.

`StoredRecords` are for writing: they lock postings and record new employers. `SeenRecords` show the same without writing.
`NoRecords` are those of a new agency, without a database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from jiuye.domains.jobs.bulk.employers import EmployerFault, EmployersFound, Key, NamedEmployer, Plan, resolve_employers
from jiuye.domains.jobs.bulk.known import KnownPostings, stored_postings
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.models import Agency

Employers = Mapping[Key, UUID | EmployerFault | None]


class Records(Protocol):
    """What a batch's rows meet."""

    def employers(self, named: Sequence[NamedEmployer]) -> Employers:
        """Return the employer of every (name, credit code) among the rows; None if a row names none."""

    def postings(self, rows: Iterable[tuple[str, str]]) -> KnownPostings:
        """Return the postings that rows (code and content hash) may already be."""

    def employer_obstacles(self, employer_ids: Collection[UUID]) -> Mapping[UUID, str]:
        """Return why no postings for these employers may be published; those without an obstacle are left out."""


class StoredRecords:
    """For writing, in the open transaction. `folds_codes`: see `KnownPostings`; for sheets, not for programs."""

    def __init__(self, agency_id: UUID, moment: datetime, *, folds_codes: bool) -> None:
        self.agency_id, self.moment, self.folds_codes = agency_id, moment, folds_codes

    def employers(self, named: Sequence[NamedEmployer]) -> Employers:
        return resolve_employers(self.agency_id, named, self.moment)

    def postings(self, rows: Iterable[tuple[str, str]]) -> KnownPostings:
        return stored_postings(self.agency_id, rows, lock=True, folds_codes=self.folds_codes)

    def employer_obstacles(self, employer_ids: Collection[UUID]) -> Mapping[UUID, str]:
        return organisations.employer_obstacles(employer_ids)


class SeenRecords(StoredRecords):
    """For a preview: nothing is locked or written."""

    def employers(self, named: Sequence[NamedEmployer]) -> Employers:
        if not named:
            return {}
        return Plan(Agency.objects.get(pk=self.agency_id), named, self.moment).foreseen()

    def postings(self, rows: Iterable[tuple[str, str]]) -> KnownPostings:
        return stored_postings(self.agency_id, rows, lock=False, folds_codes=self.folds_codes)


class NoRecords:
    """Those of a new agency in good standing: what the rows before have brought. No query."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._employers, self._postings = EmployersFound(None), KnownPostings(folds_codes=True)

    def employers(self, named: Sequence[NamedEmployer]) -> Employers:
        return Plan(None, named, self.moment, self._employers).foreseen()

    def postings(self, rows: Iterable[tuple[str, str]]) -> KnownPostings:
        return self._postings

    def employer_obstacles(self, employer_ids: Collection[UUID]) -> Mapping[UUID, str]:
        return {}
