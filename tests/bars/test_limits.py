"""Limits apply to the whole site across processes, and the refusal says when to retry (bar S17)."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jiuye.domains.accounts import actions, code_limits
from jiuye.domains.applications import policies as applying
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.models import RateCounter
from tests.factories import jobs, organisations, resumes
from tests.factories.accounts import browser, seeker

ATTEMPTS = """
import django; django.setup()
from jiuye.kernel import rate_limits
from jiuye.kernel.errors import RateLimited
passed = 0
for _ in range(40):
    try:
        rate_limits.hit("login:192.0.2.1", limit=25, seconds=10**9)
        passed += 1
    except RateLimited:
        pass
print(passed)
"""


def environment() -> dict[str, str]:
    """For a process on this test's database."""
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}@/{place['NAME']}?host={quote(str(place['HOST']), safe='')}"
    return os.environ | {
        "DATABASE_URL": f"{url}&port={place['PORT'] or 5432}",
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_two_processes_together_let_through_as_many_as_one_would() -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", ATTEMPTS], env=environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sum(int(process.communicate(timeout=60)[0]) for process in both) == 25
    assert RateCounter.objects.get(key="login:192.0.2.1").count == 80


@pytest.mark.django_db(transaction=True)
class TestCheckingCodes:
    def guess(self, serial: int, ip: str = "192.0.2.1") -> None:
        """Check a code that was never requested, each time for another number."""
        actions.verify_code(
            Actor.anonymous(ip), phone=f"138{serial:08d}", code="123456", binding=actions.binding_of("one")
        )

    def test_a_network_is_stopped_although_every_number_is_another(self) -> None:
        with clock.frozen(clock.now()):
            for serial in range(code_limits.CHECKS_OF_ADDRESS.most):
                with pytest.raises(Invalid):
                    self.guess(serial)
            with pytest.raises(RateLimited) as refusal:
                self.guess(999)
            assert 0 < refusal.value.retry_after <= 3600
            with pytest.raises(Invalid):
                self.guess(999, ip="198.51.100.7")


@pytest.mark.django_db
class TestRefusals:
    def test_of_a_page_are_429_with_a_friendly_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(vars(code_limits.CODES_OF_ADDRESS), "most", 0)
        client = Client()
        client.get(reverse("login:start"))
        answer = client.post(reverse("login:start"), {"phone": "13800000001"})
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
        assert "后再试" in answer.content.decode()
        assert 'value="13800000001"' in answer.content.decode()

    def test_of_applying_are_429_and_say_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(applying, "MOST_IN_WINDOW", 0)
        lin = seeker()
        resumes.whole_resume(lin)
        posting = jobs.posting(organisations.agency())
        answer = browser(lin).post(
            reverse("apply", args=[posting.pk]),
            {"key": "k", f"consent_{posting.agency_id}": "on", f"consent_{posting.employer_id}": "on"},
        )
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
        assert "后再投" in answer.content.decode()
