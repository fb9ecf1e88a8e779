"""A client in test mode, and the worker."""

from typing import Any
from uuid import UUID

import pytest

from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.clients.models import TestWorld
from jiuye.domains.clients.states import Mode
from jiuye.kernel import events, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.testmode.actions import ensure_test_data
from jiuye.worker.handlers import HANDLERS
from tests.factories import applications, clients


class Integrator:
    """A client in test mode: its requests, the steps of its agency, and what the worker does about them."""

    def __init__(self) -> None:
        self.api = clients.caller(mode=Mode.TEST)
        self.client_id = self.api.client_id
        self.agency_id = ensure_test_data(self.client_id)
        self.work()

    def work(self) -> None:
        """Deliver every event as the worker would, and those that follow."""
        while True:
            done = EventDelivery.objects.values("event_id")
            waiting = EventRecord.objects.exclude(pk__in=done).order_by("occurred_at", "id")
            before = EventDelivery.objects.count()
            for event_id in list(waiting.values_list("id", flat=True)):
                events.deliver(event_id, HANDLERS)
            if EventDelivery.objects.count() == before:
                return

    def jobs(self) -> list[dict[str, Any]]:
        """Its postings."""
        found: list[dict[str, Any]] = self.api.get("/agency/jobs").json()["items"]
        return found

    def apply(self, phone: str, job_id: str = "") -> UUID:
        """A seeker applies to a posting."""
        body = {"phone": phone, "job_id": job_id or self.jobs()[0]["id"]}
        answer = self.api.post("/test/applications", body)
        assert answer.status_code == 201, answer.content
        self.work()
        return UUID(answer.json()["application_id"])

    def step(self, verb: str, application_id: UUID) -> None:
        """The agency does something with an application."""
        with worlds.of_client(self.client_id):
            applications.STEPS[verb](self.actor(), application_id)
        self.work()

    def actor(self) -> Actor:
        """The member for whom the client acts."""
        return Actor(self.api.member_id, self.agency_id, "agency", "owner", client_id=self.client_id)

    def state(self, application_id: UUID) -> str:
        """The state of an application."""
        with worlds.of_client(self.client_id):
            return Application.objects.get(pk=application_id).state

    def invitation(self, application_id: UUID) -> InterviewInvitation:
        """The invitation of an application."""
        with worlds.of_client(self.client_id):
            return InterviewInvitation.objects.get(application_id=application_id)

    def move(self, **by: Any) -> Any:
        """Move the clock on."""
        answer = self.api.post("/test/clock", by)
        assert answer.status_code == 200, answer.content
        self.work()
        return answer.json()

    def ahead(self) -> float:
        """Days by which its clock is ahead."""
        return TestWorld.objects.get(pk=self.client_id).offset.total_seconds() / 86400


@pytest.fixture
def tester() -> Integrator:
    return Integrator()
