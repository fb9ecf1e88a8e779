"""The occupation of a posting whose title leaves it open: chosen by its recruiter, kept as a label for training."""

import csv
import io
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.models import JobPosting, OccupationLabel
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reference import queries as reference_queries
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound
from tests.factories import jobs, organisations, reference

pytestmark = pytest.mark.django_db
OPEN = "技术员"  # a title that leaves the occupation open


@pytest.fixture
def recruiter() -> Actor:
    reference.occupation(reference.WELDER)
    reference.occupation(reference.SOFTWARE_ENGINEER)
    return organisations.member(organisations.agency())


def draft(actor: Actor, title: str = OPEN) -> UUID:
    return jobs.draft(Agency.objects.get(pk=actor.organisation_id), title=title).id


def test_the_choice_is_the_postings_occupation_and_a_label(recruiter: Actor) -> None:
    posting = draft(recruiter)
    actions.choose_occupation(recruiter, posting_id=posting, code=reference.WELDER)
    assert JobPosting.objects.get(pk=posting).occupation_id == reference.WELDER
    label = OccupationLabel.objects.get()
    offered = {one.code for one in reference_queries.suggest_occupations(OPEN)}
    assert (label.title, label.occupation_id, label.chosen_by_id) == (OPEN, reference.WELDER, recruiter.person_id)
    assert label.is_suggested == (reference.WELDER in offered)


def test_the_last_choice_for_a_title_counts(recruiter: Actor) -> None:
    for code in (reference.WELDER, reference.SOFTWARE_ENGINEER):
        actions.choose_occupation(recruiter, posting_id=draft(recruiter), code=code)
    assert [label.occupation_id for label in OccupationLabel.objects.all()] == [reference.SOFTWARE_ENGINEER]


def test_what_the_title_says_for_certain_gives_no_label(recruiter: Actor) -> None:
    actions.choose_occupation(recruiter, posting_id=draft(recruiter, "焊工"), code=reference.WELDER)
    assert not OccupationLabel.objects.exists()


@pytest.mark.parametrize("code", ["", "9-99-99-99", "焊工"])
def test_a_code_that_there_is_not_changes_nothing(recruiter: Actor, code: str) -> None:
    posting = draft(recruiter)
    with pytest.raises(Invalid):
        actions.choose_occupation(recruiter, posting_id=posting, code=code)
    assert JobPosting.objects.get(pk=posting).occupation_id is None
    assert not OccupationLabel.objects.exists()


def test_others_cannot_choose(recruiter: Actor) -> None:
    posting = draft(recruiter)
    viewer = organisations.member(Agency.objects.get(pk=recruiter.organisation_id), role="viewer")
    for actor, refused in ((viewer, Denied), (organisations.member(organisations.agency()), NotFound)):
        with pytest.raises(refused):
            actions.choose_occupation(actor, posting_id=posting, code=reference.WELDER)
    assert not OccupationLabel.objects.exists()


def test_test_data_gives_no_label(recruiter: Actor) -> None:
    posting = draft(recruiter)
    JobPosting.objects.filter(pk=posting).update(test_client_id=uuid4(), occupation_id=reference.WELDER)
    with pytest.raises(NotFound):
        actions.keep_label(recruiter, posting_id=posting)
    assert not OccupationLabel.objects.exists()


def test_labels_are_exported_without_persons_and_agencies(recruiter: Actor) -> None:
    other = organisations.member(organisations.agency())
    for actor in (recruiter, other):
        actions.choose_occupation(actor, posting_id=draft(actor), code=reference.WELDER)
    assert [(one.title, one.code, one.agencies) for one in queries.occupation_labels()] == [(OPEN, reference.WELDER, 2)]
    out = io.StringIO()
    call_command("occupation_labels", "--csv", stdout=out)
    (line,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (line["title"], line["code"], line["agencies"]) == (OPEN, reference.WELDER, "2")
    assert set(line) == {"title", "code", "agencies", "suggested", "last"}
