"""While a register is down, slow or talks nonsense: nothing is lost, nobody gets in, browsing goes on, people are told (R6)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, Material
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.wiring import forget_adapters
from tests.factories import audits
from tests.factories import qualifications as make
from tests.factories.sandbox import REGISTERS_KEY, Sandbox, running_sandbox

pytestmark = pytest.mark.django_db
REGISTERS = ("enterprises", "licences")
SYSTEM = Actor.system()
FAULTS = [{"outage": 1}, {"fail": 1}, {"garbage": 1}, {"mixed_up": 1}]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox, settings: Settings) -> Iterator[Sandbox]:
    """The sandbox, wired in as the registers."""
    options = {"url": sandbox.registers_url, "key": REGISTERS_KEY}
    settings.PORTS = {**settings.PORTS, "registers": {**settings.PORTS["registers"], "options": options}}
    forget_adapters()
    yield sandbox
    for register in REGISTERS:
        sandbox.release(register)
    forget_adapters()


@pytest.fixture
def owner(world: Sandbox) -> Actor:
    """A handler whose agency is in the registers as the handler states it, and whose case is not submitted yet."""
    owner = make.filled("market")
    agency = Agency.objects.get(pk=owner.organisation_id)
    licence = make.values_for(owner, "hr_licence")
    world.enter(
        "enterprises",
        {"credit_code": agency.credit_code, "legal_name": agency.legal_name, "established_on": "2015-03-02"},
    )
    world.enter(
        "licences",
        {
            "number": licence["licence_number"],
            "holder_name": agency.legal_name,
            "credit_code": agency.credit_code,
            "expires_on": licence["expires_on"],
        },
    )
    return owner


def press(world: Sandbox, **switches: float) -> None:
    for register in REGISTERS:
        world.press(register, **switches)


def answers(case: Case) -> dict[str, str]:
    """The registers' results, by item."""
    return dict(case.checks.filter(code="register").order_by("item").values_list("item", "result"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: next(iter(fault)))
def test_a_submission_gets_through_and_is_not_approved(world: Sandbox, owner: Actor, fault: dict[str, float]) -> None:
    press(world, **fault)
    case = make.case_of(owner)
    kept = Material.objects.filter(item__case=case).count()

    actions.submit(owner)
    actions.ask_registers(SYSTEM, case_id=case.pk)

    case.refresh_from_db()
    assert (case.state, Material.objects.filter(item__case=case).count()) == ("submitted", kept)
    assert answers(case) == {"business_licence": "away", "hr_licence": "away"}
    assert all("稍后自动重试" in one.text for one in case.checks.filter(code="register"))
    with pytest.raises(Refused, match="暂时不通"):
        actions.pass_case(
            audits.auditor(), case_id=case.pk, version=audits.version_of(case.pk), stated=audits.all_accepted(case)
        )
    assert Qualification.objects.get(pk=case.qualification_id).state == "submitted"
    assert not Agency.objects.get(pk=owner.organisation_id).is_listed


def test_one_register_away_is_enough_to_wait_for(world: Sandbox, owner: Actor) -> None:
    world.press("licences", outage=1)
    case = make.case_of(owner)
    actions.submit(owner)
    actions.ask_registers(SYSTEM, case_id=case.pk)

    assert answers(case) == {"business_licence": "passed", "hr_licence": "away"}


def test_afterwards_it_goes_on_by_itself(world: Sandbox, owner: Actor) -> None:
    press(world, outage=1)
    case = make.case_of(owner)
    actions.submit(owner)
    actions.ask_registers(SYSTEM, case_id=case.pk)
    press(world, outage=0)

    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert actions.ask_again(SYSTEM) == 1
        actions.ask_registers(SYSTEM, case_id=case.pk)

    assert answers(case) == {"business_licence": "passed", "hr_licence": "passed"}


def test_browsing_goes_on(world: Sandbox) -> None:
    press(world, outage=1)

    for path in ("/", "/jobs", "/agencies", "/login"):
        assert Client().get(path).status_code == 200
