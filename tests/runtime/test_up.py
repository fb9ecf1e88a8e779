"""The whole platform: started by `up`, killed, started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from jiuye.kernel import privileges
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.postgres import RUNTIME_ROLE
from jiuye.runtime.postgres.cluster import SUPERUSER
from jiuye.runtime.processes import survivors, working_in
from tests.factories.running_platform import Platform

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, prepared by the first test's first run, which takes longest."""
    return tmp_path_factory.mktemp("up") / "data"


@pytest.fixture
def data(folder: Path) -> Iterator[Path]:
    """The data folder; processes that still use it after the test are ended."""
    yield folder
    for process in [*survivors(folder), *working_in(DataFolder(folder).postgres)]:
        process.kill()


def test_it_comes_up_again_after_all_of_it_was_killed_and_stops_cleanly(data: Path) -> None:
    first = Platform(data)
    first.wait_until_ready()
    assert first.status("/readyz") == 200
    for process in first.everything():
        with contextlib.suppress(psutil.NoSuchProcess):  # the death of the first process may have reached it already
            process.kill()
    first.process.wait()

    second = Platform(data)
    second.wait_until_ready()
    assert second.status("/readyz") == 200
    children = second.everything()[1:]
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(60) == 0
    assert [process for process in children if process.is_running()] == []
    assert DataFolder(data).occupant() is None


def test_it_comes_up_again_after_the_supervisor_alone_was_killed(data: Path) -> None:
    first = Platform(data)
    first.wait_until_ready()
    first.process.kill()
    first.process.wait()

    second = Platform(data)
    second.wait_until_ready()
    assert second.status("/readyz") == 200
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(60) == 0


LAST_WITHOUT_ROLE = "0008_limits_and_stored_answers"
"""The kernel's last migration before there was a role without tables, and triggers against TRUNCATE."""


def make_older(data: Path) -> None:
    """Put the data folder back to the time of one role."""
    server = DataFolder(data).server()
    server.start()
    try:
        surroundings = os.environ | {"DATABASE_URL": server.dsn(), "DJANGO_SETTINGS_MODULE": "jiuye.config.settings"}
        command = [sys.executable, "-m", "django", "migrate", "kernel", LAST_WITHOUT_ROLE, "--verbosity=0"]
        subprocess.run(command, env=surroundings, check=True, capture_output=True, timeout=300)
        with psycopg.connect(server.dsn(user=SUPERUSER), autocommit=True) as superuser:
            superuser.execute(f"DROP OWNED BY {RUNTIME_ROLE}")
            superuser.execute(f"DROP ROLE {RUNTIME_ROLE}")
    finally:
        server.stop()
    shutil.rmtree(data / "anchors", ignore_errors=True)


def test_a_folder_from_before_there_was_a_runtime_role_gets_all_that_belongs_to_it(data: Path) -> None:
    make_older(data)

    platform = Platform(data)
    platform.wait_until_ready()
    with psycopg.connect(DataFolder(data).server().dsn(), autocommit=True) as owner:
        assert privileges.faults(owner.cursor(), RUNTIME_ROLE) == []
        with pytest.raises(psycopg.errors.RaiseException, match="never truncated"):
            owner.execute("TRUNCATE kernel_audit")
        roles = "SELECT DISTINCT usename FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'jiuye'"
        assert owner.execute(roles).fetchall() == [(RUNTIME_ROLE,)]
    platform.process.send_signal(signal.SIGTERM)
    assert platform.process.wait(60) == 0
