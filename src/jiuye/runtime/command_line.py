"""The launcher's commands and their arguments."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from jiuye.runtime import database, up
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure

REPOSITORY = Path(__file__).resolve().parents[3]


def default_data() -> Path:
    """Where data lies when no --data is given: DATA_DIR, else the repository's ignored folder."""
    return Path(os.environ.get("DATA_DIR") or REPOSITORY / ".jiuye" / "data")


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. A Failure becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_print(stream)
    try:
        parsed, rest = _parser().parse_known_args(arguments)
        command: Callable[[argparse.Namespace, list[str]], int] = parsed.run
        return command(parsed, rest)
    except Failure as failure:
        print(f"jiuye: {failure.line}", file=sys.stderr)
        return failure.code
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            print("jiuye: 磁盘已满（disk full: free some space and try again）", file=sys.stderr)
            return 1
        raise
    except KeyboardInterrupt:
        return 130


def _never_fail_to_print(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace", line_buffering=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jiuye", description="就业在线：./jiuye up | test | bench | manage | doctor")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _up(commands)
    _manage(commands)
    _database(commands)
    return parser


def _data_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=None, help="数据目录（default: .jiuye/data）")


def folder_of(parsed: argparse.Namespace) -> DataFolder:
    """The data folder that the arguments name."""
    return DataFolder((parsed.data or default_data()).expanduser().resolve())


def _up(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("up", help="启动平台（start everything）")
    parser.add_argument("--port", type=int, default=8000, help="网站端口，沙箱用下一个（default: 8000）")
    parser.add_argument(
        "--demo", choices=["small", "large", "none"], default=None, help="首次载入的演示数据（default: small）"
    )
    _data_argument(parser)

    def run(parsed: argparse.Namespace, rest: list[str]) -> int:
        _refuse(parser, rest)
        return up.run(up.Wish(folder_of(parsed), parsed.port, parsed.demo))

    parser.set_defaults(run=run)


def _refuse(parser: argparse.ArgumentParser, rest: list[str]) -> None:
    """Arguments that nobody understands are an error where they are not passed on."""
    if rest:
        parser.error("unrecognized arguments: " + " ".join(rest))


def _manage(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "manage", help="Django 命令（needs a database: starts one if none runs）", add_help=False
    )
    _data_argument(parser)

    def run(parsed: argparse.Namespace, rest: list[str]) -> int:
        data = folder_of(parsed)
        with database.available(data, "manage " + " ".join(rest[:1])) as dsn:
            surroundings = os.environ | {"DATABASE_URL": dsn, "DATA_DIR": str(data.path)}
            surroundings.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
            return subprocess.run([sys.executable, "-m", "django", *rest], env=surroundings, check=False).returncode

    parser.set_defaults(run=run)


def _database(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("database", help="只管理内置数据库（the embedded database alone, for development）")
    parser.add_argument("action", choices=["start", "stop", "run", "status"])
    _data_argument(parser)

    def run(parsed: argparse.Namespace, rest: list[str]) -> int:
        _refuse(parser, rest)
        data = folder_of(parsed)
        if parsed.action == "start":
            print(database.start_in_background(data))
        elif parsed.action == "stop":
            print("stopped" if database.stop_in_background(data) else "not running")
        elif parsed.action == "run":
            database.run_in_foreground(data)
        else:
            running = database.running_dsn(data.postgres)
            print(running or "not running")
            return 0 if running else 1
        return 0

    parser.set_defaults(run=run)
