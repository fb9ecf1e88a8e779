"""State machines as data: each domain's `states.py` holds one transition table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jiuye.kernel.errors import Refused

NOTHING = ""
"""The source of a verb that creates the thing: before it there is no state."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb: its source states (`NOTHING` for one that creates), its target and the parties who may use it."""

    name: str
    sources: frozenset[str]
    target: str
    by: frozenset[str]
    label: str


def transition(name: str, sources: Iterable[str], target: str, by: Iterable[str], label: str) -> Transition:
    """Return a row of a transition table."""
    return Transition(name, frozenset(sources), target, frozenset(by), label)


class StateMachine:
    """A transition table. It answers what is possible and changes no rows."""

    def __init__(self, name: str, states: type[StrEnum], labels: dict[str, str], rows: Iterable[Transition]) -> None:
        self.name = name
        self.states = states
        self.labels = labels
        self.rows = {row.name: row for row in rows}

    def find(self, verb: str, state: str, party: str) -> Transition:
        """The row for `verb`.

        Raises `Refused` when the present state does not allow it, with a message that names that state, and when
        `party` is not one who may.
        """
        row = self.rows[verb]
        if party not in row.by:
            raise Refused(f"您不能进行“{row.label}”操作。", code="party_not_allowed")
        if state not in row.sources:
            raise Refused(
                f"当前状态是“{self.labels[state]}”，不能{row.label}。请刷新页面查看最新进展。",
                code="state_not_allowed",
                allowed=self.possible(state, party),
            )
        return row

    def possible(self, state: str, party: str) -> frozenset[str]:
        """Return the verbs that `party` may use from `state`."""
        return frozenset(row.name for row in self.rows.values() if state in row.sources and party in row.by)

    def terminal(self) -> frozenset[str]:
        """Return the states without outgoing transitions."""
        leaving = {source for row in self.rows.values() for source in row.sources}
        return frozenset(str(state) for state in self.states) - leaving

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram, for docs/states/."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state}: {state} {self.labels[state]}" for state in self.states]
        for row in self.rows.values():
            by = "、".join(sorted(row.by))
            for source in sorted(row.sources):
                lines.append(f"    {source or '[*]'} --> {row.target}: {row.name} {row.label} ({by})")
        lines += [f"    {state} --> [*]" for state in sorted(self.terminal())]
        return "\n".join(lines) + "\n"
