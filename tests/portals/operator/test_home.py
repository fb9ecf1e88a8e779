"""The operators' first page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs import actions
from jiuye.kernel import audit, clock
from tests.factories import accounts, applications, jobs, organisations
from tests.factories.cast import assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    return accounts.browser(User.objects.get(pk=organisations.operator().person_id))


def test_it_shows_the_platforms_figures(operator: Client) -> None:
    jobs.posting()
    body = operator.get("/ops").content.decode()
    assert "在招职位" in body
    assert "职介旗舰店" in body


def test_a_whole_audit_log_is_said_to_be_whole(operator: Client) -> None:
    seal_something()
    assert "审计日志完整" in operator.get("/ops/audit").content.decode()


def test_an_altered_entry_is_found(operator: Client) -> None:
    seal_something()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_audit DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_audit SET action = 'nothing.happened' WHERE position = 1")
        cursor.execute("ALTER TABLE kernel_audit ENABLE TRIGGER USER")
    body = operator.get("/ops/audit").content.decode()
    assert "审计日志不完整" in body
    assert "第 1 条" in body


def seal_something() -> None:
    """One audited action, chained."""
    agency = organisations.agency()
    actions.withdraw_posting(organisations.member(agency), posting_id=jobs.posting(agency).id)
    audit.seal()


@pytest.mark.parametrize("role", ["auditor", "support", "editor", "security_admin", "audit_admin", "owner"])
def test_every_tile_opens_something_that_the_role_may_see(role: str) -> None:
    client = accounts.browser(User.objects.get(pk=organisations.operator(role).person_id))
    page = client.get("/ops").content.decode()
    tiles = re.findall(r'class="card-link" href="([^"#]+)', page)
    assert len(tiles) == page.count('class="stat"') >= 5
    assert {address: client.get(address).status_code for address in tiles} == dict.fromkeys(tiles, 200)


def test_late_agencies_and_states_of_applications(operator: Client) -> None:
    application = Application.objects.get(pk=applications.in_state(assemble(), "submitted"))
    Application.objects.update(respond_by=clock.now() - timedelta(days=2))
    with CaptureQueriesContext(connection) as asked:
        page = operator.get("/ops/applications").content.decode()
    assert len(asked) <= 12
    assert application.agency.legal_name in page
    assert "已投递" in page


@pytest.mark.parametrize("path", ["/ops", "/ops/applications", "/ops/audit"])
def test_strangers_are_kept_out(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert accounts.browser(accounts.seeker()).get(path).status_code == 403
