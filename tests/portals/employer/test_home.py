"""An employer's first page and messages."""

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


def test_it_shows_the_agencies_and_the_public_postings() -> None:
    employer, agency = organisations.employer(), organisations.agency()
    organisations.affiliate(employer, agency)
    jobs.posting(agency, employer=employer, title="我们的焊工")
    jobs.draft(agency, employer=employer, title="还没公开的")
    jobs.posting(title="别家的车工")
    person = User.objects.get(pk=organisations.member(employer).person_id)
    client = accounts.browser(person)
    assert agency.legal_name in client.get("/employer").content.decode()
    body = client.get("/employer/jobs").content.decode()
    assert "我们的焊工" in body
    assert "还没公开的" not in body
    assert "别家的车工" not in body


@pytest.mark.parametrize("path", ["/employer", "/employer/notifications"])
def test_strangers_are_kept_out(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert accounts.browser(accounts.seeker()).get(path).status_code == 403
