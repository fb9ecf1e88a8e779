"""The employers named in many rows: find them, or record them as named by the agency (机构代招)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from jiuye.domains.organisations.models import Affiliation, Agency, Employer, MergedEmployer
from jiuye.kernel.ids import new_id

Key = tuple[str, str]
"""Name and credit code as in a row; either may be blank."""


class NamedEmployer(Protocol):
    """A row that may name an employer, with what it says about it: codes, blank if not stated."""

    @property
    def employer_name(self) -> str: ...
    @property
    def employer_credit_code(self) -> str: ...
    @property
    def employer_ownership(self) -> str: ...
    @property
    def employer_size(self) -> str: ...
    @property
    def industry(self) -> str: ...


@dataclass(frozen=True, slots=True)
class EmployerFault:
    """Why a row's employer is refused: the field, and how to correct it."""

    field: str
    message: str


Found = UUID | EmployerFault | None
"""A recorded employer, why the row's is refused, or None if it is not recorded (yet)."""


def resolve_employers(agency_id: UUID, named: Sequence[NamedEmployer], moment: datetime) -> dict[Key, Found]:
    """Return the employer of every (name, credit code) among the rows, and record those that are new; None if a row names
    none. At most eight queries, none for none.

    The rules are those of `organisations.actions.name_employer`, here for many at once.
    """
    return Plan(Agency.objects.get(pk=agency_id), named, moment).carried_out() if named else {}


class Plan:
    """Which recorded employers rows mean, and which are to be recorded. Nothing is written until `carried_out`.

    `agency` None: one that has no records yet, except those `foreseen` for rows before.
    """

    def __init__(
        self,
        agency: Agency | None,
        named: Sequence[NamedEmployer],
        moment: datetime,
        foreseen: "EmployersFound | None" = None,
    ) -> None:
        self.agency = agency
        rows = {(row.employer_name, row.employer_credit_code): row for row in named}
        self._wanted = {key: _effective(agency, key) for key in rows}
        self._known = foreseen or EmployersFound(agency, self._wanted.values())
        self._found: dict[Key, Found] = {key: self._known.find(*self._wanted[key]) for key in rows}
        lacking = {self._wanted[key]: rows[key] for key, found in self._found.items() if found is None}
        self._new = [_named(agency, name, code, row, moment) for (name, code), row in lacking.items() if name]

    def foreseen(self) -> dict[Key, Found]:
        """Return what `carried_out` would, with provisional ids for those that are not recorded. No query."""
        for employer in self._new:
            self._known.foresee(employer)
        return self._completed(self._known)

    def carried_out(self) -> dict[Key, Found]:
        """Record the new employers and codes. Return the employer of every (name, credit code)."""
        if self._known.given_a_code:
            Employer.objects.bulk_update(self._known.given_a_code, ["credit_code"])
        if not self._new:
            return self._found
        # Somebody else may record the same code meanwhile: what is recorded then counts.
        Employer.objects.bulk_create(self._new, ignore_conflicts=True)
        return self._completed(
            EmployersFound(self.agency, [(one.legal_name, one.credit_code or "") for one in self._new])
        )

    def _completed(self, known: "EmployersFound") -> dict[Key, Found]:
        return self._found | {key: known.find(*self._wanted[key]) for key, one in self._found.items() if one is None}


def _effective(agency: Agency | None, key: Key) -> Key:
    """Use the agency's own code for an agency that recruits for itself."""
    name, code = key
    if agency and not code and _same_name(name, agency.legal_name):
        return name, agency.credit_code
    return key


def _named(agency: Agency | None, name: str, code: str, row: NamedEmployer, moment: datetime) -> Employer:
    return Employer(
        id=new_id(),
        legal_name=name,
        credit_code=code or None,
        named_by=agency,
        ownership=row.employer_ownership,
        size=row.employer_size,
        industry_id=row.industry or None,
        created_at=moment,
    )


class EmployersFound:
    """The recorded employers that rows may mean: any with the same code; by name only those this agency may name.

    And those that are going to be recorded.
    """

    def __init__(self, agency: Agency | None, wanted: Iterable[Key] = ()) -> None:
        self.by_code: dict[str, Employer] = {}
        self.by_name: dict[str, Employer] = {}
        self.given_a_code: list[Employer] = []
        self.agency_id = agency.id if agency else None
        if agency:
            self._read(agency, list(wanted))

    def _read(self, agency: Agency, keys: Sequence[Key]) -> None:
        codes = {code for _, code in keys if code}
        names = {name for name, _ in keys if name}
        affiliated = Affiliation.objects.filter(agency=agency, state="approved").values("employer_id")
        rows = Employer.objects.filter(
            Q(credit_code__in=codes) | Q(legal_name__in=names) & (Q(named_by=agency) | Q(pk__in=affiliated))
        ).order_by("credit_code", "id")
        for row in rows:
            if row.credit_code:
                self.by_code[row.credit_code] = row
            self.by_name.setdefault(row.legal_name, row)
        if gone := codes - self.by_code.keys():
            merged = MergedEmployer.objects.filter(credit_code__in=gone).select_related("survivor")
            self.by_code |= {row.credit_code: row.survivor for row in merged if row.credit_code}

    def foresee(self, employer: Employer) -> None:
        """Take an employer as recorded, as the database would: a code is recorded once, a name with a code comes first."""
        if employer.credit_code in self.by_code:
            return
        if employer.credit_code:
            self.by_code[employer.credit_code] = employer
        same = self.by_name.get(employer.legal_name)
        if same is None or (employer.credit_code and not same.credit_code):
            self.by_name[employer.legal_name] = employer

    def find(self, name: str, code: str) -> Found:
        if not code:
            known = self.by_name.get(name) if name else None
            return known.id if known else None
        known = self.by_code.get(code) or self._first_seen_with_code(name, code)
        if known is None:
            if len(name) < 2:
                return EmployerFault("employer_name", "填写了统一社会信用代码，但没有写招聘单位全称，请补上")
            return None
        if name and not _same_name(name, known.legal_name):
            return EmployerFault(
                "employer_credit_code",
                f"统一社会信用代码{code}登记的是“{known.legal_name}”，与填写的“{name}”不一致，请核对",
            )
        return known.id

    def _first_seen_with_code(self, name: str, code: str) -> Employer | None:
        """Return this agency's record of the name without a code, now that the code is known."""
        known = self.by_name.get(name)
        if known is None or known.credit_code is not None or known.named_by_id != self.agency_id:
            return None
        known.credit_code = code
        self.by_code[code] = known
        self.given_a_code.append(known)
        return known


def _same_name(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", name))
