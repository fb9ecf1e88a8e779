"""Who edits policies, what publication requires, and whether a person seems to meet the conditions.

Each condition is checked separately, with the clause it comes from: a hint, not a decision. Unknown counts neither
for nor against (product.md, “unknown never counts as agreement”). Answers are not stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from jiuye.domains.accounts.duties import require_duty
from jiuye.domains.policies.models import Policy
from jiuye.domains.policies.states import Topic, Verdict
from jiuye.kernel.actor import Actor

EDITORS = frozenset({"editor", "owner"})
MOST_CONDITIONS = 20


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as stored: `yes` and `no` are the required answer; a `number` must be between `least` and `most`."""

    question: str
    clause: str
    wants: Literal["yes", "no", "number"] = "yes"
    least: int | None = None
    most: int | None = None
    unit: str = ""

    @property
    def said(self) -> str:
        """Return the requirement in words."""
        if self.wants != "number":
            return "是" if self.wants == "yes" else "否"
        if self.least is not None and self.most is not None:
            return f"{self.least} 至 {self.most} {self.unit}"
        return f"不少于 {self.least} {self.unit}" if self.least is not None else f"不超过 {self.most} {self.unit}"

    def verdict(self, answer: str) -> Verdict:
        """Return the condition's verdict for an answer: yes, no, a whole number; anything else is unknown."""
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
    """A condition, its answer, and its verdict. `name` is the answer's name in the form."""

    name: str
    condition: Condition
    answer: str
    verdict: Verdict


_CONDITIONS = TypeAdapter(list[Condition])


def read(stored: object) -> list[Condition]:
    """Return the conditions of a policy; none for a record that cannot be parsed."""
    try:
        return _CONDITIONS.validate_python(stored)
    except ValidationError:
        return []


def check(conditions: Sequence[Condition], answers: Mapping[str, str]) -> list[Checked]:
    """Check each condition against the answer of its name (`c1`, `c2`, …)."""
    found = []
    for number, condition in enumerate(conditions, 1):
        answer = answers.get(f"c{number}", "").strip()[:8]
        found.append(Checked(f"c{number}", condition, answer, condition.verdict(answer)))
    return found


def conclusion(checked: Sequence[Checked]) -> Verdict:
    """Return whether all hold, one fails, or it is unknown."""
    verdicts = {one.verdict for one in checked}
    if Verdict.FAILS in verdicts:
        return Verdict.FAILS
    return Verdict.HOLDS if verdicts == {Verdict.HOLDS} else Verdict.UNKNOWN


def may_edit(actor: Actor) -> None:
    """Raises `NotFound` for people who are not operators, and `Denied` for operators with other roles (GB/T 22239-2019 §8.1.4)."""
    require_duty(actor, EDITORS, "编辑政策由内容编辑负责，您的角色不能进行这项操作。")


def missing(policy: Policy) -> list[str]:
    """Return what must be filled in before publication, in words; empty if it is complete."""
    needed = (
        ("标题", policy.title),
        ("摘要", policy.summary),
        ("正文", policy.body),
        ("主题", policy.topic if policy.topic in Topic.values else ""),
        ("发布机关", policy.issuer),
    )
    return [label for label, value in needed if not value]
