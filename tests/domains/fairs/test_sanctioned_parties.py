"""Fairs of sanctioned agencies, and sanctioned employers at fairs."""

import pytest

from jiuye.domains.fairs import actions, queries
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.errors import NotFound, Refused
from tests.factories import jobs, organisations, public_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", ["limited", "taken_down", "suspended", "banned"])
def test_a_sanctioned_agency_publishes_no_fair(level: str) -> None:
    agency = organisations.agency(restriction=level)
    fair = public_site.fair(agency, state="draft", published_at=None)
    with pytest.raises(Refused) as refusal:
        actions.publish_fair(organisations.member(agency), fair_id=fair.pk, version=fair.version)
    assert refusal.value.code == "agency_may_not_publish"
    assert JobFair.objects.get().state == "draft"


def test_a_hidden_agencys_fairs_are_not_public() -> None:
    fair = public_site.fair()
    Agency.objects.update(restriction="taken_down", is_listed=False)
    with pytest.raises(NotFound):
        queries.fair(fair.pk)


def test_a_hidden_employers_jobs_are_not_offered_at_a_fair() -> None:
    fair = public_site.fair()
    shown, hidden = organisations.employer(), organisations.employer(restriction="taken_down")
    for employer in (shown, hidden):
        public_site.takes_part(fair, employer)
        jobs.posting(fair.agency, employer=employer)
    offered = {booth.employer: len(booth.jobs) for booth in queries.fair(fair.pk).booths}
    assert offered == {shown.legal_name: 1, hidden.legal_name: 0}
