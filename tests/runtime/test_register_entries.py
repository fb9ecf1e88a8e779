"""The demonstration's organisations are found in the sandbox's registers."""

from collections.abc import Iterator

import pytest

from jiuye.adapters.registers_http import HttpRegisters
from jiuye.kernel import clock
from jiuye.runtime import register_entries
from tests.factories import databases
from tests.factories.sandbox import REGISTERS_KEY, running_sandbox

Entries = dict[str, list[register_entries.Entry]]


@pytest.fixture(scope="module")
def entries() -> Entries:
    return register_entries.entries(databases.address(databases.demonstration()))


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpRegisters]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        register_entries.enter("127.0.0.1", sandbox.port, databases.address(databases.demonstration()))
        yield HttpRegisters(url=sandbox.registers_url, key=REGISTERS_KEY)


def test_every_employer_and_market_agency_is_an_active_enterprise(entries: Entries, registers: HttpRegisters) -> None:
    for entry in entries["enterprises"]:
        found = registers.enterprise(entry["credit_code"])
        assert found is not None
        assert (found.legal_name, found.status) == (entry["legal_name"], "active")
    assert len(entries["enterprises"]) > 20


def test_every_public_agency_is_an_active_institution(entries: Entries, registers: HttpRegisters) -> None:
    for entry in entries["institutions"]:
        found = registers.institution(entry["credit_code"])
        assert found is not None
        assert (found.legal_name, found.status) == (entry["legal_name"], "active")
    assert entries["institutions"]


def test_every_licence_is_valid_and_its_holder_is_the_enterprise(entries: Entries, registers: HttpRegisters) -> None:
    for entry in entries["licences"]:
        found = registers.licence(entry["number"])
        assert found is not None
        holder = registers.enterprise(found.credit_code)
        assert holder is not None
        assert (found.status, found.holder_name) == ("valid", holder.legal_name)
        assert found.expires_on >= clock.today()
    assert entries["licences"]
