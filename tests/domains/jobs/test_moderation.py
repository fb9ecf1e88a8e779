"""Operators decide on what screening held back."""

from dataclasses import replace

import pytest

from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.tasks import deliver_event
from tests.factories import jobs, organisations

pytestmark = pytest.mark.django_db
AGE = "年龄 18-45 岁，能倒班。"


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


def held_back() -> tuple[JobPosting, Actor]:
    """A posting that its agency published and screening held back."""
    agency = organisations.agency()
    recruiter = organisations.member(agency)
    posting = jobs.draft(agency, requirements=AGE)
    assert actions.publish_posting(recruiter, posting_id=posting.id) == "under_review"
    posting.refresh_from_db()
    return posting, recruiter


def deliver_all() -> None:
    for event in EventRecord.objects.filter(name="PostingReviewed"):
        deliver_event(str(event.id))


def test_an_approved_posting_is_public_and_its_agency_told(auditor: Actor) -> None:
    posting, recruiter = held_back()
    actions.approve_posting(auditor, posting_id=posting.id)
    assert queries.detail(posting.id).is_open
    assert AuditEntry.objects.filter(action="posting.approve", actor_person_id=auditor.person_id).exists()
    deliver_all()
    assert Notification.objects.get().user_id == recruiter.person_id


def test_a_rejected_posting_goes_back_with_the_reason(auditor: Actor) -> None:
    posting, recruiter = held_back()
    actions.reject_posting(auditor, posting_id=posting.id, reason="年龄限制没有必要，请删去。")
    found = queries.get_for(recruiter, posting.id)
    assert (found.state, found.review_note, found.can_edit) == ("rejected", "年龄限制没有必要，请删去。", True)
    deliver_all()
    assert "年龄限制没有必要" in Notification.objects.get().body


def test_a_corrected_posting_is_published_without_the_old_reason(auditor: Actor) -> None:
    posting, recruiter = held_back()
    actions.reject_posting(auditor, posting_id=posting.id, reason="请删去年龄限制。")
    JobPosting.objects.update(requirements="能倒班。")
    actions.publish_posting(recruiter, posting_id=posting.id)
    posting.refresh_from_db()
    assert (posting.state, posting.review_note) == ("published", "")


@pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
def test_a_rejection_says_why(auditor: Actor, reason: str) -> None:
    posting, _ = held_back()
    with pytest.raises(Invalid):
        actions.reject_posting(auditor, posting_id=posting.id, reason=reason)


def test_a_decision_is_made_once(auditor: Actor) -> None:
    posting, _ = held_back()
    actions.approve_posting(auditor, posting_id=posting.id)
    with pytest.raises(Refused):
        actions.reject_posting(auditor, posting_id=posting.id, reason="太晚")
    posting.refresh_from_db()
    assert posting.state == "published"


def test_a_posting_whose_last_day_passed_in_the_queue_is_not_approved(auditor: Actor) -> None:
    posting, _ = held_back()
    JobPosting.objects.update(valid_through=jobs.yesterday())
    with pytest.raises(Refused):
        actions.approve_posting(auditor, posting_id=posting.id)


@pytest.mark.parametrize("state", ["published", "withdrawn", "under_review"])
def test_a_banned_posting_is_gone_for_good_and_published_as_a_change(auditor: Actor, state: str) -> None:
    posting = jobs.posting(state=state)
    actions.ban_posting(auditor, posting_id=posting.id, reason="收取押金，核查属实。")
    posting.refresh_from_db()
    assert (posting.state, posting.review_note) == ("banned", "收取押金，核查属实。")
    assert posting.closed_at is not None
    with pytest.raises(NotFound):
        queries.detail(posting.id)
    assert EventRecord.objects.get(name="PostingsChanged").payload == {
        "posting_ids": [str(posting.id)],
        "verb": "ban",
    }
    assert AuditEntry.objects.get(action="posting.ban").subject_id == str(posting.id)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
def test_a_ban_says_why(auditor: Actor, reason: str) -> None:
    posting = jobs.posting()
    with pytest.raises(Invalid):
        actions.ban_posting(auditor, posting_id=posting.id, reason=reason)
    posting.refresh_from_db()
    assert posting.state == "published"


def test_a_ban_is_pronounced_once(auditor: Actor) -> None:
    posting = jobs.posting(state="banned")
    with pytest.raises(Refused):
        actions.ban_posting(auditor, posting_id=posting.id, reason="再次。")


def test_the_queue_shows_who_waits_for_which_words(auditor: Actor) -> None:
    posting, _ = held_back()
    jobs.posting()
    (item,) = queries.held_back(auditor).items
    assert (item.id, item.words) == (posting.id, ("年龄 18-45 岁",))
    assert queries.review_count() == 1


def test_nobody_but_auditors_decides(auditor: Actor) -> None:
    posting, recruiter = held_back()
    with pytest.raises(Denied):
        actions.approve_posting(replace(auditor, role="support"), posting_id=posting.id)
    for stranger in (recruiter, Actor.anonymous(), Actor.system()):
        with pytest.raises(NotFound):
            actions.approve_posting(stranger, posting_id=posting.id)
        with pytest.raises(NotFound):
            queries.to_review(stranger, posting.id)
    posting.refresh_from_db()
    assert posting.state == "under_review"
