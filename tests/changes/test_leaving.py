"""Trap 2.4: however a posting leaves, a reader of changes alone is told, with its id and the reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jiuye.changes import repair, writer
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import actions as organisations_actions
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.merging.actions import merge_employers
from tests.changes.conftest import Feed
from tests.factories import audits, organisations
from tests.factories.jobs import posting

pytestmark = pytest.mark.django_db


class Copy:
    """A channel that holds a copy: it took everything once, and reads changes from then on."""

    def __init__(self) -> None:
        self.jobs: dict[str, Any] = {}
        self.gone: dict[str, str] = {}
        self.after = ""
        self.read()

    def read(self) -> None:
        while True:
            page = Client().get("/api/v1/changes", {"after": self.after} if self.after else {}).json()
            for one in page["items"]:
                self.jobs.pop(one["id"], None)
                if one["change"] == "tombstone":
                    self.gone[one["id"]] = one["reason"]
                elif one["kind"] == "job":
                    self.jobs[one["id"]] = one["job"]
            self.after = page["next"]
            if not page["has_more"]:
                return


def owner(agency: Agency) -> Actor:
    return Actor(organisations.member(agency).person, agency.pk, "agency", "owner")


def withdrawn(one: JobPosting) -> None:
    jobs.withdraw_posting(owner(one.agency), posting_id=one.pk)


def filled(one: JobPosting) -> None:
    jobs.fill_posting(owner(one.agency), posting_id=one.pk, hired_here=1, hired_elsewhere=0)


def banned(one: JobPosting) -> None:
    jobs.ban_posting(audits.auditor(), posting_id=one.pk, reason="虚假招聘，收取押金。")


def hidden_employer(one: JobPosting) -> None:
    organisations_actions.restrict(
        Actor.system(), kind="employer", organisation_id=one.employer_id, restriction="taken_down"
    )


def closed_shop(one: JobPosting) -> None:
    organisations_actions.restrict(
        Actor.system(), kind="agency", organisation_id=one.agency_id, restriction="suspended"
    )


def erased(one: JobPosting) -> None:
    one.delete()
    repair.compare()


LEAVES: list[tuple[Callable[[JobPosting], None], str]] = [
    (withdrawn, "withdrawn"),
    (filled, "filled"),
    (banned, "banned"),
    (hidden_employer, "hidden"),
    (closed_shop, "hidden"),
    (erased, "erased"),
]


@pytest.mark.parametrize(("leave", "reason"), LEAVES, ids=[leave.__name__ for leave, _ in LEAVES])
def test_a_posting_leaves_with_its_reason(feed: Feed, leave: Callable[[JobPosting], None], reason: str) -> None:
    one, kept = posting(), posting()
    feed.write(one, kept)
    copy = Copy()
    posting_id = str(one.pk)
    leave(one)
    feed.deliver()
    copy.read()
    assert copy.gone == {posting_id: reason}
    assert set(copy.jobs) == {str(kept.pk)}


def test_a_posting_leaves_by_the_date_alone(feed: Feed) -> None:
    one = posting(valid_through=clock.today())
    feed.write(one)
    copy = Copy()
    with clock.frozen(clock.now() + timedelta(days=1)):
        repair.note_expired()
        writer.drain()
        copy.read()
    assert copy.gone == {str(one.pk): "expired"}


def test_a_merged_employer_names_its_survivor_and_its_postings_stay(feed: Feed) -> None:
    one, other = posting(), posting()
    merged, survivor = one.employer_id, other.employer_id
    Employer.objects.filter(pk=merged).update(credit_code=None)
    feed.write(one, other)
    copy = Copy()
    merge_employers(audits.auditor(), survivor_id=survivor, merged_id=merged, reason="同一家单位。")
    feed.deliver()
    copy.read()
    assert copy.gone == {str(merged): "merged"}
    assert copy.jobs[str(one.pk)]["employer"]["id"] == str(survivor)
    items = Client().get("/api/v1/changes", {"kinds": "employer"}).json()["items"]
    assert [(item["id"], item["merged_into"]) for item in items] == [(str(merged), str(survivor))]


def test_a_posting_that_is_published_again_is_present(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    copy = Copy()
    withdrawn(one)
    feed.deliver()
    jobs.publish_posting(owner(one.agency), posting_id=one.pk)
    feed.deliver()
    copy.read()
    assert set(copy.jobs) == {str(one.pk)}


def test_what_an_agency_says_of_itself_is_renewed_in_all_its_postings(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    copy = Copy()
    _edit_fees(one.agency_id)
    feed.deliver()
    copy.read()
    assert copy.jobs[str(one.pk)]["agency"]["fees"] == "一律不收费"


def _edit_fees(agency_id: UUID) -> None:
    texts = organisations_actions.ShopTexts("", "", "", ["职业介绍"], "一律不收费")
    organisations_actions.edit_shop(owner(Agency.objects.get(pk=agency_id)), texts=texts)
