"""Each step of an affiliation is told to the other side's staff, in its own centre, once."""

import pytest

from jiuye.domains.organisations import actions
from jiuye.kernel import events
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import organisations

pytestmark = pytest.mark.django_db


def deliver() -> None:
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)


def test_both_sides_follow_it_from_the_request_to_the_end() -> None:
    employer, agency = organisations.employer(is_certified=True), organisations.agency()
    lu, zhou = organisations.member(employer), organisations.member(agency)
    made = actions.request_affiliation(lu, agency_id=agency.id, note="", jobs_meant="电焊工 5 人")
    actions.approve_affiliation(zhou, affiliation_id=made)
    actions.end_affiliation(lu, affiliation_id=made, reason="合同到期。")
    for _ in range(2):
        deliver()
        EventDelivery.objects.all().delete()
    told = Notification.objects.order_by("created_at", "id").values_list("user_id", "kind", "link")
    assert list(told) == [
        (zhou.person_id, "affiliation.agency_request", f"/agency/employers/{made}"),
        (lu.person_id, "affiliation.employer_approve", f"/employer/agencies/{made}"),
        (zhou.person_id, "affiliation.agency_end", f"/agency/employers/{made}"),
    ]
    assert "原因：合同到期。对方" in Notification.objects.get(kind="affiliation.agency_end").body
    assert [one.template for one in TextMessage.objects.all()] == ["affiliation.agency_request"]


def test_a_refusal_tells_why() -> None:
    employer, agency = organisations.employer(), organisations.agency()
    lu, zhou = organisations.member(employer), organisations.member(agency)
    asked = organisations.affiliate(employer, agency, "requested")
    actions.refuse_affiliation(zhou, affiliation_id=asked.id, reason="近期任务已满")
    deliver()
    told = Notification.objects.get()
    assert (told.user_id, told.organisation_id) == (lu.person_id, employer.id)
    assert "近期任务已满" in told.body
