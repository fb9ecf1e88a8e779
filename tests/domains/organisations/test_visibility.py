"""What each side of an affiliation sees before, during and after it: the table, and that the pages follow it."""

import pytest

from jiuye.domains.organisations import queries
from jiuye.domains.organisations.states import AffiliationState
from jiuye.domains.organisations.visibility import SEES, Sight, may_see, states_in_which
from tests.factories import organisations

STATES = ["", *map(str, AffiliationState)]


def test_the_table_speaks_of_every_state_for_both_sides() -> None:
    assert {party: sorted(rows) for party, rows in SEES.items()} == dict.fromkeys(
        ("employer", "agency"), sorted(STATES)
    )


@pytest.mark.parametrize("sight", [Sight.POSTINGS, Sight.APPLICATIONS])
def test_postings_and_applications_are_seen_only_while_both_agree(sight: Sight) -> None:
    assert states_in_which("employer", sight) == ["approved"]
    assert not may_see("employer", "approved", sight, is_certified=False)


@pytest.mark.parametrize("party", ["employer", "agency"])
@pytest.mark.parametrize("state", ["requested", "refused", "withdrawn"])
def test_before_approval_there_is_the_request_and_nothing_of_persons(party: str, state: str) -> None:
    assert SEES[party][state] <= {Sight.REQUEST, Sight.FACTS}


@pytest.mark.parametrize("party", ["employer", "agency"])
def test_without_a_request_there_is_nothing(party: str) -> None:
    assert SEES[party][""] == frozenset()


def test_afterwards_the_employer_has_numbers_without_persons() -> None:
    assert SEES["employer"]["ended"] == {Sight.REQUEST, Sight.TOTALS}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "shows"),
    [("requested", True), ("approved", True), ("ended", True), ("refused", False), ("withdrawn", False)],
)
def test_the_agency_reads_the_employers_details_while_there_is_something_to_decide(state: str, shows: bool) -> None:
    employer, agency = organisations.employer(), organisations.agency()
    one = organisations.affiliate(employer, agency, state)
    seen = queries.affiliation(organisations.member(agency), one.id)
    assert (seen.employer is not None) == shows
