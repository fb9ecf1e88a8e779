"""Where in a row a fault is: the cell to correct, if there is one."""

from collections.abc import Iterable, Mapping, Sequence

from jiuye.domains.jobs.sheets.mapping import cell
from jiuye.domains.jobs.sheets.parsed import Reason
from jiuye.kernel.errors import Fault

# Fields of a posting that are read from other columns too.
_SOURCES: dict[str, tuple[str, ...]] = {
    "employer": ("employer_name", "employer_credit_code"),
    "employer_credit_code": ("employer_credit_code", "employer_name"),
    "employer_name": ("employer_name", "employer_credit_code"),
    "duties": ("duties", "description"),
    "requirements": ("requirements", "description", "skills", "tags", "education", "experience"),
    "skills": ("skills", "tags"),
    "benefits": ("benefits", "tags"),
    "pay": ("pay", "pay_min", "pay_max"),
    "region": ("region", "city", "county", "province", "address"),
}


def reasons_of(faults: Iterable[Fault], mapping: Mapping[str, int], cells: Sequence[str]) -> tuple[Reason, ...]:
    """Return faults with their columns; the column is None if no single cell is to be corrected, for a state or a default."""
    found = (Reason(one.field, _column(one, mapping, cells), one.message) for one in faults)
    return tuple(dict.fromkeys(found))


def _column(fault: Fault, mapping: Mapping[str, int], cells: Sequence[str]) -> int | None:
    columns = [mapping[code] for code in _SOURCES.get(fault.field, (fault.field,)) if code in mapping]
    filled = [column for column in columns if cell(cells, column).strip()]
    if fault.words:
        return next((column for column in filled if fault.words in cell(cells, column)), None) or next(
            iter(filled), None
        )
    return next(iter(filled), columns[0] if columns else None)
