"""The launcher ./jiuye: its error messages, and that any Python can read it far enough to print them."""

import ast
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from jiuye.runtime.fingerprints import REPOSITORY

LAUNCHER = REPOSITORY / "jiuye"
TREE = ast.parse(LAUNCHER.read_text())
NEWER_THAN_PYTHON_2 = (
    ast.JoinedStr,
    ast.AnnAssign,
    ast.NamedExpr,
    ast.Nonlocal,
    ast.AsyncFunctionDef,
    ast.Match,
    ast.YieldFrom,
    ast.Starred,
)


def load(root: Path) -> ModuleType:
    """Return a copy of the launcher in another repository, as a module."""
    for name in ("jiuye", "uv.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, root / name)
    loader = SourceFileLoader("launcher", str(root / "jiuye"))
    spec = spec_from_loader("launcher", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def launcher(tmp_path: Path) -> ModuleType:
    return load(tmp_path)


def test_its_syntax_is_understood_by_python_2() -> None:
    assert [node for node in ast.walk(TREE) if isinstance(node, NEWER_THAN_PYTHON_2)] == []
    assert [node for node in ast.walk(TREE) if isinstance(node, ast.Raise) and node.cause] == []
    functions = [node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions if function.returns or function.args.kwonlyargs] == []
    assert [argument.arg for function in functions for argument in function.args.args if argument.annotation] == []


def test_it_says_in_which_letters_it_is_written() -> None:
    assert "coding: utf-8" in LAUNCHER.read_text().splitlines()[1]


def test_it_imports_the_standard_library_alone() -> None:
    imported = {
        alias.name.split(".")[0] for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names
    }
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(TREE))
    assert imported <= set(sys.stdlib_module_names)


def test_an_old_python_is_told_so_in_one_line() -> None:
    pretend = f"import sys; sys.version_info = (3, 9, 2); exec(open({str(LAUNCHER)!r}, encoding='utf-8').read())"
    outcome = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert len(outcome.stderr.splitlines()) == 1
    assert "this is 3.9" in outcome.stderr


def test_without_the_package_index_it_says_so_in_one_line(tmp_path: Path) -> None:
    for name in ("jiuye", "uv.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    unreachable = os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_NO_INDEX": "1"}
    unreachable["PIP_FIND_LINKS"] = str(tmp_path)
    outcome = subprocess.run(
        [sys.executable, str(tmp_path / "jiuye"), "up"], env=unreachable, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 1
    progress, reason = outcome.stderr.splitlines()
    assert "installing" in progress
    assert "pip" in reason


def test_an_environment_counts_as_installed_until_the_lock_changes(launcher: ModuleType, tmp_path: Path) -> None:
    interpreter = tmp_path / ".jiuye" / "venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.symlink_to(sys.executable)
    launcher.write(launcher.stamp("product"), launcher.fingerprint())
    assert launcher.installed(launcher.fingerprint(), development=False)
    assert not launcher.installed(launcher.fingerprint(), development=True)
    with (tmp_path / "uv.lock").open("a") as lock:
        lock.write("# changed\n")
    assert not launcher.installed(launcher.fingerprint(), development=False)


def test_starting_the_platform_never_takes_the_tests_dependencies_away(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(launcher, "run", record)
    launcher.synchronise("uv", development=False)
    launcher.synchronise("uv", development=True)
    assert "--inexact" in commands[0]
    assert "--no-dev" in commands[0]
    assert commands[1][-2:] == ["--group", "dev"]
    assert all("--frozen" in command for command in commands)
