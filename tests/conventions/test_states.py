"""Transition tables are well-formed, and their diagrams are current."""

from pathlib import Path

import pytest

from jiuye.kernel.errors import Refused
from jiuye.kernel.transitions import NOTHING, StateMachine
from jiuye.runtime.management.commands.state_diagrams import MACHINES, page

DOCS = Path(__file__).resolve().parents[2] / "docs" / "states"
PARTIES = {"seeker", "agency", "employer", "operator", "organisation", "person", "system"}

every_machine = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)


@every_machine
def test_every_transition_joins_known_states_and_names_known_parties(machine: StateMachine) -> None:
    states = {str(state) for state in machine.states}
    for row in machine.rows.values():
        assert row.sources <= states | {NOTHING}
        assert row.target in states
        assert row.by
        assert row.by <= PARTIES
        assert row.label


@every_machine
def test_every_state_has_a_chinese_label_and_can_be_reached(machine: StateMachine) -> None:
    states = {str(state) for state in machine.states}
    assert set(machine.labels) == states
    is_created_by_a_row = any(NOTHING in row.sources for row in machine.rows.values())
    first = set() if is_created_by_a_row else {str(next(iter(machine.states)))}
    assert states - {row.target for row in machine.rows.values()} <= first


@every_machine
def test_a_row_creates_or_moves_on_and_creates_in_the_first_state(machine: StateMachine) -> None:
    for row in machine.rows.values():
        if NOTHING in row.sources:
            assert row.sources == {NOTHING}
            assert row.target == next(iter(machine.states))


@every_machine
def test_a_verb_from_a_state_that_does_not_allow_it_is_refused_by_name(machine: StateMachine) -> None:
    for row in machine.rows.values():
        party = sorted(row.by)[0]
        for state in {str(state) for state in machine.states} - row.sources:
            with pytest.raises(Refused) as refusal:
                machine.find(row.name, state, party)
            assert machine.labels[state] in refusal.value.message


@every_machine
def test_the_published_diagram_is_the_tables(machine: StateMachine) -> None:
    assert (DOCS / f"{machine.name}.md").read_text(encoding="utf-8") == page(machine), (
        "run ./jiuye manage state_diagrams"
    )
