"""The operators' first page."""

import pytest
from django.db import connection
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs import actions
from jiuye.kernel import audit
from tests.factories import accounts, jobs, organisations

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


@pytest.mark.parametrize("path", ["/ops", "/ops/audit"])
def test_strangers_are_kept_out(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert accounts.browser(accounts.seeker()).get(path).status_code == 403
