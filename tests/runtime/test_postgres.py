"""The embedded server, started for real in a temporary folder."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import Server, running_dsn
from jiuye.runtime.processes import wait_until, working_in

pytestmark = pytest.mark.processes


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Created, not started."""
    made = Server(tmp_path / "postgres", log=tmp_path / "postgres.log", durable=False)
    yield made
    made.erase()


def ask(server: Server, query: str) -> object:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def write_a_note(server: Server) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept'::text AS body")


def test_a_fresh_server_has_the_product_s_database_and_no_superuser_for_it(server: Server) -> None:
    server.start()
    assert ask(server, "SELECT current_database() || ' ' || current_user") == "jiuye jiuye"
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_trigrams_see_chinese_letters(server: Server) -> None:
    server.start()
    assert ask(server, "SELECT similarity('招聘会', '招聘会') = 1 AND cardinality(show_trgm('招聘会')) = 4") is True


def test_nothing_listens_beside_the_socket(server: Server) -> None:
    server.start()
    assert ask(server, "SHOW listen_addresses") == ""


def test_its_log_does_not_quote_what_it_refuses(server: Server, tmp_path: Path) -> None:
    server.start()
    with pytest.raises(psycopg.errors.UniqueViolation, match="13900000001"):
        ask(server, "CREATE TEMP TABLE a (b text UNIQUE); INSERT INTO a VALUES ('13900000001'), ('13900000001')")
    server.stop()
    told = (tmp_path / "postgres.log").read_text()
    assert "ready to accept connections" in told
    assert "13900000001" not in told


def test_what_was_committed_is_there_after_stop_and_start(server: Server) -> None:
    server.start()
    write_a_note(server)
    server.stop()
    assert not server.answers()
    server.start()
    assert ask(server, "SELECT body FROM note") == "kept"


def test_a_killed_server_starts_again_with_what_was_committed(tmp_path: Path) -> None:
    server = Server(tmp_path / "postgres", log=tmp_path / "postgres.log", durable=True)
    server.start()
    write_a_note(server)
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    server.start()
    assert ask(server, "SELECT body FROM note") == "kept"
    server.erase()


def test_a_stale_pid_file_that_names_a_living_process_is_no_obstacle(server: Server) -> None:
    server.start()
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    pid_file = server.folder / "postmaster.pid"
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        server.start()
        assert server.answers()
        assert bystander.poll() is None
    finally:
        bystander.communicate(b"\n")


def test_the_server_of_a_killed_run_is_shut_down_and_replaced(server: Server, tmp_path: Path) -> None:
    orphan = Server(server.folder, log=tmp_path / "postgres.log", durable=False, stays=True)
    orphan.start()
    write_a_note(orphan)
    server.start()  # a fast shutdown writes what is in memory
    assert orphan.process is not None
    assert orphan.process.wait(10) == 0
    assert ask(server, "SELECT body FROM note") == "kept"


def test_a_server_ends_with_the_process_that_started_it(server: Server) -> None:
    starter = (
        "import sys, time; from pathlib import Path; from jiuye.runtime.postgres import Server\n"
        f"Server(Path({str(server.folder)!r}), log=Path({str(server.folder)!r} + '.log'), durable=False).start()\n"
        "print('started', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"started\n"
    process.kill()
    process.communicate()
    assert wait_until(lambda: not any(working_in(server.folder)), seconds=20)


def test_a_folder_locked_by_processes_we_cannot_see_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.runtime.postgres.server._RETRY_SECONDS", 0.2)
    with FileLock(server.folder.with_name("postgres.lock")) as elsewhere:
        assert elsewhere.acquire()
        with pytest.raises(Failure, match="another PostgreSQL still uses"):
            server.start()


def test_an_interrupted_creation_is_started_again(server: Server) -> None:
    half = server.folder.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert server.answers()
    assert not half.exists()


def test_a_path_too_long_for_a_socket_is_served_from_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    server = Server(deep / "postgres", log=tmp_path / "postgres.log", durable=False)
    server.start()
    try:
        assert ask(server, "SELECT 1") == 1
        assert running_dsn(server.folder) == server.dsn()
    finally:
        server.erase()


def test_data_below_a_closed_home_is_served_all_the_same(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = Server(home / "postgres", log=tmp_path / "postgres.log", durable=False)
    server.start()
    try:
        assert ask(server, "SELECT 1") == 1
        assert server.folder.stat().st_uid != 0
    finally:
        server.erase()


def test_stopping_twice_is_no_mistake(server: Server) -> None:
    server.start()
    server.stop()
    server.stop()
    assert running_dsn(server.folder) is None


def test_a_damaged_cluster_gives_the_reason_in_one_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start()
    server.stop()
    (server.folder / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(Failure) as refused:
        server.start()
    assert "version" in refused.value.line
    assert "\n" not in refused.value.line


def test_an_interrupt_at_the_terminal_does_not_reach_the_server(server: Server) -> None:
    server.start()
    assert server.process is not None
    assert os.getpgid(server.process.pid) != os.getpgid(0)
    server.process.send_signal(signal.SIGHUP)  # reload, as postgres reads it
    assert server.answers()
