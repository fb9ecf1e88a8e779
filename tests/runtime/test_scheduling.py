"""How the suite's tests are given to workers, tried on a small suite of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from jiuye.runtime.fingerprints import REPOSITORY

pytestmark = pytest.mark.processes

_SUITE = {
    "conftest.py": """
from tests.scheduling import ByModule

def pytest_xdist_make_scheduler(config, log):
    return ByModule(config, log)
""",
    "test_that_dies.py": """
import os, pathlib, signal, pytest

@pytest.mark.parametrize("number", range(8))
def test_one(number):
    mark = pathlib.Path(__file__).with_name("crashed")
    if number == 4 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
""",
    **{f"test_other_{number}.py": "def test_it(): pass\n" for number in range(12)},
}


def test_a_run_in_which_a_worker_dies_runs_the_other_tests_and_ends(tmp_path: Path) -> None:
    for name, content in _SUITE.items():
        (tmp_path / name).write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "1", "-p", "no:django", "-c", "/dev/null", "--rootdir", ".", "."],
        cwd=tmp_path, env={"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    told = done.stdout.strip().splitlines()[-1]
    assert "1 failed" in told
    assert "20 passed" in told
