"""A key was lost, and the site runs without it: pages with data that it protected say that this data cannot be read now, in every portal;
all others go on, nothing is shown, and nothing is written over what cannot be read.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings

from jiuye.domains.accounts.models import Authenticator, User
from jiuye.kernel.crypto import keys
from jiuye.kernel.crypto.columns import sealed_tables
from tests.bars.walking import Walk
from tests.e2e.pages import PAGES
from tests.e2e.people import PHONES
from tests.factories.public_site import text_of

pytestmark = pytest.mark.django_db
NEW = {"new": "22" * 32}
ONE_OF_EACH = {shown.route: shown for shown in reversed(PAGES)}.values()
SAID = "这部分资料暂时无法读取"


@pytest.fixture(scope="module")
def lost(walk: Walk) -> Iterator[Walk]:
    """The demonstration, in which people can still sign in: their rows are under a newer key, everything else under the lost one."""
    before = {"dev": keys._keys()["dev"].hex()}
    assert all(walk.path(shown) for shown in ONE_OF_EACH)  # looked up while the pages with the links can be read
    with override_settings(ENCRYPTION_KEYS=before | NEW):
        for row in [*User.objects.all(), *Authenticator.objects.all()]:
            row.save()
    with override_settings(ENCRYPTION_KEYS=NEW):
        yield walk


def envelopes() -> dict[str, list[str]]:
    """Everything that the lost key protects, as it is stored."""
    found = {}
    with connection.cursor() as cursor:
        for table in sealed_tables():
            columns = " || ' ' || ".join(f"coalesce({column}, '')" for column in table.columns[1:])
            cursor.execute(f"SELECT {columns} FROM {table.name} WHERE {columns} LIKE '%dev:%' ORDER BY 1")  # noqa: S608
            found[table.name] = [text for (text,) in cursor.fetchall()]
    return found


def test_no_page_is_an_error_and_those_without_its_data_go_on(lost: Walk) -> None:
    answered: dict[int, list[tuple[str, str]]] = {}
    for client in lost.browsers.values():
        client.raise_request_exception = False
    for shown in ONE_OF_EACH:
        answer = lost.get(shown.person, lost.path(shown))
        answered.setdefault(answer.status_code, []).append((shown.person, lost.path(shown)))
        if answer.status_code == 503:
            assert SAID in text_of(answer), shown
            assert int(answer.headers["Retry-After"]) > 0
    assert {status for status in answered if status >= 500} == {503}
    assert [path for person, path in answered[503] if person == "visitor"] == ["/help/bans"]  # of names, masked
    assert len(answered[200]) > len(answered[503]) > 10


def test_somebody_whose_own_row_cannot_be_read_does_not_come_in(lost: Walk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET phone = 'dev:aes-256-gcm:AAAA'")
    client = lost.browsers["seeker"]
    for path in ("/me", "/me/applications", "/me/security"):
        answer = client.get(path)
        assert (answer.status_code, SAID in text_of(answer)) == (503, True), path
    visitor = Client(raise_request_exception=False)
    answer = visitor.post("/login", {"phone": PHONES["seeker"]})
    assert answer.status_code in (303, 503)
    assert "person_id" not in visitor.session
    for path in ("/", "/jobs", "/agencies", "/login"):
        assert visitor.get(path).status_code == 200, path


def test_what_a_browser_has_typed_under_the_lost_key_is_forgotten_and_keeps_nobody_out(walk: Walk) -> None:
    visitor, phone = Client(raise_request_exception=False), "13800006666"
    visitor.post("/login", {"phone": phone})
    assert f"{phone[:3]}****{phone[-4:]}" in text_of(visitor.get("/login"))
    with override_settings(ENCRYPTION_KEYS={"another": "33" * 32}):
        answer = visitor.get("/login")
        assert (answer.status_code, phone[-4:] in text_of(answer)) == (200, False)
        assert visitor.post("/login", {"phone": "13800006667"}).status_code == 303


def test_forms_change_nothing_that_cannot_be_read(lost: Walk) -> None:
    before, client = envelopes(), lost.browsers["seeker"]
    for path in ("/me/resume/basics", "/me/resume/visibility", "/feedback", "/me/privacy/export", "/me/erase"):
        assert client.post(path, {"name": "别人", "phone": "13900000000"}).status_code != 500, path
    assert envelopes() == before
