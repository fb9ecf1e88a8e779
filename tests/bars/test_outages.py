"""A full disk (R4), the database away (R3), killed processes: reading goes on, nothing acknowledged is lost, and nobody is needed
for the return. On a whole platform that runs on a small tmpfs.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import psutil
import psycopg
import pytest

from jiuye.runtime.processes import wait_until
from tests.bars.outages import Person, Site, SmallDisk, acknowledged, fields_of
from tests.factories.running_platform import Answer

pytestmark = pytest.mark.processes
PATIENCE = 60.0  # for a machine with other work; an idle one needs a second or two
WITHOUT_DATABASE = ("/livez", "/login", "/help", "/status")
FOR_VISITORS = ("/livez", "/", "/jobs", "/agencies", "/login", "/api/v1/jobs")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with SmallDisk.mounted(tmp_path_factory.mktemp("outages") / "disk") as disk:
        made = Site(disk, people=40)
        yield made
        made.end()


@pytest.fixture
def person(site: Site) -> Iterator[Person]:
    """Somebody who has not applied yet. Whatever happens to them, the next test finds the site as it was."""
    yield next(site.spare)
    site.clear()
    assert becomes(lambda: site.platform.status("/readyz") == 200)


def becomes(condition: Callable[[], bool]) -> bool:
    """Wait until the condition holds ten times in a row: each web process finds out by itself, and any may answer."""
    return wait_until(lambda: all(condition() for _ in range(10)), seconds=PATIENCE, pause=0.2)


def says_when(answer: Answer) -> bool:
    return answer.status == 503 and int(answer.headers.get("Retry-After", "0")) > 0


def test_a_full_disk_stops_writing_only_and_loses_nothing(site: Site, person: Person) -> None:
    kept = [next(site.spare).apply() for _ in range(5)]
    reader, refused_form = next(site.spare), person.form()

    site.fill()
    assert becomes(lambda: "space" in site.platform.ask("/readyz").text)
    refused = person.send(refused_form)
    assert says_when(refused)
    assert "重新提交" in refused.text  # the page holds what was sent
    assert urlencode(fields_of(refused.text)) == refused_form

    site.platform.postgres().kill()  # it starts again by what the reserve gives back
    assert becomes(lambda: reader.ask("/me/applications").status == 200)
    site.fill()  # and that is used up, too
    for path in (*FOR_VISITORS, f"/jobs/{site.posting}"):
        assert site.platform.status(path) == 200, path
    assert reader.ask("/me/applications").status == 200
    assert says_when(person.send(refused_form))

    site.clear()
    assert becomes(lambda: site.platform.status("/readyz") == 200)
    kept.append(acknowledged(person.send(refused_form)))
    kept += [next(site.spare).apply() for _ in range(3)]
    assert sorted(kept) == sorted(site.applications())


@contextlib.contextmanager
def stopped(site: Site) -> Iterator[None]:
    """The database's processes stand still, and keep all connections open."""
    postmaster = site.platform.postgres()
    processes = [postmaster, *postmaster.children()]
    for one in processes:
        one.suspend()
    try:
        yield
    finally:
        for one in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.resume()


@contextlib.contextmanager
def killed(site: Site) -> Iterator[None]:
    site.platform.postgres().kill()
    yield


@contextlib.contextmanager
def crowded(site: Site) -> Iterator[None]:
    """All connections that the server allows are taken by others, and ours are cut."""
    with contextlib.ExitStack() as taken, contextlib.suppress(psycopg.OperationalError):
        first = taken.enter_context(psycopg.connect(site.dsn, autocommit=True))
        first.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"
        )
        with contextlib.suppress(psycopg.OperationalError):
            for _ in range(120):
                taken.enter_context(psycopg.connect(site.dsn))
        yield


@pytest.mark.parametrize("outage", [killed, stopped, crowded], ids=lambda one: one.__name__)
def test_without_the_database_there_are_only_refusals_that_say_when(
    site: Site, person: Person, outage: Callable[[Site], "contextlib.AbstractContextManager[None]"]
) -> None:
    form, seen = person.form(), []
    requests: list[Callable[[], Answer]] = [
        *(lambda path=path: site.platform.ask(path) for path in (*FOR_VISITORS, "/readyz", f"/jobs/{site.posting}")),
        lambda: person.ask("/me/applications"),
        lambda: person.send(form),
        lambda: site.platform.ask("/api/v1/jobs/none"),
        lambda: site.platform.ask("/oauth/token", "grant_type=client_credentials"),
        lambda: site.platform.ask("/callbacks/sms-receipts", "{}"),
        lambda: site.platform.ask("/agencies", headers={"HX-Request": "true"}),
    ]

    with outage(site):
        until = time.monotonic() + 4
        while time.monotonic() < until:
            for request in requests:
                seen.append(request())
        for path in WITHOUT_DATABASE:
            assert site.platform.status(path) in (200, 503 if path == "/status" else 200), path

    assert [one for one in seen if one.status >= 500 and not says_when(one)] == []
    assert becomes(lambda: site.platform.status("/readyz") == 200)
    assert becomes(lambda: person.ask("/me/applications").status == 200)


def test_killed_processes_are_started_again_at_once_however_often(site: Site) -> None:
    programs = [("-m", "jiuye.worker", "imports"), ("-m", "granian"), ("-m", "jiuye.sandbox")]
    ended = site.platform.told().count("signal 9")

    for program in [*programs, *programs, ("-m", "jiuye.sandbox"), ("-m", "jiuye.sandbox")]:
        before = site.platform.process_of(*program)
        os.kill(before.pid, signal.SIGKILL)

        def is_back(program: tuple[str, ...] = program, before: int = before.pid) -> bool:
            with contextlib.suppress(StopIteration, psutil.Error):
                return site.platform.process_of(*program).pid != before
            return False

        assert becomes(is_back)
    told = [line for line in site.platform.told().splitlines() if "signal 9" in line][ended:]
    assert len(told) == 8
    assert all("0.3 秒后重启" in line for line in told), told
    assert becomes(lambda: site.platform.status("/readyz") == 200)


def test_acknowledged_applications_survive_kills_of_the_database(site: Site) -> None:
    kept, people = [], [next(site.spare) for _ in range(6)]
    forms = [one.form() for one in people]
    killer = threading.Timer(0.3, lambda: site.platform.postgres().kill())
    killer.start()

    for one, form in zip(people, forms, strict=True):
        until = time.monotonic() + PATIENCE
        while (answer := one.send(form)).status in (0, 503) and time.monotonic() < until:
            time.sleep(0.2)
        kept.append(acknowledged(answer))

    killer.join()
    assert becomes(lambda: site.platform.status("/readyz") == 200)  # the kill may have come after the last answer
    stored = site.applications()
    assert set(kept) <= set(stored)
    assert len(set(stored)) == len(stored)
