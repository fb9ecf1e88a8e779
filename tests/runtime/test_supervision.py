"""Supervision of real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jiuye.runtime.failure import Failure
from jiuye.runtime.processes import MARKER, end, survivors, wait_until
from jiuye.runtime.supervision import Child, Supervisor
from jiuye.runtime.supervision.log_files import follow, trim

pytestmark = pytest.mark.processes
SLEEP = "import time; print('running', flush=True); time.sleep(60)"
PARENT_OF_TWO = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}]); {SLEEP}"


@pytest.fixture
def told() -> list[str]:
    """The lines that the supervisor printed."""
    return []


@pytest.fixture
def supervisor(told: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(told.append)
    yield made
    made.stop()


def child(tmp_path: Path, code: str, name: str = "worker", grace: float = 5.0) -> Child:
    environment = dict(os.environ) | {MARKER: str(tmp_path.resolve())}
    command = [sys.executable, "-c", code]
    return Child(name, command, environment=environment, log=tmp_path / f"{name}.log", grace=grace)


def is_running(pid: int | None) -> bool:
    return pid is not None and psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_killed_process_is_started_again_and_that_is_told(
    supervisor: Supervisor, told: list[str], tmp_path: Path
) -> None:
    worker = child(tmp_path, SLEEP)
    supervisor.start(worker)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)

    def is_back() -> bool:
        supervisor.tend()
        return worker.pid not in (None, first)

    assert wait_until(is_back, seconds=10)
    assert "signal 9" in told[0]


def test_what_a_killed_process_had_started_goes_with_it(supervisor: Supervisor, tmp_path: Path) -> None:
    web = child(tmp_path, PARENT_OF_TWO, name="web")
    supervisor.start(web)
    assert web.pid is not None
    leader = psutil.Process(web.pid)
    assert wait_until(lambda: len(leader.children()) == 1, seconds=10)
    grandchild = leader.children()[0].pid
    leader.kill()
    assert wait_until(lambda: web.ended() is not None, seconds=5)
    assert wait_until(lambda: not is_running(grandchild), seconds=5)


def test_a_process_that_never_comes_up_ends_the_start_with_its_last_words(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiuye.runtime.supervision.supervisor._FIRST_PAUSE", 0.01)
    supervisor.start(child(tmp_path, "raise SystemExit('no such table')"))

    def tend_while_there_is_hope() -> bool:
        supervisor.tend()
        supervisor.require_hope()
        return False

    with pytest.raises(Failure, match="no such table"):
        wait_until(tend_while_there_is_hope, seconds=20)


def test_processes_are_stopped_in_the_reverse_order(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        "def stop(*_):\n    open({path!r}, 'a').write({name!r}); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop); print('ready', flush=True); time.sleep(60)"
    )
    for name in ("a", "b", "c"):
        one = child(tmp_path, code.format(path=str(order), name=name), name=name)
        supervisor.start(one)
        assert wait_until(lambda one=one: "ready" in one.log.read_text(), seconds=10)  # type: ignore[misc]
    supervisor.stop()
    assert order.read_text() == "cba"


def test_a_process_that_ignores_the_request_is_killed_after_its_grace(tmp_path: Path) -> None:
    stubborn = child(tmp_path, f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}", grace=0.3)
    stubborn.start()
    pid = stubborn.pid
    assert wait_until(lambda: "running" in stubborn.log.read_text(), seconds=10)
    stubborn.stop()
    assert not is_running(pid)


def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from jiuye.runtime.supervision import Child\n"
        f"one = Child('x', [sys.executable, '-c', {SLEEP!r}], environment=dict(os.environ), log=Path({str(tmp_path)!r}) / 'x.log')\n"
        "one.start(); print(one.pid, flush=True); time.sleep(60)"
    )
    supervising = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert supervising.stdout is not None
    pid = int(supervising.stdout.readline())
    assert is_running(pid)
    supervising.kill()
    supervising.communicate()
    assert wait_until(lambda: not is_running(pid), seconds=10)


def test_survivors_are_known_by_the_folder_they_work_for(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    ours, theirs = child(tmp_path, SLEEP), child(tmp_path / "other", SLEEP)
    ours.start()
    theirs.start()
    try:
        assert wait_until(lambda: bool(survivors(tmp_path)), seconds=5)
        assert [process.pid for process in survivors(tmp_path)] == [ours.pid]
        end(survivors(tmp_path))
        assert ours.ended() is not None
        assert theirs.ended() is None
    finally:
        ours.stop()
        theirs.stop()


def test_a_long_log_is_moved_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 200)
        trim(log, limit=100)
        writer.write(b"later\n")
    assert log.read_bytes() == b"later\n"
    assert (tmp_path / "web.log.1").stat().st_size == 200


@pytest.mark.parametrize(
    "taken_away", [Path.unlink, lambda log: log.rename(log.with_suffix(".old"))], ids=["deleted", "moved"]
)
def test_a_log_taken_away_is_there_again_and_its_writer_need_not_know(
    supervisor: Supervisor, tmp_path: Path, taken_away: Callable[[Path], object]
) -> None:
    ear = tmp_path / "ear"
    os.mkfifo(ear)
    code = f"print('first', flush=True)\nfor line in open({str(ear)!r}): print(line, end='', flush=True)"
    web = child(tmp_path, code, name="web")
    web.start()
    written = Path(f"/proc/{web.pid}/fd/2")
    assert wait_until(lambda: b"first" in web.log.read_bytes(), seconds=10)
    seen = follow(web.log, web.pid, 0)

    taken_away(web.log)
    with ear.open("wb", buffering=0) as speak:
        for line in (b"second\n", b"third\n"):
            speak.write(line)
            assert wait_until(lambda: written.stat().st_size > len(b"first\n"), seconds=10)
            seen = follow(web.log, web.pid, seen)
        assert web.log.read_bytes() == b"second\nthird\n"
        assert written.stat().st_size == len(b"first\n")  # it grows nowhere
        web.stop()


def test_three_old_logs_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    for number in range(6):
        log.write_text(f"{number}" * 10)
        trim(log, limit=5)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert (tmp_path / "web.log.1").read_text() == "5" * 10
