"""Collects all validation errors by field before raising."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

EARLIEST = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class TextRule:
    """Length limit of a text (characters), whether it is required, whether it may have lines."""

    field: str
    label: str
    limit: int
    required: bool = False
    lines: bool = False

    def tidy(self, text: str, faults: "Faults") -> str:
        """Return the text as it is stored; errors are added to `faults`."""
        tidied = tidy_lines(text) if self.lines else tidy_line(text)
        if self.required and not tidied:
            faults.add(self.field, f"请填写{self.label}。")
        elif len(tidied) > self.limit:
            faults.add(self.field, f"{self.label}最多 {self.limit} 个字，现在是 {len(tidied)} 个，请删减。")
        return tidied


class Faults:
    """Field → error message; only the first error of a field is kept."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def add(self, field: str, message: str) -> None:
        """Add an error."""
        self._found.setdefault(field, message)

    def choice(self, field: str, value: str, allowed: Iterable[str], label: str, *, required: bool = False) -> None:
        """Add an error unless the value is one of `allowed`; empty is accepted unless required."""
        if not value and required:
            self.add(field, f"请选择{label}。")
        elif value and value not in allowed:
            self.add(field, f"请在列表里选择{label}。")

    def period(self, start: date, end: date | None, *, years_ahead: int = 0, birth_year: int | None = None) -> None:
        """Check months of a life: not before 1950 or birth, not ending before they start, at most `years_ahead` in the future."""
        today = clock.today()
        if start < EARLIEST:
            self.add("start_on", "开始时间太早了，请检查年份。")
        elif birth_year and start.year < birth_year:
            self.add("start_on", f"开始时间早于出生年份（{birth_year} 年），请检查。")
        elif start > today:
            self.add("start_on", "开始时间还没有到，请检查。")
        if end is None:
            return
        if end < start:
            self.add("end_on", "结束时间早于开始时间，请检查；如果仍在进行，请留空。")
        elif end.year > today.year + years_ahead or (not years_ahead and end > today):
            hint = f"最多可填 {years_ahead} 年内的预计时间" if years_ahead else "仍在进行请留空"
            self.add("end_on", f"结束时间还没有到，{hint}。")

    def settle(self) -> None:
        """Raises `Invalid` when there are errors."""
        if self._found:
            raise Invalid(self._found)
