"""What people and programs are told while the database is away or the disk is full; and what goes on."""

import errno
import io
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.db import DataError, InternalError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from jiuye.kernel import database, space
from jiuye.kernel.http import logging
from jiuye.kernel.space import Space
from tests.factories import accounts

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(space, "_space", Space(tmp_path, 1, measure=lambda folder: 0))


def caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


AWAY = {
    "refused": OperationalError("connection refused"),
    "pool": PoolTimeout("no connection after 3 s"),
    "psycopg's own": psycopg.OperationalError("server closed the connection"),
    "queue": caused_by(ConnectorException(), psycopg.OperationalError("server closed the connection")),
    "aborted": caused_by(InternalError(), psycopg.errors.InFailedSqlTransaction()),
    "standby": caused_by(InternalError(), psycopg.errors.ReadOnlySqlTransaction()),
    "out of space": caused_by(OperationalError(), psycopg.errors.DiskFull()),
    "too slow": caused_by(OperationalError(), psycopg.errors.QueryCanceled()),
    "too many": caused_by(OperationalError(), psycopg.errors.TooManyConnections()),
    "full disk": OSError(errno.ENOSPC, "No space left on device"),
    "full quota": OSError(errno.EDQUOT, "Disk quota exceeded"),
    "read-only disk": OSError(errno.EROFS, "Read-only file system"),
}


def waits(answer: HttpResponse) -> bool:
    return answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("error", AWAY.values(), ids=AWAY)
def test_every_way_of_being_away_is_a_503_on_pages_and_in_the_api(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise error

    monkeypatch.setattr("jiuye.search.criteria.read", fail)
    monkeypatch.setattr("jiuye.ports.sms.get", fail)

    page, api = client.get("/jobs"), client.post("/callbacks/sms-receipts", "{}", content_type="application/json")

    assert waits(page)
    assert waits(api)
    assert api.headers["Content-Type"] == "application/problem+json"


def test_faults_of_ours_are_not_taken_for_an_outage() -> None:
    assert not database.is_away(caused_by(DataError(), psycopg.errors.DivisionByZero()))
    assert not database.is_away(ValueError())


class TestWithoutTheDatabase:
    @pytest.fixture(autouse=True)
    def away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*given: object) -> None:
            raise OperationalError("connection refused")

        self.person = accounts.browser(accounts.seeker())
        monkeypatch.setattr(connection, "ensure_connection", fail)
        monkeypatch.setattr(connection, "cursor", fail)
        monkeypatch.setattr("jiuye.kernel.database.discard_broken", lambda: None)

    @pytest.mark.parametrize("path", ["/me", "/me/applications", "/agency", "/ops", "/me/security"])
    def test_a_page_of_somebody_signed_in_waits(self, path: str) -> None:
        self.person.cookies["jiuye_input"] = "something kept"
        self.person.cookies["jiuye_whose"] = "somebody"

        assert waits(self.person.get(path))
        assert waits(self.person.post(path, {"text": "写了很久"}, headers=SAME_SITE))

    @pytest.mark.parametrize("path", ["/livez", "/login", "/help", "/jobs/none", "/nowhere"])
    def test_what_needs_no_database_goes_on(self, path: str) -> None:
        assert Client().get(path).status_code in (200, 302, 404)

    def test_readiness_says_what_is_missing(self) -> None:
        answer = Client().get("/readyz")

        assert waits(answer)
        assert answer.json()["missing"] == {"database": "OperationalError"}


@pytest.mark.usefixtures("full_disk")
class TestOnAFullDisk:
    @pytest.mark.parametrize("path", ["/", "/jobs", "/agencies", "/login", "/livez", "/help", "/api/v1/jobs"])
    def test_reading_goes_on(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 200

    def test_signed_in_reading_goes_on_and_writes_nothing(self) -> None:
        assert accounts.browser(accounts.seeker()).get("/me/applications").status_code == 200

    def test_a_form_is_refused_and_the_page_holds_what_was_typed(self) -> None:
        person = accounts.browser(accounts.seeker())
        typed = {"content": "写了很久的<b>话</b>", "password": "geheim", "csrfmiddlewaretoken": "t"}

        answer = person.post("/feedback", typed, headers=SAME_SITE)

        assert waits(answer)
        page = answer.content.decode()
        assert 'name="content" value="写了很久的&lt;b&gt;话&lt;/b&gt;"' in page
        assert 'name="csrfmiddlewaretoken" value="t"' in page
        assert "geheim" not in page
        assert 'action="/feedback"' in page

    def test_what_another_site_sent_is_not_shown(self) -> None:
        answer = Client().post("/feedback", {"content": "假的"}, headers={"Sec-Fetch-Site": "cross-site"})

        assert waits(answer)
        assert "假的" not in answer.content.decode()

    def test_codes_and_forms_of_sign_in_are_not_held(self) -> None:
        answer = Client().post("/login", {"phone": "13800000000", "code": "123456"}, headers=SAME_SITE)

        assert waits(answer)
        assert "123456" not in answer.content.decode()

    @pytest.mark.parametrize(
        "path", ["/api/v1/jobs", "/callbacks/authority", "/callbacks/sms-receipts", "/oauth/token"]
    )
    def test_programs_are_told_in_their_own_format(self, client: Client, path: str) -> None:
        answer = client.post(path, "{}", content_type="application/json")

        assert waits(answer)
        assert "json" in answer.headers["Content-Type"]

    def test_readiness_says_that_space_is_missing(self, client: Client) -> None:
        answer = client.get("/readyz")

        assert waits(answer)
        assert list(answer.json()["missing"]) == ["space"]


class Broken(io.RawIOBase):
    """Standard error on a full disk."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(params=["full", "closed"])
def broken_log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stream = io.TextIOWrapper(io.BufferedWriter(Broken(), 1))
    monkeypatch.setattr(sys, "stderr", stream)
    writer = logging._writer("request")
    if request.param == "closed":
        stream.buffer.raw.close()  # type: ignore[attr-defined]
    monkeypatch.setattr("jiuye.kernel.http.middleware.log", _Log(writer))
    yield
    with suppress(ValueError, OSError):
        stream.detach().detach()  # type: ignore[attr-defined]


class _Log:
    """A logger that writes as the product's do."""

    def __init__(self, writer: logging._Writer) -> None:
        self._writer = writer

    def info(self, event: str, **values: object) -> None:
        for _ in range(20):
            self._writer.info(f"{event} {values}".encode())


def test_a_log_that_cannot_be_written_fails_no_request(client: Client, broken_log: None) -> None:
    assert client.get("/livez").status_code == 200
    assert client.get("/jobs").status_code == 200
