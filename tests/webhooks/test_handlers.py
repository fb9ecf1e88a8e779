"""What endpoints are told of each event of the domains, and that every payload fits its schema."""

from datetime import date
from typing import Any
from uuid import UUID

import jsonschema_rs
import orjson
import pytest
from django.db import transaction

from jiuye.domains.applications.events import ApplicationAdvanced, ConsentWithdrawn, OpinionGiven, ResumesErased
from jiuye.domains.clients.events import ClientRevoked
from jiuye.domains.fairs.events import FairCancelled, FairMoved, FairPublished
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.events import ImportFinished, PostingReviewed, PostingsChanged, WishAnswered, WishMade
from jiuye.domains.organisations.events import (
    AffiliationChanged,
    MemberJoined,
    MembershipChanged,
    MembershipRequested,
)
from jiuye.domains.qualifications.events import CaseDecided, CaseSubmitted, QualificationExpiring
from jiuye.domains.reports.events import ReportsDecided
from jiuye.domains.reviews.events import ReviewAnswered, ReviewReportsDecided, ShopReviewed
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Event
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventRecord
from jiuye.webhooks import catalogue, handlers, transitions
from jiuye.webhooks.models import Endpoint, Message
from jiuye.worker.handlers import HANDLERS
from tests.factories import clients, organisations, webhooks
from tests.factories import jobs as make
from tests.factories.cast import assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def endpoint() -> Endpoint:
    """An endpoint that gets everything."""
    return webhooks.endpoint("https://example.com/hooks")


def told(event: Event) -> list[str]:
    """Publish an event and run its webhooks' handlers. Return the types of the messages, whose payloads fit their schemas."""
    known = set(Message.objects.values_list("id", flat=True))
    with transaction.atomic():
        events.publish(Actor.system(), event)
    ours = [one for one in HANDLERS[event.name] if one.__module__ == handlers.__name__]
    events.deliver(EventRecord.objects.latest("id").id, {event.name: ours})
    fresh = [row for row in Message.objects.order_by("sequence") if row.id not in known]
    for row in fresh:
        jsonschema_rs.validate(catalogue.TYPES[row.type].schema(), orjson.loads(row.body))
    return [row.type for row in fresh]


def a_day() -> date:
    """Some day."""
    return date(2026, 11, 29)


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (OpinionGiven, {"verdict": "suitable"}, "application.opinion_given"),
        (ConsentWithdrawn, {}, "consent.withdrawn"),
        (FairPublished, {"title": "", "when": "", "where": ""}, "fair.published"),
        (FairMoved, {"title": "", "was": "", "now": "", "is_soon": False}, "fair.changed"),
        (FairCancelled, {"title": "", "when": "", "reason": "", "is_soon": False}, "fair.cancelled"),
        (ImportFinished, {}, "import.finished"),
        (WishMade, {"title": ""}, "job.wish_made"),
        (WishAnswered, {"title": "", "is_done": True, "answer": ""}, "job.wish_done"),
        (WishAnswered, {"title": "", "is_done": False, "answer": ""}, "job.wish_declined"),
        (MemberJoined, {"organisation_kind": "agency", "role": "viewer"}, "member.joined"),
        (MembershipChanged, {"organisation_kind": "agency", "role": "owner"}, "member.changed"),
        (MembershipChanged, {"organisation_kind": "agency", "role": ""}, "member.left"),
        (CaseSubmitted, {}, "qualification.submitted"),
        (CaseDecided, {"step": "single"}, "qualification.decided"),
        (ShopReviewed, {"stars": 5, "is_edited": False}, "review.created"),
        (ShopReviewed, {"stars": 5, "is_edited": True}, "review.changed"),
        (ReviewAnswered, {"agency_name": ""}, "review.answered"),
        (
            ReviewReportsDecided,
            {"agency_name": "", "reporter_ids": [], "is_hidden": True, "answer": ""},
            "review.hidden",
        ),
        (
            QualificationExpiring,
            {"organisation_kind": "agency", "days": 7, "is_over": False, "expires_on": a_day()},
            "qualification.expiring",
        ),
        (
            QualificationExpiring,
            {"organisation_kind": "agency", "days": 0, "is_over": True, "expires_on": a_day()},
            "qualification.expired",
        ),
    ],
)
def test_each_event_has_its_type(endpoint: Endpoint, kind: type[Event], given: dict[str, Any], expected: str) -> None:
    ids: dict[str, Any] = {
        name: endpoint.agency_id if name in ("agency_id", "organisation_id") else new_id()
        for name, type_ in kind.__annotations__.items()
        if type_ is UUID
    }
    assert told(kind(**ids, **given)) == [expected]


@pytest.mark.parametrize("verb", transitions.OF_APPLICATION)
def test_each_step_of_an_application_has_its_type(endpoint: Endpoint, verb: str) -> None:
    event = ApplicationAdvanced(
        new_id(), new_id(), new_id(), new_id(), endpoint.agency_id, verb, party="agency", to_state="viewed"
    )
    assert told(event) == [transitions.OF_APPLICATION[verb]]
    body = orjson.loads(Message.objects.get().body)
    assert str(event.applicant_id) not in orjson.dumps(body).decode()


@pytest.mark.parametrize("verb", transitions.OF_AFFILIATION)
def test_each_step_of_an_affiliation_has_its_type(endpoint: Endpoint, verb: str) -> None:
    event = AffiliationChanged(new_id(), new_id(), endpoint.agency_id, verb, "agency")
    assert told(event) == [transitions.OF_AFFILIATION[verb]]


@pytest.mark.parametrize("verb", sorted(transitions.OF_POSTING.keys() - {"approve", "reject"}))
def test_each_change_of_a_posting_has_its_type(verb: str) -> None:
    posting = make.posting()
    webhooks.endpoint("https://example.com/hooks", agency=posting.agency)
    assert told(PostingsChanged([posting.id], verb)) == [transitions.OF_POSTING[verb]]


def test_a_decision_on_a_held_posting_is_told_once() -> None:
    posting = make.posting()
    webhooks.endpoint("https://example.com/hooks", agency=posting.agency)
    assert told(PostingsChanged([posting.id], "approve")) == []
    assert told(PostingReviewed(posting.id, posting.agency_id, "", True, "")) == ["job.approved"]
    assert told(PostingReviewed(posting.id, posting.agency_id, "", False, "再写清楚")) == ["job.rejected"]
    about = {"posting_id": posting.id, "agency_id": posting.agency_id, "title": "", "reporter_ids": [], "answer": ""}
    assert told(ReportsDecided(**about, is_upheld=True, is_banned=False)) == ["job.report_upheld"]
    assert told(ReportsDecided(**about, is_upheld=False, is_banned=False)) == []


def test_erased_resumes_are_told_one_by_one(endpoint: Endpoint) -> None:
    assert told(ResumesErased(endpoint.agency_id, [new_id(), new_id()])) == ["resume.erased"] * 2


def test_other_agencies_hear_nothing(endpoint: Endpoint) -> None:
    other = organisations.agency()
    assert told(ImportFinished(new_id(), other.id, new_id())) == []
    assert told(MembershipRequested(new_id(), other.id, "agency", new_id())) == []


def test_a_revoked_clients_endpoints_are_switched_off(endpoint: Endpoint) -> None:
    caller = clients.caller(endpoint.agency)
    own = webhooks.endpoint("https://example.com/own", agency=endpoint.agency, client_id=caller.client_id)
    told(ClientRevoked(caller.client_id, endpoint.agency_id))
    own.refresh_from_db()
    endpoint.refresh_from_db()
    assert (own.state, own.off_reason, endpoint.state) == ("off", "client_revoked", "active")


def test_withdrawing_a_posting_is_told_from_the_action_on() -> None:
    cast = assemble()
    endpoint = webhooks.endpoint("https://example.com/hooks", agency=cast.agency)
    posting = make.posting(agency=cast.agency, external_code="A-17")
    recruiter = organisations.member(cast.agency, role="recruiter")
    jobs.withdraw_posting(recruiter, posting_id=posting.id)
    for record in EventRecord.objects.order_by("id"):
        ours = [one for one in HANDLERS.get(record.name, ()) if one.__module__ == handlers.__name__]
        events.deliver(record.id, {record.name: ours})
    [message] = Message.objects.filter(endpoint=endpoint)
    assert message.type == "job.withdrawn"
    assert orjson.loads(message.body)["data"] == {"job_id": str(posting.id), "external_id": "A-17"}
