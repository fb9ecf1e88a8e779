"""When the supervisor starts a process again, by a clock that does not run."""

from pathlib import Path

import pytest

from jiuye.runtime.failure import Failure
from jiuye.runtime.supervision import Supervisor

KILLED, FAILED, CRASHED = "signal 9", "exit code 1", "signal 11"
MOST_AFTER_A_KILL = 1.0


class Hands:
    """A clock that is moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Program:
    """A program that ends as it is told, at its next look."""

    pid = None

    def __init__(self, folder: Path, name: str = "web") -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.starts: list[float] = []
        self.ends: str | None = None
        self.fails: Exception | None = None
        self.clock: Hands

    def start(self) -> None:
        if self.fails:
            raise self.fails
        self.starts.append(self.clock())

    def ended(self) -> str | None:
        how, self.ends = self.ends, None
        return how

    def stop(self) -> None:
        self.ends = None


class World:
    """A supervisor, its clock and its programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Hands()
        self.supervisor = Supervisor(lambda line: None, self.clock)

    def program(self, name: str = "web") -> Program:
        made = Program(self.folder, name)
        made.clock = self.clock
        self.supervisor.start(made)
        return made

    def pass_by(self, seconds: float) -> None:
        """Tend the programs every tenth of a second."""
        for _ in range(round(seconds * 10)):
            self.clock.now += 0.1
            self.supervisor.tend()

    def seconds_until_it_starts(self, program: Program, *, patience: float = 60.0) -> float:
        number, since = len(program.starts), self.clock()
        while len(program.starts) == number:
            assert self.clock() - since < patience
            self.pass_by(0.1)
        return self.clock() - since


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize("runs", [0.5, 30.0], ids=["while it starts", "while it works"])
def test_a_killed_program_is_back_at_once_however_often_it_is_killed(world: World, runs: float) -> None:
    web = world.program()

    for _ in range(20):
        world.pass_by(runs)
        web.ends = KILLED
        assert world.seconds_until_it_starts(web) <= MOST_AFTER_A_KILL


@pytest.mark.parametrize("how", [FAILED, CRASHED])
def test_a_program_that_had_been_working_is_back_at_once(world: World, how: str) -> None:
    worker = world.program("worker")

    for _ in range(20):
        world.pass_by(6)
        worker.ends = how
        assert world.seconds_until_it_starts(worker) <= MOST_AFTER_A_KILL


@pytest.mark.parametrize("how", [FAILED, CRASHED])
def test_a_program_that_cannot_start_is_tried_ever_more_rarely(world: World, how: str) -> None:
    web = world.program()
    pauses = []

    for _ in range(8):
        world.pass_by(0.2)
        web.ends = how
        pauses.append(round(world.seconds_until_it_starts(web), 1))

    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4
    with pytest.raises(Failure, match="web 无法启动"):
        world.supervisor.require_hope()


def test_a_program_that_is_killed_is_not_hopeless(world: World) -> None:
    web = world.program()

    for _ in range(10):
        world.pass_by(0.2)
        web.ends = KILLED
        world.seconds_until_it_starts(web)

    world.supervisor.require_hope()


def test_one_that_could_not_start_is_tried_again_when_another_is_back(world: World) -> None:
    postgres, worker = world.program("postgres"), world.program("worker")
    for _ in range(8):  # it needs the database, which misses
        world.pass_by(0.2)
        worker.ends = FAILED
        world.seconds_until_it_starts(worker)
    world.pass_by(0.2)
    worker.ends = FAILED
    world.pass_by(0.2)

    postgres.ends = KILLED
    world.pass_by(0.1)

    assert world.seconds_until_it_starts(worker) <= 2 * MOST_AFTER_A_KILL


def test_a_start_that_raises_is_tried_again_soon_and_keeps_the_others_running(world: World) -> None:
    postgres, web = world.program("postgres"), world.program()
    world.pass_by(20)
    postgres.fails, postgres.ends = OSError(28, "No space left on device"), KILLED
    world.pass_by(3)
    web.ends = KILLED

    assert world.seconds_until_it_starts(web) <= MOST_AFTER_A_KILL
    postgres.fails = None
    assert world.seconds_until_it_starts(postgres) <= 5


def test_a_log_that_cannot_be_moved_aside_ends_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(log: Path) -> None:
        raise OSError(28, "No space left on device")

    web = world.program()
    monkeypatch.setattr("jiuye.runtime.supervision.supervisor.trim", full)
    world.pass_by(120)
    web.ends = KILLED

    assert world.seconds_until_it_starts(web) <= MOST_AFTER_A_KILL
