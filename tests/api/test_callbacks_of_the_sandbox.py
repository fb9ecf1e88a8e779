"""End to end: the callbacks of the running sandbox, byte for byte, sent to the product's views."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.states import CodeDelivery, CodePurpose
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.wiring import forget_adapters
from jiuye.ports import authority, sms
from jiuye.ports.authority import CheckRequest
from tests.factories.accounts import actor, person
from tests.factories.sandbox import AUTHORITY_KEY, RECEIPT_KEY, TOKEN, Sandbox, running_sandbox
from tests.sandbox.asking import id_number_of
from tests.sandbox.receiving import Heard, Site

pytestmark = pytest.mark.django_db

NAME = "林知夏"
JOB = {"employer": "杭州澄岸智软件技术有限公司", "start": "2022-07", "end": ""}
BROWSER = actions.binding_of("a browser")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Listens in the product's place and keeps what it receives."""
    with Site() as listening:
        yield listening


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=site.url) as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox, site: Site, settings: Settings) -> Iterator[Sandbox]:
    """The sandbox, wired in as records office and SMS gateway, without faults."""
    office = {"url": sandbox.authority_url, "key": AUTHORITY_KEY, "callback_url": f"{site.url}/callbacks/authority"}
    gateway = settings.PORTS["sms"]["options"] | {"url": sandbox.sms_url, "token": TOKEN, "receipt_key": RECEIPT_KEY}
    settings.PORTS = {
        **settings.PORTS,
        "authority": {**settings.PORTS["authority"], "options": office},
        "sms": {**settings.PORTS["sms"], "options": gateway},
    }
    forget_adapters()
    yield sandbox
    sandbox.release("authority")
    sandbox.release("sms")
    forget_adapters()


def passed_on(site: Site, about: str, times: int = 1) -> list[Any]:
    """The product's answers to the sandbox's callbacks about a request or a message, once there are that many."""
    for _ in range(200):
        heard = [one for one in site.heard if about in one.body.decode()]
        if len(heard) >= times:
            return [pass_on(one) for one in heard]
        time.sleep(0.05)
    raise AssertionError("nothing came")


def pass_on(heard: Heard) -> Any:
    headers = dict(heard.headers.items())
    return Client(enforce_csrf_checks=True).post(
        heard.path, heard.body, content_type="application/json", headers=headers
    )


@pytest.fixture
def case(world: Sandbox) -> VerificationCase:
    """林知夏's job, with a verification request that was not yet sent."""
    item = verification.Item(CheckKind.EMPLOYMENT, new_id(), JOB)
    [case_id] = verification.request(
        actor(person()), items=[item], name=NAME, id_number=id_number_of(NAME), has_consented=True
    )
    return VerificationCase.objects.get(pk=case_id)


def hand_over(case: VerificationCase) -> None:
    """Send it, as the worker does."""
    authority.get().ask(CheckRequest(str(case.id), "employment", NAME, id_number_of(NAME), JOB))


def test_an_answer_of_the_authority_is_written_down(case: VerificationCase, site: Site) -> None:
    hand_over(case)

    assert [answer.status_code for answer in passed_on(site, str(case.id))] == [204]
    case.refresh_from_db()
    assert (case.state, case.source) == ("verified", "社会保险参保记录")


def test_one_that_comes_twice_is_taken_twice(case: VerificationCase, site: Site, world: Sandbox) -> None:
    world.press("authority", answer_twice=1)
    hand_over(case)

    assert [answer.status_code for answer in passed_on(site, str(case.id), times=2)] == [204, 204]
    case.refresh_from_db()
    assert case.state == "verified"


def test_one_signed_by_somebody_else_is_refused(case: VerificationCase, site: Site, world: Sandbox) -> None:
    world.press("authority", forged_signature=1)
    hand_over(case)

    assert {answer.status_code for answer in passed_on(site, str(case.id))} == {401}
    case.refresh_from_db()
    assert case.state == "pending"


def sent_code(phone: str) -> UUID:
    """A code's message, sent to the gateway."""
    code_id = actions.request_code(Actor(), phone=phone, purpose=CodePurpose.LOGIN, binding=BROWSER)
    sms.get().send(sms.SmsMessage(str(code_id), phone, "code_login", {"code": "483920"}, "【就业在线】验证码 483920"))
    actions.record_delivery(Actor.system(), code_id=code_id, delivery=CodeDelivery.SENT)
    return code_id


def test_a_receipt_of_the_gateway_is_noted(world: Sandbox, site: Site) -> None:
    code_id = sent_code("19900000561")

    assert [answer.status_code for answer in passed_on(site, str(code_id))] == [204]
    assert queries.code_delivery(code_id=code_id, binding=BROWSER) == CodeDelivery.DELIVERED


def test_so_is_that_a_message_did_not_arrive(world: Sandbox, site: Site) -> None:
    world.press(fail=1)
    code_id = sent_code("19900000562")

    passed_on(site, str(code_id))

    assert queries.code_delivery(code_id=code_id, binding=BROWSER) == CodeDelivery.FAILED
