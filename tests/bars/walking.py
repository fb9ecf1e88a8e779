"""Walk the table of pages (tests/e2e/pages.py) by a test client with the demonstration's people."""

import re
from dataclasses import dataclass, field

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.phones import phone_index
from jiuye.kernel import clock
from tests.e2e.people import PHONES
from tests.e2e.shown import UUID, Shown
from tests.factories import accounts, markup

MOST_QUERIES = 12  # bar P9


def person(name: str) -> User:
    """Return a person of the demonstration; the newcomer is created on first use."""
    phone = PHONES[name]
    known = User.objects.filter(phone_index=phone_index(phone)).first() or accounts.person(phone=phone)
    if name == "suspended":
        known.suspended_at, known.suspension_notice = clock.now(), "您多次以他人名义投递，经核实后暂停账号。"
        known.save()
    return known


def everybodys_browsers() -> dict[str, Client]:
    """Return a browser for each; all have re-authenticated and passed their second factor."""
    return {"visitor": Client(), **{name: accounts.browser(person(name), confirmed=True) for name in PHONES}}


@dataclass
class Walk:
    """The URLs of everybody's pages, and their queries."""

    browsers: dict[str, Client]
    _found: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def path(self, shown: Shown) -> str:
        """Return the page's URL. Raises AssertionError if no link leads there."""
        if not shown.on:
            return shown.path
        key = (shown.person, shown.on, shown.path)
        if key not in self._found:
            self._found[key] = self._look_up(shown)
        return self._found[key]

    def _look_up(self, shown: Shown) -> str:
        kind = shown.path.partition("/{}")[0].rpartition("/")[2]
        page = self.browsers[shown.person].get(shown.on, follow=True).content.decode()
        for link in markup.read(page).links:
            if found := re.search(f"/{kind}/({UUID})", link):
                return shown.path.replace("{}", found.group(1))
        raise AssertionError(f"no link to {shown.path} on {shown.on}")

    def get(self, person: str, path: str) -> HttpResponse:
        """Return the page as the person sees it."""
        answer = self.browsers[person].get(path)
        assert isinstance(answer, HttpResponse)
        return answer

    def queries(self, person: str, path: str) -> list[str]:
        """Return the page's queries. Raises AssertionError if the answer is not a page."""
        self.get(person, path)  # values cached once per process must not count
        with CaptureQueriesContext(connection) as asked:
            answer = self.get(person, path)
        led_to = answer.headers.get("Location", "")
        assert answer.status_code < 500, path
        assert not led_to.startswith("/login"), path
        return [query["sql"] for query in asked.captured_queries]
