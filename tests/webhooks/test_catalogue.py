"""Every transition has a type or a reason; every payload fits its schema."""

from importlib import import_module
from pathlib import Path

import jsonschema_rs
import pytest

import jiuye.domains
from jiuye.domains.applications.states import REMARKS
from jiuye.kernel.transitions import StateMachine
from jiuye.webhooks import catalogue, transitions
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint
from tests.factories import webhooks
from tests.factories.webhooks import Receiver


def machines() -> dict[str, StateMachine]:
    """Every state machine of the domains, by its name."""
    root = Path(next(iter(jiuye.domains.__path__)))
    modules = [import_module(f"jiuye.domains.{path.parent.name}.states") for path in sorted(root.glob("*/states.py"))]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, StateMachine)]
    return {one.name: one for one in found}


def test_every_transition_has_a_type_or_a_reason_why_not() -> None:
    missing = []
    for name, machine in machines().items():
        without = transitions.WITHOUT_TYPE.get(name, {})
        verbs = {*machine.rows, *(REMARKS if name == "application" else ())}
        known = {*transitions.OF_MACHINE.get(name, {}), *without}
        missing += [f"{name}.{verb}" for verb in sorted(verbs - known) if "*" not in without]
    assert missing == []


def test_no_transition_is_listed_that_does_not_exist() -> None:
    kept = {"posting": {"edit", "merge", "confirm"}}
    for name, verbs in {**transitions.OF_MACHINE, **transitions.WITHOUT_TYPE}.items():
        machine = machines()[name]
        remarks = set(REMARKS) if name == "application" else set()
        assert set(verbs) - {*machine.rows, *remarks, *kept.get(name, set()), "*"} == set(), name


def test_every_type_named_by_a_transition_is_in_the_catalogue() -> None:
    named = {one for verbs in transitions.OF_MACHINE.values() for one in verbs.values()}
    assert named <= catalogue.TYPES.keys()


@pytest.mark.parametrize("name", catalogue.TYPES)
def test_the_sample_of_every_type_fits_its_schema(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher, name: str
) -> None:
    webhooks.happen(endpoint)
    dispatcher.drain()
    payload = receiver.received[0].payload
    kind = catalogue.TYPES[name]
    jsonschema_rs.meta.validate(kind.schema())
    jsonschema_rs.validate(kind.schema(), {**payload, "type": name, "data": kind.sample()})


def test_groups_and_names_are_choices_and_nothing_else() -> None:
    assert catalogue.is_choice("job.*")
    assert catalogue.is_choice("job.expired")
    assert not catalogue.is_choice("*")
    assert not catalogue.is_choice("jobs.*")
    assert not catalogue.is_choice("job.gone")
