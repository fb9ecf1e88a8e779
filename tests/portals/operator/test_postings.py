"""The operators' queue of postings that screening held back."""

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.actor import Actor
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def auditor() -> Client:
    return signed_in(organisations.operator("auditor"))


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting(state="under_review", requirements="35岁以下")


def test_the_queue_leads_to_the_posting_with_its_words(auditor: Client, posting: JobPosting) -> None:
    assert f"/ops/postings/{posting.id}" in auditor.get("/ops/postings").content.decode()
    assert "<mark>35岁以下</mark>" in auditor.get(f"/ops/postings/{posting.id}").content.decode()


def test_approving_publishes(auditor: Client, posting: JobPosting) -> None:
    auditor.post(f"/ops/postings/{posting.id}/approve")
    posting.refresh_from_db()
    assert posting.state == "published"


def test_rejecting_needs_a_reason(auditor: Client, posting: JobPosting) -> None:
    assert auditor.post(f"/ops/postings/{posting.id}/reject", {"reason": ""}).status_code == 422
    auditor.post(f"/ops/postings/{posting.id}/reject", {"reason": "请删去年龄限制。"})
    posting.refresh_from_db()
    assert (posting.state, posting.review_note) == ("rejected", "请删去年龄限制。")


def test_a_posting_that_a_colleague_decided_on_is_no_longer_there(auditor: Client, posting: JobPosting) -> None:
    auditor.post(f"/ops/postings/{posting.id}/approve")
    assert auditor.get(f"/ops/postings/{posting.id}").status_code == 404
    assert auditor.post(f"/ops/postings/{posting.id}/approve").status_code == 302


def test_others_are_kept_out(posting: JobPosting) -> None:
    for stranger in (organisations.operator("support"), organisations.member(posting.agency)):
        client = signed_in(stranger)
        assert client.get("/ops/postings").status_code == 403
        assert client.post(f"/ops/postings/{posting.id}/approve").status_code == 403
    posting.refresh_from_db()
    assert posting.state == "under_review"
