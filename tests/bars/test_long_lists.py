"""Lists make as many queries for five hundred rows as for three, and paging shows each row once (bar P9)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bars.walking import MOST_QUERIES
from tests.factories import many, markup
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.public_site import index_all, wired_engine

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"第(\d+)号")


@dataclass(frozen=True)
class Listed:
    """A list: its URL, its visitor ("" for anonymous), and the factory of its rows."""

    path: str
    person: str
    make: Callable[[Cast, int], object]


LISTS = [
    Listed("/me/applications", "lin", many.sent_applications),
    Listed("/me/saved", "lin", many.saved_jobs),
    Listed("/me/history", "lin", many.browsing),
    Listed("/me/notifications", "lin", many.notifications),
    Listed("/me/resume/accesses", "lin", many.accesses),
    Listed("/me/feedback", "lin", many.feedback_sent),
    Listed("/me/reports", "lin", many.reports),
    Listed("/me/reviews", "lin", many.reviews),
    Listed("/me/fairs", "lin", many.registrations),
    Listed("/me/security/history", "lin", many.sign_ins),
    Listed("/fairs", "", lambda cast, count: many.fairs(count)),
    Listed("/agencies", "", lambda cast, count: many.agencies(count)),
    Listed("/jobs", "", many.postings),
    Listed("/agency/jobs", "zhou", many.postings),
    Listed("/agency/applications", "zhou", many.sent_applications),
]
EACH = pytest.mark.parametrize("listed", LISTS, ids=lambda listed: f"{listed.person or 'visitor'} {listed.path}")


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_engine(tmp_path, monkeypatch):
        yield


def browser_for(cast: Cast, listed: Listed) -> Client:
    """Return the visitor's browser, after the rows were created."""
    index_all()
    return browser(cast.people[listed.person]) if listed.person else Client()


def asked(client: Client, path: str) -> tuple[int, str]:
    """Return the page's number of queries, and the page."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(queries), answer.content.decode()


def next_page(page: str, path: str) -> str:
    """Return the link of “下一页”; "" on the last page."""
    found = re.search(r'<a [^>]*href="([^"]+)" rel="next"', page)
    address = found.group(1).replace("&amp;", "&") if found else ""
    return path + address if address.startswith("?") else address


@EACH
def test_a_list_asks_as_often_for_thirty_rows_as_for_three(listed: Listed) -> None:
    counts = []
    for count in (3, 30):
        cast = assemble()
        listed.make(cast, count)
        client = browser_for(cast, listed)
        asked(client, listed.path)  # values cached once per process do not count
        number, page = asked(client, listed.path)
        assert len(set(NUMBER.findall(page))) >= min(count, 10)
        counts.append(number)
    assert counts[1] <= counts[0] <= MOST_QUERIES


@EACH
def test_five_hundred_rows_are_paged_through_each_once(listed: Listed) -> None:
    cast = assemble()
    listed.make(cast, 500)
    client = browser_for(cast, listed)
    shown: list[str] = []
    path, pages = listed.path, 0
    while path and pages < 120:
        number, page = asked(client, path)
        assert number <= MOST_QUERIES, path
        text = re.sub(r"<(title|meta)[^>]*>[^<]*", "", page)
        shown += dict.fromkeys(NUMBER.findall(markup.read(text).text))
        path, pages = next_page(page, listed.path), pages + 1
    assert len(shown) == len(set(shown)), "shown twice"
    assert len(shown) == 500
