"""Each service outside in turn refuses, hangs, resets or talks nonsense (R6), as people see it: browsing and applying go on, nothing
counts as verified, signed in or approved, the page says in Chinese what is away, and when the service is back the waiting work is done
without anybody's help. The real adapters, against servers that misbehave; afterwards against the sandbox.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from jiuye.adapters import signed_http, sms_http
from jiuye.adapters.identity_oidc import wire
from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.qualifications.models import Case
from jiuye.domains.qualifications.tasks import repeat_checks
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.tasks import fetch_answers
from jiuye.kernel import clock
from jiuye.kernel.wiring import forget_adapters
from jiuye.notifications.models import TextMessage
from jiuye.runtime.processes import wait_until
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint
from tests.bars.going_on import browsing_and_applying_go_on, says
from tests.factories import accounts, applications, audits, channels, verification, webhooks
from tests.factories import cast as casts
from tests.factories import qualifications as make
from tests.factories.cast import Cast
from tests.factories.misbehaving import Service
from tests.factories.public_site import text_of
from tests.factories.sandbox import AUTHORITY_KEY, REGISTERS_KEY, TOKEN, Sandbox, free_port, running_sandbox
from tests.factories.small_worker import work
from tests.portals.seeker.sso.arriving import arrive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
IMPATIENT, PATIENT = 0.3, 10.0
"""Seconds of a call: of one that fails, and of one that a busy machine answers."""
FAILURES = {
    "hangs": Service.hang,
    "resets": Service.reset,
    "breaks down": Service.break_down,
    "talks nonsense": Service.tell_nonsense,
    "answers null": Service.tell_another_kind,
}
CARD_HOLDER = "19900001001"
PHONES = map(str, count(13970000000))
"""The sandbox keeps messages across tests."""


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=configured.SITE_URL) as running:
        yield running


@pytest.fixture(scope="module")
def failing() -> Iterator[dict[str, str]]:
    """For each way to fail the address of a service that does."""
    made = {name: Service(way) for name, way in FAILURES.items()}
    yield {name: service.url for name, service in made.items()} | {"refuses": f"http://127.0.0.1:{free_port()}"}
    for service in made.values():
        service.close()


@pytest.fixture(scope="module")
def cast(module_transaction: None) -> Cast:
    made = casts.assemble()
    channels.channel()
    return made


@dataclass
class Outside:
    """The services outside: all of them in the sandbox, or one of them away. A new adapter each time, as in a new process."""

    sandbox: Sandbox
    settings: Settings
    patch: pytest.MonkeyPatch
    url: str
    """Of the service that fails."""

    def away(self, port: str) -> None:
        """This service fails from now on."""
        self._wire({port: self.url})

    def back(self) -> None:
        """Every service works."""
        self._wire({})

    def _wire(self, failing: dict[str, str]) -> None:
        total = IMPATIENT if failing else PATIENT
        for module in (sms_http, signed_http, wire):
            self.patch.setattr(module, "TOTAL", total)
            self.patch.setattr(module, "CONNECT", total / 2)
        world = self.sandbox
        ports: dict[str, Any] = dict(self.settings.PORTS)
        card = failing.get("identity", f"{world.url}/essc")
        options: dict[str, dict[str, Any]] = {
            "sms": {"url": failing.get("sms", world.sms_url), "token": TOKEN, "inbox_url": f"{world.url}/phone"},
            "identity": {"issuer": card, "phone_url": f"{world.url}/phone"},
            "authority": {"url": failing.get("authority", world.authority_url), "key": AUTHORITY_KEY},
            "registers": {"url": failing.get("registers", world.registers_url), "key": REGISTERS_KEY},
            "webhooks": {"total": IMPATIENT},
        }
        for port, given in options.items():
            ports[port] = {**ports[port], "options": {**ports[port]["options"], **given}}
        self.settings.PORTS = ports
        forget_adapters()


@pytest.fixture(params=[*FAILURES, "refuses"])
def outside(
    request: pytest.FixtureRequest,
    sandbox: Sandbox,
    failing: dict[str, str],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Outside]:
    made = Outside(sandbox, settings, monkeypatch, failing[request.param])
    made.back()
    yield made
    forget_adapters()


def test_text_messages_wait(outside: Outside, cast: Cast) -> None:
    outside.away("sms")
    visitor, phone = Client(), next(PHONES)
    visitor.post("/login", {"phone": phone})
    assert work("codes") == {"send_login_code"}
    assert says(visitor.get("/login"), "短信服务暂时不通，我们正在重试", "看职位不受影响")
    assert visitor.post("/login/code", {"code": "000000"}).status_code == 422
    applications.in_state(cast, "interview_invited")
    assert "send_text_message" in work("events", "sms")
    assert "person_id" not in visitor.session
    assert not TextMessage.objects.filter(sent_at__isnull=False).exists()
    browsing_and_applying_go_on(cast)

    outside.back()
    assert work("events", "codes", "sms") == set()
    assert not TextMessage.objects.filter(sent_at=None, withheld_at=None).exists()
    visitor.post("/login/code", {"code": outside.sandbox.messages(phone)[0]["code"]})
    assert "person_id" in visitor.session


def test_nobody_comes_in_by_a_card_that_nobody_vouches_for(outside: Outside, cast: Cast) -> None:
    """Also from the apps: their entry is the card service."""
    visitor, people = Client(), User.objects.count()
    location = outside.sandbox.authorize(CARD_HOLDER, visitor.get("/sso/essc", {"channel": "app-pay"})["Location"])
    outside.away("identity")
    answers = [
        visitor.get("/sso/essc", {"channel": "app-pay"}),
        visitor.post("/login/qr"),
    ]
    outside.back()
    outside.sandbox.press("essc", outage=1)  # the answer of another address would be a forgery
    answers.append(arrive(visitor, location))
    for answer in answers:
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "暂时" in text_of(answer)
        assert "手机号" in text_of(answer)
    assert "person_id" not in visitor.session
    assert (User.objects.count(), RealName.objects.count()) == (people, 0)
    browsing_and_applying_go_on(cast)

    outside.sandbox.release("essc")
    again = visitor.get("/sso/essc", {"channel": "app-pay"})["Location"]
    answer = arrive(visitor, outside.sandbox.authorize(CARD_HOLDER, again))
    assert answer.status_code == 303
    assert "person_id" in visitor.session


def test_what_the_records_office_has_not_confirmed_is_not_confirmed(outside: Outside, cast: Cast) -> None:
    lin = cast.people["lin"]
    verification.real_name(lin)
    client, job = accounts.browser(lin), resumes.my_resume(cast.lin).employments[0].id
    outside.away("authority")
    client.post("/me/resume/verify", {"items": [str(job)], "consent": "on"})
    assert work("authority") <= {"ask_authority"}
    assert says(client.get("/me/resume"), "我们会一直自动重试")
    wait_long_enough()
    fetch_answers(0)
    case = VerificationCase.objects.get(subject_id=job)
    assert case.state == "pending"
    browsing_and_applying_go_on(cast)

    outside.back()

    def is_answered() -> bool:
        assert work("authority") == set()
        wait_long_enough()
        fetch_answers(0)
        return not VerificationCase.objects.filter(pk=case.pk, state="pending").exists()

    assert wait_until(is_answered, seconds=20)


def wait_long_enough() -> None:
    """Until the office is asked for its answer."""
    VerificationCase.objects.exclude(handed_over_at=None).update(handed_over_at=clock.now() - timedelta(minutes=5))


def test_no_organisation_is_approved_that_no_register_knows(outside: Outside, cast: Cast) -> None:
    outside.away("registers")
    case = make.submitted("market")
    assert work("authority") == set()
    auditor = accounts.browser(User.objects.get(pk=audits.auditor().person_id))
    assert says(auditor.get(f"/ops/qualifications/{case.pk}"), "暂时不通，稍后自动重试")
    refused = decide(case)
    assert says(refused, "登记系统暂时不通，没有核对之前不能通过")
    is_listed = Agency.objects.values_list("is_listed", flat=True).get(pk=case.organisation_id)
    state = Qualification.objects.values_list("state", flat=True).get(pk=case.qualification_id)
    assert (is_listed, state, Case.objects.get(pk=case.pk).state) == (False, "submitted", "submitted")
    browsing_and_applying_go_on(cast)

    outside.back()
    enter_in_registers(outside.sandbox, case)
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        repeat_checks(0)
        assert work("authority") == set()
        decide(case)
    assert Case.objects.get(pk=case.pk).state == "second_look"


def decide(case: Case) -> HttpResponse:
    """An auditor accepts everything, whatever the checks say."""
    auditor = accounts.browser(User.objects.get(pk=audits.auditor().person_id))
    given = {f"verdict-{kind}": "accepted" for kind in case.items.values_list("kind", flat=True)}
    given |= {"version": str(audits.version_of(case.pk)), "decision": "pass"}
    answer: HttpResponse = auditor.post(f"/ops/qualifications/{case.pk}/decide", given, follow=True)  # type: ignore[assignment]
    return answer


def enter_in_registers(world: Sandbox, case: Case) -> None:
    """The organisation is there as its handler states it."""
    agency, owner = Agency.objects.get(pk=case.organisation_id), make.owner_of(case)
    licence = make.values_for(owner, "hr_licence")
    unit = {"credit_code": agency.credit_code, "legal_name": agency.legal_name}
    world.enter("enterprises", {**unit, "established_on": "2015-03-02"})
    world.enter(
        "licences",
        {
            "number": licence["licence_number"],
            "holder_name": agency.legal_name,
            "credit_code": agency.credit_code,
            "expires_on": licence["expires_on"],
        },
    )


@pytest.mark.parametrize("outside", ["hangs", "resets", "breaks down", "refuses"], indirect=True)
def test_webhooks_wait_for_their_receiver(outside: Outside, cast: Cast) -> None:
    endpoint = webhooks.endpoint(f"{outside.url}/hooks", agency=cast.agency)
    webhooks.happen(endpoint, 2)
    owner: Callable[[str], HttpResponse] = accounts.browser(cast.people["qian"], confirmed=True).get  # type: ignore[assignment]
    deliver()
    assert set(webhooks.states(endpoint)) == {"pending"}
    assert says(owner(f"/agency/webhooks/{endpoint.id}"), "最近送不到", "平台会继续重试")
    browsing_and_applying_go_on(cast)

    with webhooks.receiver() as receiver, webhooks.later(7200):
        Endpoint.objects.update(url=receiver.url)
        deliver()
        deliver()
    assert set(webhooks.states(endpoint)) == {"delivered"}
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 2


def deliver() -> None:
    dispatcher = Dispatcher()
    dispatcher.drain()
    dispatcher.close()
