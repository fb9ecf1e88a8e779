"""A program against its test data, by requests only: from a held posting to the first day at work, and what its endpoint is told."""

from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock
from jiuye.testmode.values import SEEKERS
from jiuye.webhooks.models import Endpoint, Message
from tests.factories import jobs, reference, webhooks
from tests.testmode.conftest import Integrator

pytestmark = pytest.mark.django_db
ACCEPTS, DECLINES = (one.phone for one in SEEKERS[:2])


@pytest.fixture
def endpoint(tester: Integrator) -> Endpoint:
    return webhooks.endpoint("https://receiver.example.com/in", agency=tester.api.agency, mode=Mode.TEST)


def told(endpoint: Endpoint) -> list[dict[str, Any]]:
    """What the endpoint is to be sent, in order."""
    rows = Message.objects.filter(endpoint=endpoint).order_by("sequence")
    return [orjson.loads(row.body) for row in rows]


def day(days: int, hour: int = 10) -> str:
    """A time in so many days, as JSON."""
    at = clock.local(clock.real_now()).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (at + timedelta(days=days)).isoformat()


def write_job(tester: Integrator, number: str) -> Any:
    """Create a posting with every legal element and publish it."""
    reference.occupation(reference.WELDER)
    body = {
        "title": "氩弧焊工", "occupation": reference.WELDER, "employer": {"name": "测试新单位有限公司"},
        "region": reference.WUHOU, "headcount": 2,
        "employment_type": "full_time", "pay_min": 5000, "pay_max": 7000, "valid_through": day(20)[:10], **jobs.TEXTS,
    }  # fmt: skip
    answer = tester.api.put(f"/agency/jobs/by-external-id/{number}", body)
    assert answer.status_code == 201, answer.content
    answer = tester.api.post(f"/agency/jobs/{answer.json()['id']}/publish", {})
    tester.work()
    return answer


def test_from_a_held_posting_to_the_first_day(tester: Integrator, endpoint: Endpoint) -> None:
    answer = write_job(tester, "hold_approve_1")
    assert answer.json()["state"] == "under_review", answer.content
    job = tester.api.get("/agency/jobs/by-external-id/hold_approve_1").json()
    assert job["state"] == "published"

    application = tester.apply(ACCEPTS, job["id"])
    one = f"/agency/applications/{application}"
    steps: list[tuple[str, dict[str, Any]]] = [
        ("view", {}),
        ("interviews", {
            "mode": "onsite", "starts_at": day(3), "answer_by": day(1), "contact_name": "周经办",
            "contact_phone": "028-00000000", "place": "示范路1号2楼",
        }),
        ("interviews/result", {"result": "passed"}),
        ("onboarding", {
            "report_at": day(7), "answer_by": day(2), "place": "示范路18号", "contact_name": "周经办",
            "contact_phone": "028-00000000",
        }),
        ("onboarding/result", {"outcome": "onboarded"}),
    ]  # fmt: skip
    for path, body in steps:
        answer = tester.api.post(f"{one}/{path}", body)
        assert answer.status_code in (200, 201), (path, answer.content)
        tester.work()
    assert tester.state(application) == "onboarded"
    kinds = [message["type"] for message in told(endpoint)]
    assert kinds[:4] == ["job.held", "job.approved", "application.submitted", "application.viewed"]
    assert {"interview.accepted", "onboarding.accepted"} <= set(kinds)
    assert all(message["mode"] == "test" for message in told(endpoint))


def test_seekers_are_found_and_answer_an_invitation_to_apply(tester: Integrator) -> None:
    found = tester.api.get("/agency/resumes").json()["items"]
    assert len(found) == len(SEEKERS)
    job_id = tester.jobs()[0]["id"]
    for one in found:
        answer = tester.api.post(f"/agency/resumes/{one['id']}/invite", {"job": job_id})
        assert answer.status_code == 201, answer.content
    tester.work()
    applied = tester.api.get("/agency/applications").json()["items"]
    assert len(applied) == 1


def test_the_endpoint_is_told_of_what_fell_due_with_the_moved_time(tester: Integrator, endpoint: Endpoint) -> None:
    """Trap 2.7: the time in the payload is the moved clock's; the message itself is made and signed in real time."""
    real = clock.real_now()
    tester.move(by="P214D")
    expired = [message for message in told(endpoint) if message["type"] == "job.expired"]
    assert len(expired) == 3
    for message in expired:
        at = datetime.fromisoformat(message["timestamp"])
        assert timedelta(days=30) <= at - real <= timedelta(days=32)
    assert any(message["type"].startswith("qualification.") for message in told(endpoint))
    for row in Message.objects.filter(endpoint=endpoint):
        assert row.created_at <= clock.real_now()
        assert row.due_at <= clock.real_now()


def test_live_endpoints_are_told_nothing(tester: Integrator) -> None:
    live = webhooks.endpoint("https://receiver.example.com/live", agency=tester.api.agency)
    write_job(tester, "1")
    tester.move(by="P40D")
    assert told(live) == []
