"""Writing and publishing postings."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jiuye.domains.jobs import actions
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, ProductError, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> Actor:
    return organisations.member(organisations.agency())


def announced() -> list[list[str]]:
    """The ids in every PostingsChanged, in order."""
    events = EventRecord.objects.filter(name="PostingsChanged").order_by("id")
    return [event.payload["posting_ids"] for event in events]


def whole_draft(actor: Actor, **changes: Any) -> JobPosting:
    content = jobs.content(organisations.employer(), **changes)
    return JobPosting.objects.get(pk=actions.create_posting(actor, content=content))


# Writing


def test_a_draft_needs_only_a_title(recruiter: Actor) -> None:
    posting_id = actions.create_posting(recruiter, content=actions.PostingContent(title=" 焊  工 "))
    posting = JobPosting.objects.get(pk=posting_id)
    assert (posting.title, posting.state, posting.agency_id) == ("焊 工", "draft", recruiter.organisation_id)


def test_creating_is_audited(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    assert AuditEntry.objects.filter(action="posting.create", subject_id=str(posting.id)).count() == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "焊" * 81}),
        ("region", {"region": "999999"}),
        ("region", {"region": "510000"}),
        ("occupation", {"occupation": "0-00"}),
        ("education", {"education": "99"}),
        ("employment_type", {"employment_type": "forever"}),
        ("headcount", {"headcount": 0}),
        ("experience_min", {"experience_min": 5, "experience_max": 3}),
        ("pay_min", {"pay_min": 9000, "pay_max": 6000}),
        ("pay_min", {"pay_min": 2_000_000, "pay_max": None}),
        ("pay_unit", {"pay_unit": "piece"}),
        ("pay_months", {"pay_months": 36}),
        ("valid_through", {"valid_through": date(2020, 1, 1)}),
        ("tags", {"tags": ["长" * 31]}),
        ("benefits", {"benefits": [f"福利{n}" for n in range(16)]}),
        ("duties", {"duties": "长" * 5001}),
    ],
)
def test_impossible_values_are_refused_at_their_field(recruiter: Actor, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_posting(recruiter, content=jobs.content(**changes))
    assert set(refused.value.fields) == {field}
    assert not JobPosting.objects.exists()


def test_an_employer_that_another_agency_named_without_a_code_is_not_found(recruiter: Actor) -> None:
    foreign = organisations.employer(named_by=organisations.agency(), credit_code=None)
    with pytest.raises(Invalid) as refused:
        actions.create_posting(recruiter, content=jobs.content(foreign))
    assert set(refused.value.fields) == {"employer"}


def test_two_postings_cannot_share_the_agencys_own_code(recruiter: Actor) -> None:
    whole_draft(recruiter, external_code="A-1")
    with pytest.raises(Invalid) as refused:
        whole_draft(recruiter, external_code="A-1")
    assert set(refused.value.fields) == {"external_code"}


def test_an_edit_replaces_the_content_and_raises_the_version(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    content = replace(jobs.content(organisations.employer()), title="铣床操作工")
    assert actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=content) == 2
    posting.refresh_from_db()
    assert (posting.title, posting.version) == ("铣床操作工", 2)


def test_saving_without_a_change_writes_nothing(recruiter: Actor) -> None:
    employer = organisations.employer()
    content = jobs.content(employer)
    posting_id = actions.create_posting(recruiter, content=content)
    assert actions.edit_posting(recruiter, posting_id=posting_id, version=1, content=content) == 1
    assert not AuditEntry.objects.filter(action="posting.edit").exists()


def test_an_edit_of_a_version_that_is_gone_is_refused_and_changes_nothing(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=jobs.content(title="甲"))
    with pytest.raises(Refused) as refused:
        actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=jobs.content(title="乙"))
    assert refused.value.code == "edited_meanwhile"
    assert JobPosting.objects.get().title == "甲"


def test_a_draft_is_edited_in_silence(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=jobs.content(title="甲"))
    assert announced() == []


def test_an_edit_of_a_public_posting_is_announced(recruiter: Actor) -> None:
    employer = organisations.employer()
    posting_id = actions.create_posting(recruiter, content=jobs.content(employer))
    actions.publish_posting(recruiter, posting_id=posting_id)
    actions.edit_posting(recruiter, posting_id=posting_id, version=2, content=jobs.content(employer, headcount=9))
    assert announced() == [[str(posting_id)]] * 2


def test_a_public_posting_may_not_lose_an_element(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    actions.publish_posting(recruiter, posting_id=posting.id)
    with pytest.raises(Invalid) as refused:
        actions.edit_posting(
            recruiter, posting_id=posting.id, version=2, content=jobs.content(organisations.employer(), duties="")
        )
    assert set(refused.value.fields) == {"duties"}
    posting.refresh_from_db()
    assert posting.duties


@pytest.mark.parametrize("words", ["限男性。", "35岁以下。"])
def test_a_public_posting_may_not_gain_words_that_screening_finds(recruiter: Actor, words: str) -> None:
    employer = organisations.employer()
    posting_id = actions.create_posting(recruiter, content=jobs.content(employer))
    actions.publish_posting(recruiter, posting_id=posting_id)
    with pytest.raises(Invalid) as refused:
        actions.edit_posting(
            recruiter, posting_id=posting_id, version=2, content=jobs.content(employer, requirements=words)
        )
    assert set(refused.value.fields) == {"requirements"}


def test_a_posting_under_review_is_not_edited(recruiter: Actor) -> None:
    posting = jobs.draft(Agency.objects.get(), state="under_review")
    with pytest.raises(Refused):
        actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=jobs.content())


def test_a_copy_is_a_draft_without_code_and_closing_day(recruiter: Actor) -> None:
    source = whole_draft(recruiter, external_code="A-1")
    actions.publish_posting(recruiter, posting_id=source.id)
    copy = JobPosting.objects.get(pk=actions.copy_posting(recruiter, posting_id=source.id))
    assert (copy.state, copy.external_code, copy.valid_through, copy.published_at) == ("draft", "", None, None)
    assert (copy.title, copy.duties, copy.version) == (source.title, source.duties, 1)


# Publishing


def test_publishing_opens_the_posting_and_announces_it_once(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    assert actions.publish_posting(recruiter, posting_id=posting.id) == "published"
    posting.refresh_from_db()
    assert posting.published_at == posting.confirmed_at
    assert posting.version == 2
    assert announced() == [[str(posting.id)]]
    assert AuditEntry.objects.filter(action="posting.publish", subject_id=str(posting.id)).exists()


@pytest.mark.parametrize("closed", ["withdrawn", "expired"])
def test_publishing_again_keeps_the_first_day_and_confirms_it_today(recruiter: Actor, closed: str) -> None:
    long_ago = clock.now() - timedelta(days=40)
    posting = jobs.posting(
        Agency.objects.get(), state=closed, published_at=long_ago, confirmed_at=long_ago, closed_at=clock.now()
    )
    actions.publish_posting(recruiter, posting_id=posting.id, valid_through=clock.today() + timedelta(days=9))
    posting.refresh_from_db()
    assert (posting.state, posting.published_at) == ("published", long_ago)
    assert posting.confirmed_at
    assert posting.confirmed_at > long_ago


def test_publishing_takes_the_closing_day_given(recruiter: Actor) -> None:
    posting = whole_draft(recruiter, valid_through=None)
    day = clock.today() + timedelta(days=10)
    actions.publish_posting(recruiter, posting_id=posting.id, valid_through=day)
    posting.refresh_from_db()
    assert posting.valid_through == day


def test_what_is_missing_is_named_with_its_source(recruiter: Actor) -> None:
    posting_id = actions.create_posting(recruiter, content=actions.PostingContent(title="焊工"))
    with pytest.raises(Invalid) as refused:
        actions.publish_posting(recruiter, posting_id=posting_id)
    assert "headcount" in refused.value.fields
    assert "第二十四条" in refused.value.fields["headcount"]
    assert announced() == []


def test_screening_stops_with_the_words_and_the_law(recruiter: Actor) -> None:
    posting = whole_draft(recruiter, requirements="限男性，入职需交押金200元。")
    with pytest.raises(actions.Screened) as refused:
        actions.publish_posting(recruiter, posting_id=posting.id)
    assert {finding.rule for finding in refused.value.findings} == {"sex", "fees"}
    assert "限男性" in refused.value.fields["requirements"]
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_an_age_limit_goes_to_review_unseen(recruiter: Actor) -> None:
    posting = whole_draft(recruiter, requirements="年龄 18-45 岁，能倒班。")
    assert actions.publish_posting(recruiter, posting_id=posting.id) == "under_review"
    posting.refresh_from_db()
    assert (posting.state, posting.published_at) == ("under_review", None)
    assert EventRecord.objects.get(name="PostingsChanged").payload == {"posting_ids": [str(posting.id)], "verb": "hold"}


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "expired", "suspended"])
def test_an_agency_without_an_approved_qualification_may_not_publish(recruiter: Actor, state: str) -> None:
    posting = whole_draft(recruiter)
    Qualification.objects.update(state=state)
    with pytest.raises(Refused) as refused:
        actions.publish_posting(recruiter, posting_id=posting.id)
    assert refused.value.code == "agency_may_not_publish"
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_an_agency_whose_verification_ran_out_may_not_publish(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    Qualification.objects.update(expires_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="已到期"):
        actions.publish_posting(recruiter, posting_id=posting.id)


@pytest.mark.parametrize("verb", ["create", "edit", "copy", "publish", "withdraw", "fill", "confirm"])
def test_a_viewer_changes_nothing(recruiter: Actor, verb: str) -> None:
    posting = whole_draft(recruiter)
    viewer = replace(recruiter, role="viewer")
    entries = AuditEntry.objects.count()
    with pytest.raises(Denied):
        attempt(viewer, verb, posting)
    posting.refresh_from_db()
    assert (posting.version, JobPosting.objects.count(), AuditEntry.objects.count()) == (1, 1, entries)


@pytest.mark.parametrize("verb", ["edit", "copy", "publish", "withdraw", "fill", "confirm"])
def test_another_agencys_posting_is_not_found(recruiter: Actor, verb: str) -> None:
    posting = whole_draft(recruiter)
    with pytest.raises(NotFound):
        attempt(organisations.member(organisations.agency()), verb, posting)
    posting.refresh_from_db()
    assert posting.version == 1


@pytest.mark.parametrize(
    "actor", [Actor.anonymous(), Actor.system(), Actor(person_id=new_id())], ids=["nobody", "system", "seeker"]
)
def test_nobody_without_an_agency_creates(actor: Actor) -> None:
    with pytest.raises(NotFound):
        actions.create_posting(actor, content=actions.PostingContent(title="焊工"))


def attempt(actor: Actor, verb: str, posting: JobPosting) -> None:
    match verb:
        case "create":
            actions.create_posting(actor, content=jobs.content())
        case "edit":
            actions.edit_posting(actor, posting_id=posting.id, version=1, content=jobs.content(title="甲"))
        case "copy":
            actions.copy_posting(actor, posting_id=posting.id)
        case "publish":
            actions.publish_posting(actor, posting_id=posting.id)
        case "withdraw":
            actions.withdraw_posting(actor, posting_id=posting.id)
        case "fill":
            actions.fill_posting(actor, posting_id=posting.id, hired_here=1, hired_elsewhere=0)
        case "confirm":
            actions.confirm_posting(actor, posting_id=posting.id)


# The state machine


ALLOWED = {
    "publish": {"draft", "rejected", "withdrawn", "expired"},
    "withdraw": {"published"},
    "fill": {"published"},
    "confirm": {"published"},
    "edit": {"draft", "rejected", "withdrawn", "expired", "published"},
}
STATES = ["draft", "under_review", "published", "rejected", "withdrawn", "expired", "banned"]


@pytest.mark.parametrize("verb", sorted(ALLOWED))
@pytest.mark.parametrize("state", STATES)
def test_each_verb_works_from_its_states_only(recruiter: Actor, verb: str, state: str) -> None:
    posting = jobs.posting(Agency.objects.get(), state=state)
    before = JobPosting.objects.filter(pk=posting.pk).values().get()
    if state in ALLOWED[verb]:
        attempt(recruiter, verb, posting) if verb != "edit" else actions.edit_posting(
            recruiter, posting_id=posting.id, version=1, content=jobs.content(posting.employer, title="甲")
        )
        assert JobPosting.objects.get(pk=posting.pk).version == 2
        return
    with pytest.raises(Refused):
        attempt(recruiter, verb, posting)
    assert JobPosting.objects.filter(pk=posting.pk).values().get() == before


def test_a_withdrawn_posting_is_published_again(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    actions.publish_posting(recruiter, posting_id=posting.id)
    actions.withdraw_posting(recruiter, posting_id=posting.id)
    posting.refresh_from_db()
    assert posting.closed_at is not None
    day = clock.today() + timedelta(days=90)
    actions.publish_posting(recruiter, posting_id=posting.id, valid_through=day)
    posting.refresh_from_db()
    assert (posting.state, posting.valid_through) == ("published", day)
    assert JobPosting.objects.filter(pk=posting.pk, closed_at=None).exists()


def test_an_expired_posting_needs_a_new_closing_day(recruiter: Actor) -> None:
    past = clock.today() - timedelta(days=3)
    posting = jobs.posting(Agency.objects.get(), state="expired", valid_through=past)
    with pytest.raises(Invalid) as refused:
        actions.publish_posting(recruiter, posting_id=posting.id)
    assert set(refused.value.fields) == {"valid_through"}


def test_confirming_moves_only_the_day_of_confirmation(recruiter: Actor) -> None:
    long_ago = clock.now() - timedelta(days=40)
    posting = jobs.posting(Agency.objects.get(), confirmed_at=long_ago, published_at=long_ago)
    actions.confirm_posting(recruiter, posting_id=posting.id)
    posting.refresh_from_db()
    assert posting.confirmed_at is not None
    assert posting.confirmed_at > long_ago
    assert posting.published_at == long_ago


# Several at once


def test_a_bulk_publication_reports_every_row_and_announces_once(recruiter: Actor) -> None:
    good, other = whole_draft(recruiter), whole_draft(recruiter)
    bad = JobPosting.objects.get(pk=actions.create_posting(recruiter, content=actions.PostingContent(title="焊工")))
    foreign = jobs.draft(organisations.agency())
    ids = [good.id, bad.id, foreign.id, other.id, good.id]
    outcomes = actions.publish_several(recruiter, posting_ids=ids)
    assert [(outcome.posting_id, outcome.done) for outcome in outcomes] == [
        (good.id, True),
        (bad.id, False),
        (foreign.id, False),
        (other.id, True),
    ]
    assert "招聘人数" in outcomes[1].message
    assert sorted(announced()[0]) == sorted([str(good.id), str(other.id)])
    assert len(announced()) == 1
    foreign.refresh_from_db()
    assert foreign.state == "draft"


def test_a_bulk_withdrawal_leaves_what_is_not_open(recruiter: Actor) -> None:
    agency = Agency.objects.get()
    opened, draft = jobs.posting(agency), jobs.draft(agency)
    outcomes = actions.withdraw_several(recruiter, posting_ids=[opened.id, draft.id])
    assert [outcome.done for outcome in outcomes] == [True, False]
    assert "草稿" in outcomes[1].message
    assert [outcome.state for outcome in outcomes] == ["withdrawn", "draft"]


def test_too_many_at_once_are_refused(recruiter: Actor) -> None:
    ids = [new_id() for _ in range(201)]
    with pytest.raises(Refused):
        actions.withdraw_several(recruiter, posting_ids=ids)


# Expiry


def test_postings_past_their_last_day_expire_and_the_rest_stay() -> None:
    today = clock.today()
    due = jobs.posting(valid_through=today - timedelta(days=1))
    last_day = jobs.posting(valid_through=today)
    assert actions.expire_due_postings() == 1
    due.refresh_from_db()
    last_day.refresh_from_db()
    assert (due.state, last_day.state) == ("expired", "published")
    assert due.closed_at is not None
    assert announced() == [[str(due.id)]]


def test_expiring_again_does_nothing() -> None:
    jobs.posting(valid_through=clock.today() - timedelta(days=1))
    actions.expire_due_postings()
    assert actions.expire_due_postings() == 0
    assert len(announced()) == 1


def test_expiry_works_in_batches() -> None:
    for _ in range(3):
        jobs.posting(valid_through=clock.today() - timedelta(days=1))
    assert [actions.expire_due_postings(limit=2) for _ in range(3)] == [2, 1, 0]


def test_refusals_speak_chinese_and_are_expected_errors(recruiter: Actor) -> None:
    posting = whole_draft(recruiter)
    with pytest.raises(ProductError, match="草稿"):
        actions.withdraw_posting(recruiter, posting_id=posting.id)
