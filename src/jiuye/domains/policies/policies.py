"""Whether somebody seems to fulfil a policy's conditions: each by itself, with the clause it comes from.

A hint, not a decision: who answers nothing is told nothing, and not knowing counts neither for nor against
(product.md, “unknown never counts as agreement”). Nothing of the answers is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from jiuye.domains.policies.states import Verdict


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as stored: `yes` and `no` are the answer it wants; a `number` lies within `least` and `most`."""

    question: str
    clause: str
    wants: Literal["yes", "no", "number"] = "yes"
    least: int | None = None
    most: int | None = None
    unit: str = ""

    @property
    def said(self) -> str:
        """What is wanted, in words."""
        if self.wants != "number":
            return "是" if self.wants == "yes" else "否"
        if self.least is not None and self.most is not None:
            return f"{self.least} 至 {self.most} {self.unit}"
        return f"不少于 {self.least} {self.unit}" if self.least is not None else f"不超过 {self.most} {self.unit}"

    def verdict(self, answer: str) -> Verdict:
        """How the condition stands with an answer: yes, no, a whole number; anything else is not knowing."""
        if self.wants != "number":
            if answer not in ("yes", "no"):
                return Verdict.UNKNOWN
            return Verdict.HOLDS if answer == self.wants else Verdict.FAILS
        if not (answer.isascii() and answer.isdigit() and len(answer) <= 6):
            return Verdict.UNKNOWN
        number = int(answer)
        low = self.least is None or number >= self.least
        return Verdict.HOLDS if low and (self.most is None or number <= self.most) else Verdict.FAILS


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition, what was answered, and how it stands. `name` is the answer's name in the form."""

    name: str
    condition: Condition
    answer: str
    verdict: Verdict


_CONDITIONS = TypeAdapter(list[Condition])


def read(stored: object) -> list[Condition]:
    """The conditions of a policy; none for a record that cannot be read."""
    try:
        return _CONDITIONS.validate_python(stored)
    except ValidationError:
        return []


def check(conditions: Sequence[Condition], answers: Mapping[str, str]) -> list[Checked]:
    """Each condition against the answer of its name (`c1`, `c2`, …)."""
    found = []
    for number, condition in enumerate(conditions, 1):
        answer = answers.get(f"c{number}", "").strip()[:8]
        found.append(Checked(f"c{number}", condition, answer, condition.verdict(answer)))
    return found


def conclusion(checked: Sequence[Checked]) -> Verdict:
    """All hold; or one fails; or it cannot be said."""
    verdicts = {one.verdict for one in checked}
    if Verdict.FAILS in verdicts:
        return Verdict.FAILS
    return Verdict.HOLDS if verdicts == {Verdict.HOLDS} else Verdict.UNKNOWN
