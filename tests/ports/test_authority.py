"""The contract of every records office, tested on each adapter with its service, and its callbacks."""

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import uuid4

import orjson
import pytest

from jiuye.adapters.authority_http import HttpVerificationAuthority
from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.message_signatures import signed
from jiuye.ports.authority import (
    AuthorityRejected,
    AuthorityUnavailable,
    CallbackForged,
    CheckAnswer,
    CheckKind,
    CheckRequest,
    VerificationAuthority,
)
from tests.factories.sandbox import AUTHORITY_KEY, Sandbox, free_port, running_sandbox
from tests.sandbox.asking import id_number_of
from tests.sandbox.receiving import Heard, Site

ZHIXIA = ("林知夏", id_number_of("林知夏"))
EMPLOYER = "杭州澄岸智软件技术有限公司"
PATH = "/callbacks/authority"
T = TypeVar("T")


def question(
    kind: CheckKind = "employment", who: tuple[str, str] = ZHIXIA, request_id: str = "", **claims: str
) -> CheckRequest:
    """A statement of 林知夏; by default where she works, as the records say."""
    if kind == "employment":
        claims = {"employer": EMPLOYER, "start": "2022-07", "end": "", **claims}
    return CheckRequest(request_id or uuid4().hex, kind, *who, claims)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as listening:
        yield listening


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=site.url) as running:
        yield running


@pytest.fixture
def office(sandbox: Sandbox) -> Iterator[Sandbox]:
    yield sandbox
    sandbox.release("authority")


def http(office: Sandbox, site: Site, **changes: Any) -> HttpVerificationAuthority:
    usual = {"url": office.authority_url, "key": AUTHORITY_KEY, "callback_url": site.url + PATH}
    return HttpVerificationAuthority(**{**usual, **changes})


@pytest.fixture(params=["http"])
def authority(request: pytest.FixtureRequest, office: Sandbox, site: Site) -> VerificationAuthority:
    """Each adapter in turn, with the service that it is for."""
    makers: dict[str, Callable[[], VerificationAuthority]] = {"http": lambda: http(office, site)}
    return makers[request.param]()


def eventually(look: Callable[[], T | None]) -> T:
    """Return what `look` finds, repeated until it finds something (at most ten seconds)."""
    for _ in range(200):
        found = look()
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError("nothing came")


def answer_to(authority: VerificationAuthority, asked: CheckRequest) -> CheckAnswer:
    """Send the request and wait for the answer."""
    authority.ask(asked)
    return eventually(lambda: authority.fetch(asked.id))


def told_about(site: Site, asked: CheckRequest, times: int = 1) -> list[Heard]:
    """The callbacks about a request, once there are that many."""

    def found() -> list[Heard] | None:
        heard = [one for one in site.heard if one.told["request_id"] == asked.id]
        return heard if len(heard) >= times else None

    return eventually(found)


def test_what_the_records_say_too_is_verified(authority: VerificationAuthority) -> None:
    asked = question()

    answer = answer_to(authority, asked)

    assert (answer.id, answer.outcome, answer.differences) == (asked.id, "verified", ())
    assert answer.source == "社会保险参保记录"


def test_what_they_tell_otherwise_is_a_mismatch_claim_by_claim(authority: VerificationAuthority) -> None:
    answer = answer_to(authority, question(start="2020-01"))

    assert answer.outcome == "mismatched"
    assert [(one.name, one.stated, one.recorded) for one in answer.differences] == [("start", "2020-01", "2022-07")]


def test_of_what_they_do_not_know_there_is_no_record(authority: VerificationAuthority) -> None:
    answer = answer_to(authority, question("certificate", title="电工证", number="DEMO1"))

    assert (answer.outcome, answer.differences) == ("no_record", ())


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("identity", {}),
        ("identity", {"phone": "+8619900001001"}),
        ("education", {"school": "杭州禾桥理工大学", "level": "20", "end": "2020-06"}),
        ("certificate", {"title": "计算机技术与软件专业技术资格（中级）", "number": "DEMO20230415", "issued": ""}),
    ],
)
def test_every_kind_can_be_asked(authority: VerificationAuthority, kind: CheckKind, claims: dict[str, str]) -> None:
    assert answer_to(authority, question(kind, **claims)).outcome == "verified"


def test_an_answer_is_pending_at_first(authority: VerificationAuthority, office: Sandbox) -> None:
    office.press("authority", delay=600)
    asked = question()

    authority.ask(asked)

    assert authority.fetch(asked.id) is None


def test_asking_the_same_again_is_asking_once(authority: VerificationAuthority, site: Site) -> None:
    asked = question()
    authority.ask(asked)

    assert answer_to(authority, asked) == authority.fetch(asked.id)
    assert len(told_about(site, asked)) == 1


def test_the_id_of_another_question_is_rejected(authority: VerificationAuthority) -> None:
    asked = question()
    authority.ask(asked)

    with pytest.raises(AuthorityRejected):
        authority.ask(question(request_id=asked.id, employer="另一家公司"))


def test_a_question_it_cannot_read_is_rejected(authority: VerificationAuthority) -> None:
    with pytest.raises(AuthorityRejected):
        authority.ask(question(start="2022"))


def test_an_unknown_request_is_rejected(authority: VerificationAuthority) -> None:
    with pytest.raises(AuthorityRejected):
        authority.fetch("nobody/../asked")


def test_an_outage_is_unavailable_and_over_when_it_is_over(authority: VerificationAuthority, office: Sandbox) -> None:
    office.press("authority", outage=1)
    asked = question()
    with pytest.raises(AuthorityUnavailable):
        authority.ask(asked)
    with pytest.raises(AuthorityUnavailable):
        authority.fetch(asked.id)

    office.release("authority")

    assert answer_to(authority, asked).outcome == "verified"


def test_an_authority_that_fails_is_unavailable(authority: VerificationAuthority, office: Sandbox) -> None:
    office.press("authority", fail=1)

    with pytest.raises(AuthorityUnavailable):
        authority.ask(question())


def test_one_too_slow_to_answer_is_unavailable(authority: VerificationAuthority, office: Sandbox) -> None:
    office.press("authority", slow=5)

    with pytest.raises(AuthorityUnavailable):
        authority.ask(question())


def test_a_callback_carries_the_answer(authority: VerificationAuthority, site: Site) -> None:
    asked = question(start="2020-01")
    authority.ask(asked)

    (heard,) = told_about(site, asked)

    assert heard.path == PATH
    told = authority.read_callback(headers=dict(heard.headers.items()), body=heard.body)
    assert told == authority.fetch(asked.id)


def test_an_answer_told_twice_reads_the_same_twice(
    authority: VerificationAuthority, office: Sandbox, site: Site
) -> None:
    office.press("authority", answer_twice=1)
    asked = question()
    authority.ask(asked)

    first, second = told_about(site, asked, times=2)

    assert authority.read_callback(headers=dict(first.headers), body=first.body) == authority.read_callback(
        headers=dict(second.headers), body=second.body
    )


def test_without_callbacks_the_answer_can_still_be_fetched(authority: VerificationAuthority, office: Sandbox) -> None:
    office.press("authority", no_callback=1)

    assert answer_to(authority, question()).outcome == "verified"


def test_a_callback_signed_by_another_key_is_forged(
    authority: VerificationAuthority, office: Sandbox, site: Site
) -> None:
    office.press("authority", forged_signature=1)
    asked = question()
    authority.ask(asked)
    (heard,) = told_about(site, asked)

    with pytest.raises(CallbackForged):
        authority.read_callback(headers=dict(heard.headers), body=heard.body)


def test_a_callback_with_anything_altered_is_forged(authority: VerificationAuthority, site: Site) -> None:
    asked = question(start="2020-01")
    authority.ask(asked)
    (heard,) = told_about(site, asked)
    headers = dict(heard.headers)
    altered = heard.body.replace(b"mismatched", b"verified")
    digest = signed("", method="POST", path=PATH, body=altered)["Content-Digest"]

    for forged, body in [
        (headers, altered),
        (headers | {"Content-Digest": digest}, altered),
        (headers | {"Signature": "jiuye=::"}, heard.body),
        (headers | {"Signature-Input": headers["Signature-Input"].replace("created=", "created=1")}, heard.body),
        ({}, heard.body),
    ]:
        with pytest.raises(CallbackForged):
            authority.read_callback(headers=forged, body=body)


def test_names_and_numbers_stay_out_of_representations() -> None:
    shown = repr(question(request_id="r-1"))

    assert "r-1" in shown
    assert not any(secret in shown for secret in (*ZHIXIA, EMPLOYER))


# Only the HTTP adapter.


def callback(at: float | None = None, key: str = AUTHORITY_KEY, path: str = PATH, **changes: Any) -> dict[str, Any]:
    """A callback made by hand: the keyword arguments of `read_callback`."""
    told = {
        "request_id": "r-1",
        "status": "answered",
        "outcome": "verified",
        "source": "社会保险参保记录",
        "answered_at": "2026-11-20T10:00:00+08:00",
        "differences": [],
        **changes,
    }
    body = orjson.dumps(told)
    moment = time.time() if at is None else at
    return {"headers": signed(key, method="POST", path=path, body=body, clock=lambda: moment), "body": body}


def test_a_callback_counts_within_five_minutes(office: Sandbox, site: Site) -> None:
    authority, now = http(office, site), time.time()

    assert authority.read_callback(**callback(at=now - 240)).id == "r-1"
    for moment in (now - 310, now + 310):
        with pytest.raises(CallbackForged, match="of these minutes"):
            authority.read_callback(**callback(at=moment))


def test_a_signature_for_another_address_or_by_another_key_is_forged(office: Sandbox, site: Site) -> None:
    authority = http(office, site)

    for forged in (callback(path="/callbacks/sms-receipts"), callback(key="another")):
        with pytest.raises(CallbackForged, match="did not match"):
            authority.read_callback(**forged)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "perhaps"},
        {"request_id": 7},
        {"answered_at": "today"},
        {"answered_at": "2026-11-20T10:00:00"},
        {"differences": [{}]},
    ],
)
def test_a_signed_callback_that_is_no_answer_is_refused(office: Sandbox, site: Site, wrong: dict[str, Any]) -> None:
    with pytest.raises(CallbackForged, match="no answer"):
        http(office, site).read_callback(**callback(**wrong))


def test_header_names_may_be_in_any_case(office: Sandbox, site: Site) -> None:
    given = callback()
    lowered = {name.lower(): value for name, value in given["headers"].items()}

    assert http(office, site).read_callback(headers=lowered, body=given["body"]).id == "r-1"


def test_wrong_credentials_are_unavailable_for_they_can_be_put_right(office: Sandbox, site: Site) -> None:
    with pytest.raises(AuthorityUnavailable):
        http(office, site, key="wrong").ask(question())


def test_nobody_listening_is_unavailable(office: Sandbox, site: Site) -> None:
    with pytest.raises(AuthorityUnavailable):
        http(office, site, url=f"http://127.0.0.1:{free_port()}/authority").ask(question())


def test_an_authority_that_keeps_failing_is_left_alone_for_a_while(office: Sandbox, site: Site) -> None:
    moment = 0.0
    breaker = CircuitBreaker(failures=2, rest=10, clock=lambda: moment)
    authority = http(office, site, breaker=breaker)
    office.press("authority", outage=1)
    for _ in range(2):
        with pytest.raises(AuthorityUnavailable):
            authority.ask(question())
    office.release("authority")

    with pytest.raises(AuthorityUnavailable, match="not asked again yet"):
        authority.ask(question())
    moment = 10
    authority.ask(question())


def test_rejected_questions_do_not_open_the_circuit(office: Sandbox, site: Site) -> None:
    authority = http(office, site, breaker=CircuitBreaker(failures=1))
    with pytest.raises(AuthorityRejected):
        authority.fetch("nobody")

    authority.ask(question())
