"""The contract of the registers of organisations, tested on each adapter with its service."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.registers_http import HttpRegisters
from jiuye.ports.registers import EnterpriseRecord, LicenceRecord, RegisterRejected, Registers, RegisterUnavailable
from jiuye.sandbox.registers import codes
from tests.factories.sandbox import REGISTERS_KEY, Sandbox, free_port, running_sandbox

FIRM, NOBODY = codes.invented("91", "MACHK0001"), codes.invented("91", "MACHK0009")
HALL = codes.invented("12", "0CHK00001")
NUMBER = "(川)人服证字[2025]第5101990777号"
ENTERPRISE = EnterpriseRecord(
    credit_code=FIRM,
    legal_name="成都试验人力资源服务有限公司",
    kind="company",
    status="active",
    legal_representative="安**",
    business_scope="职业中介活动",
    region="510104",
    established_on=date(2015, 3, 1),
    expires_on=None,
)
LICENCE = LicenceRecord(
    number=NUMBER,
    holder_name=ENTERPRISE.legal_name,
    credit_code=FIRM,
    status="valid",
    scope=("职业介绍", "职业指导"),
    issuing_body="成都市人力资源和社会保障局",
    valid_from=date(2025, 1, 1),
    expires_on=date(2027, 12, 31),
)
FACTS = {
    "credit_code": FIRM,
    "legal_name": ENTERPRISE.legal_name,
    "legal_representative": "安**",
    "business_scope": "职业中介活动",
    "region": "510104",
    "established_on": "2015-03-01",
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        running.enter("enterprises", FACTS)
        running.enter("institutions", {"credit_code": HALL, "legal_name": "成都市试验公共就业服务中心"})
        running.enter(
            "licences",
            {
                "number": NUMBER,
                "holder_name": LICENCE.holder_name,
                "credit_code": FIRM,
                "scope": list(LICENCE.scope),
                "valid_from": "2025-01-01",
                "expires_on": "2027-12-31",
            },
        )
        yield running


@pytest.fixture
def office(sandbox: Sandbox) -> Iterator[Sandbox]:
    yield sandbox
    for register in ("enterprises", "institutions", "licences"):
        sandbox.release(register)


def http_registers(office: Sandbox, **changes: Any) -> HttpRegisters:
    return HttpRegisters(**{"url": office.registers_url, "key": REGISTERS_KEY, **changes})


@pytest.fixture(params=["http"])
def registers(request: pytest.FixtureRequest, office: Sandbox) -> Registers:
    """Each adapter in turn, with the service that it is for."""
    makers: dict[str, Callable[[], Registers]] = {"http": lambda: http_registers(office)}
    return makers[request.param]()


def test_an_enterprise_is_found_with_its_facts(registers: Registers) -> None:
    assert registers.enterprise(FIRM) == ENTERPRISE


def test_a_public_institution_is_found_with_its_facts(registers: Registers) -> None:
    found = registers.institution(HALL)

    assert found is not None
    assert (found.legal_name, found.kind, found.status) == ("成都市试验公共就业服务中心", "institution", "active")
    assert found.organiser == "成都市人力资源和社会保障局"


def test_a_licence_is_found_with_its_facts(registers: Registers) -> None:
    assert registers.licence(NUMBER) == LICENCE


@pytest.mark.parametrize("written", ["（川）人服证字〔2025〕第5101990777号", "(川)人服证字【2025】第 5101990777 号"])
def test_a_licence_is_found_by_either_style_of_brackets(registers: Registers, written: str) -> None:
    assert registers.licence(written) == LICENCE


def test_no_record_is_an_answer(registers: Registers) -> None:
    assert registers.enterprise(NOBODY) is None
    assert registers.institution(NOBODY) is None
    assert registers.licence("(川)人服证字[2025]第5101999999号") is None


def test_a_register_knows_only_its_own_kind(registers: Registers) -> None:
    assert registers.institution(FIRM) is None
    assert registers.enterprise(HALL) is None


@pytest.mark.parametrize("status", ["revoked", "deregistered"])
def test_an_enterprise_that_ended_is_found_as_ended(registers: Registers, office: Sandbox, status: str) -> None:
    code = codes.invented("91", "MACHK0002")
    office.enter("enterprises", {**FACTS, "credit_code": code, "status": status, "expires_on": "2026-01-31"})

    found = registers.enterprise(code)

    expected = replace(ENTERPRISE, credit_code=code, status=status, expires_on=date(2026, 1, 31))  # type: ignore[arg-type]
    assert found == expected


def test_a_malformed_key_is_rejected(registers: Registers) -> None:
    for ask, key in (
        (registers.enterprise, FIRM[:17] + "?"),
        (registers.institution, "12"),
        (registers.licence, "无编号"),
    ):
        with pytest.raises(RegisterRejected):
            ask(key)


@pytest.mark.parametrize("switch", ["outage", "fail", "garbage", "mixed_up"])
def test_a_register_that_misbehaves_is_unavailable_until_it_behaves(
    registers: Registers, office: Sandbox, switch: str
) -> None:
    for register in ("enterprises", "licences"):
        office.press(register, **{switch: 1})
    with pytest.raises(RegisterUnavailable):
        registers.enterprise(FIRM)
    with pytest.raises(RegisterUnavailable):
        registers.licence(NUMBER)

    office.release("enterprises")
    office.release("licences")

    assert registers.enterprise(FIRM) == ENTERPRISE
    assert registers.licence(NUMBER) == LICENCE


def test_a_register_too_slow_to_answer_is_unavailable(registers: Registers, office: Sandbox) -> None:
    office.press("enterprises", slow=5)

    with pytest.raises(RegisterUnavailable):
        registers.enterprise(FIRM)


def test_one_register_may_be_away_while_the_others_answer(registers: Registers, office: Sandbox) -> None:
    office.press("enterprises", outage=1)
    for _ in range(6):
        with pytest.raises(RegisterUnavailable):
            registers.enterprise(FIRM)

    assert registers.licence(NUMBER) == LICENCE


# Only the HTTP adapter.


def test_wrong_credentials_are_unavailable_for_they_can_be_put_right(office: Sandbox) -> None:
    with pytest.raises(RegisterUnavailable):
        http_registers(office, key="wrong").enterprise(FIRM)


def test_nobody_listening_is_unavailable(office: Sandbox) -> None:
    with pytest.raises(RegisterUnavailable):
        http_registers(office, url=f"http://127.0.0.1:{free_port()}/registers").enterprise(FIRM)


def test_a_register_that_keeps_failing_is_left_alone_for_a_while(office: Sandbox) -> None:
    moment = 0.0
    registers = http_registers(office, breaker=lambda: CircuitBreaker(failures=2, rest=10, clock=lambda: moment))
    office.press("enterprises", outage=1)
    for _ in range(2):
        with pytest.raises(RegisterUnavailable):
            registers.enterprise(FIRM)
    office.release("enterprises")

    with pytest.raises(RegisterUnavailable, match="not asked again yet"):
        registers.enterprise(FIRM)
    moment = 10
    assert registers.enterprise(FIRM) == ENTERPRISE


def test_rejected_questions_do_not_open_the_circuit(office: Sandbox) -> None:
    registers = http_registers(office, breaker=lambda: CircuitBreaker(failures=1))
    with pytest.raises(RegisterRejected):
        registers.enterprise("91")

    assert registers.enterprise(FIRM) == ENTERPRISE


@contextmanager
def answering(told: Any, *, broken: int = 0) -> Iterator[str]:
    """A register at the URL that answers every question with this JSON, after breaking the first connections."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.path)
            if len(asked) <= broken:
                self.close_connection = True
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(orjson.dumps(told))

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/registers"
    finally:
        server.shutdown()
        server.server_close()


COMPLETE = {**FACTS, "kind": "company", "status": "active", "expires_on": None}


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"found": "perhaps", "entry": COMPLETE},
        {"found": True},
        {"found": True, "entry": None},
        {"found": True, "entry": {**COMPLETE, "status": "asleep"}},
        {"found": True, "entry": {**COMPLETE, "kind": 7}},
        {"found": True, "entry": {**COMPLETE, "established_on": "long ago"}},
        {"found": True, "entry": {name: value for name, value in COMPLETE.items() if name != "expires_on"}},
    ],
)
def test_an_answer_that_makes_no_sense_is_unavailable(told: Any) -> None:
    with answering(told) as url, pytest.raises(RegisterUnavailable):
        HttpRegisters(url=url, key=REGISTERS_KEY).enterprise(FIRM)


def test_a_broken_connection_is_tried_again_at_once() -> None:
    with answering({"found": True, "entry": COMPLETE}, broken=2) as url:
        assert HttpRegisters(url=url, key=REGISTERS_KEY).enterprise(FIRM) == ENTERPRISE
