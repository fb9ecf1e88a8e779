"""Postings of sanctioned agencies and for sanctioned employers: no way to publish them, and none to see them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.actions.imports import run_import
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.queries import Browse, Gone
from jiuye.domains.organisations.events import EmployerRestricted
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from tests.factories import imports, jobs, organisations

pytestmark = pytest.mark.django_db

LEVELS = ["limited", "taken_down", "suspended", "banned"]
HIDING = LEVELS[1:]
AGE = "年龄 18-45 岁，能倒班。"
Door = Callable[[Actor, JobPosting], None]


def publish(recruiter: Actor, posting: JobPosting) -> None:
    actions.publish_posting(recruiter, posting_id=posting.id)


def republish(recruiter: Actor, posting: JobPosting) -> None:
    JobPosting.objects.filter(pk=posting.pk).update(state="withdrawn")
    actions.publish_posting(recruiter, posting_id=posting.id)


def publish_several(recruiter: Actor, posting: JobPosting) -> None:
    outcome = actions.publish_several(recruiter, posting_ids=[posting.id])[0]
    if not outcome.done:
        raise Refused(outcome.message)


def approve(recruiter: Actor, posting: JobPosting) -> None:
    JobPosting.objects.filter(pk=posting.pk).update(state="under_review", requirements=AGE)
    actions.approve_posting(organisations.operator("auditor"), posting_id=posting.id)


@pytest.fixture
def recruiter() -> Actor:
    return imports.recruiter()


DOORS: list[Door] = [publish, republish, publish_several, approve]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_sanctioned_agency_publishes_by_no_door(door: Door, level: str) -> None:
    agency = organisations.agency(restriction=level)
    posting = jobs.draft(agency)
    with pytest.raises(Refused) as refusal:
        door(organisations.member(agency), posting)
    assert "正在接受处置" in refusal.value.message
    posting.refresh_from_db()
    assert posting.state != "published"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_nobody_publishes_for_a_sanctioned_employer(door: Door, level: str) -> None:
    agency = organisations.agency()
    posting = jobs.draft(agency, employer=organisations.employer(restriction=level))
    with pytest.raises(Refused) as refusal:
        door(organisations.member(agency), posting)
    assert "正在接受处置" in refusal.value.message
    posting.refresh_from_db()
    assert posting.state != "published"


def test_a_ban_on_an_agency_keeps_others_from_publishing_for_its_credit_code() -> None:
    listed = organisations.agency(restriction="banned")
    agency = organisations.agency()
    posting = jobs.draft(agency, employer=organisations.employer(credit_code=listed.credit_code))
    with pytest.raises(Refused):
        publish(organisations.member(agency), posting)


def test_an_open_posting_is_not_given_to_a_sanctioned_employer() -> None:
    agency = organisations.agency()
    posting = jobs.posting(agency, employer=organisations.employer())
    restricted = organisations.employer(restriction="limited")
    with pytest.raises(Refused):
        actions.edit_posting(
            organisations.member(agency), posting_id=posting.id, version=1, content=jobs.content(restricted)
        )


def test_rows_for_a_sanctioned_employer_are_rejected_with_the_reason(recruiter: Actor) -> None:
    agency = Agency.objects.get(pk=recruiter.organisation_id)
    name = "示例停牌机械有限公司"
    organisations.employer(named_by=agency, restriction="limited", legal_name=name)
    batch = imports.imported(recruiter, [imports.row(招聘单位=name), imports.row()])
    assert (batch.rows_rejected, batch.rows_published) == (1, 1)
    assert "正在接受处置" in ImportRejection.objects.get().reasons[0]["message"]


def test_an_import_that_began_before_a_limit_leaves_drafts(recruiter: Actor) -> None:
    batch_id = imports.started(recruiter, [imports.row()])
    Agency.objects.update(restriction="limited")
    run_import(batch_id)
    assert JobPosting.objects.get().state == "draft"


def test_an_import_stops_when_its_agency_is_suspended(recruiter: Actor) -> None:
    batch_id = imports.started(recruiter, [imports.row()])
    Agency.objects.update(restriction="suspended")
    run_import(batch_id)
    batch = ImportBatch.objects.get(pk=batch_id)
    assert (batch.state, batch.rows_done) == ("failed", 0)
    assert "暂停服务" in batch.failure
    assert not JobPosting.objects.exists()


def shown(posting_id: UUID, posting: JobPosting) -> dict[str, bool]:
    """By which queries a seeker finds the posting."""
    try:
        queries.detail(posting_id)
    except Gone:
        detail = False
    else:
        detail = True
    try:
        queries.to_apply(posting_id)
    except Refused:
        to_apply = False
    else:
        to_apply = True
    employer_id = posting.employer_id
    moment = clock.now()
    between = queries.published_between((moment - timedelta(days=1), UUID(int=0)), moment, limit=10)
    return {
        "detail": detail,
        "to_apply": to_apply,
        "card": queries.cards([posting_id])[0].is_open,
        "newest": bool(queries.newest()),
        "of_agency": bool(queries.newest(agency_id=posting.agency_id)),
        "open_count": queries.open_count() > 0,
        "index": bool(queries.indexable([posting_id])),
        "index_rebuilt": bool(list(queries.all_indexable())),
        "index_count": queries.indexable_count() > 0,
        "alerts": bool(between),
        "without_index": bool(queries.browse(Browse()).items),
        "same_job": bool(queries.siblings(UUID(int=1), employer_id, posting.region_id or "", posting.title)),
        "site_map": bool(queries.map_starts(100)) and bool(list(queries.map_part(UUID(int=0), 10))),
    }


@pytest.mark.parametrize(("level", "is_shown"), [("", True), ("limited", True), *((one, False) for one in HIDING)])
def test_an_employers_postings_are_shown_or_hidden_everywhere(level: str, is_shown: bool) -> None:
    posting = jobs.posting(employer=organisations.employer(restriction=level))
    assert set(shown(posting.pk, posting).values()) == {is_shown}


def test_an_agencys_postings_are_hidden_everywhere_when_its_shop_is() -> None:
    posting = jobs.posting(organisations.agency(restriction="taken_down", is_listed=False))
    assert set(shown(posting.pk, posting).values()) == {False}


def test_a_hidden_employers_postings_do_not_count_in_shops() -> None:
    agency = organisations.agency()
    employer = organisations.employer(restriction="taken_down")
    jobs.posting(agency)
    jobs.posting(agency, employer=employer)
    event = EmployerRestricted(employer_id=employer.pk, restriction="taken_down")
    actions.recount_shops_of_restricted_employer(event, Delivered(new_id(), event, Actor.system(), clock.now()))
    assert Shop.objects.get(pk=agency.pk).open_postings == 1
