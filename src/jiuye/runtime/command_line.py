"""The launcher's commands and their arguments."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from jiuye.runtime import benching, code_checks, database, doctor, findings, testing, up
from jiuye.runtime.backup import continuous, restoring, taking, until
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground


def default_data() -> Path:
    """Return the data folder used without --data: DATA_DIR, else the repository's ignored folder."""
    return Path(os.environ.get("DATA_DIR") or REPOSITORY / ".jiuye" / "data")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. A Failure is printed as one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_print(stream)
    try:
        command = COMMANDS.get(arguments[0]) if arguments else None
        if command is None:
            raise Failure(f"没有这个命令（commands: {', '.join(COMMANDS)}）", code=2)
        return command(list(arguments[1:]))
    except Failure as failure:
        print(f"jiuye: {failure.line}", file=sys.stderr)
        return failure.code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("jiuye: 磁盘已满（disk full: free some space and try again）", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _never_fail_to_print(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace", line_buffering=True)


def _up(arguments: list[str]) -> int:
    parser = _parser("up", "启动平台（start everything）")
    parser.add_argument("--port", type=_port, default=8000, help="网站端口，沙箱用下一个（default: 8000）")
    sizes = ["small", "large", "none"]
    parser.add_argument("--demo", choices=sizes, help="首次载入的演示数据（default: small; none in production）")
    parsed = parser.parse_args(arguments)
    return up.run(up.Wish(_folder(parsed.data), parsed.port, parsed.demo))


def _test(arguments: list[str]) -> int:
    return testing.run(arguments)


def _check(arguments: list[str]) -> int:
    names = [check.name for check in code_checks.CHECKS]
    parser = argparse.ArgumentParser(prog="./jiuye check", description="检查代码（check the code）", allow_abbrev=False)
    parser.add_argument("name", nargs="*", help=f"只做这些检查（only these: {', '.join(names)}）")
    parser.add_argument("--quick", action="store_true", help="只做几秒内完成的检查（only what takes seconds）")
    parser.add_argument("--fix", action="store_true", help="由 ruff 修正能修正的（let ruff correct what it can）")
    parsed = parser.parse_args(arguments)
    return code_checks.run(parsed.name, quick=parsed.quick, fix=parsed.fix)


def _findings(arguments: list[str]) -> int:
    return findings.run(arguments)


def _bench(arguments: list[str]) -> int:
    if not arguments or arguments[0].startswith("-"):
        raise Failure(
            f"用法：./jiuye bench NAME [--data DIR] […]（NAME: {', '.join(benching.names()) or 'none'}）", code=2
        )
    data, rest = _leading_data(arguments[1:])
    return benching.run(arguments[0], _folder(data) if data else None, rest)


WITHOUT_DATABASE = frozenset({"preview_import", "screen"})
"""Commands of `manage` that read the release's data files only, unless they are for an agency."""


def _manage(arguments: list[str]) -> int:
    data, rest = _leading_data(arguments)
    folder = _folder(data)
    if rest and rest[0] in WITHOUT_DATABASE and not any(one.startswith("--agency") for one in rest):
        environment = {"DJANGO_SETTINGS_MODULE": "jiuye.config.settings", "DATA_DIR": str(folder.path), **os.environ}
        return run_in_foreground([sys.executable, "-m", "django", *rest], environment)
    with database.available(folder, "manage " + " ".join(rest[:1])) as dsn:
        environment = os.environ | database.addresses(dsn) | {"DATA_DIR": str(folder.path)}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
        return run_in_foreground([sys.executable, "-m", "django", *rest], environment)


def _doctor(arguments: list[str]) -> int:
    parser = _parser("doctor", "检查安装（check the installation）")
    parser.add_argument("--port", type=_port, default=8000, help="要检查的网站端口（default: 8000）")
    parsed = parser.parse_args(arguments)
    return doctor.run(_folder(parsed.data), parsed.port)


def _database(arguments: list[str]) -> int:
    parser = _parser("database", "只管理内置数据库（the embedded database alone, for development）")
    parser.add_argument("action", choices=["start", "stop", "run", "status"])
    parsed = parser.parse_args(arguments)
    data = _folder(parsed.data)
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


def _backup(arguments: list[str]) -> int:
    parser = _parser("backup", "备份数据库与文件（database and files, while the site runs; see docs/backup.md）")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?", help="新文件，不会覆盖已有文件（a new file）")
    what.add_argument("--base", action="store_true", help="复制到 WAL_ARCHIVE_DIR，供时间点恢复（for points in time）")
    what.add_argument("--files", action="store_true", help="把新文件加到最近一次 --base（new files since --base）")
    parser.add_argument("--keep", type=int, default=2, help="--base 之后保留几份（copies kept, default: 2）")
    parsed = parser.parse_args(arguments)
    data = _folder(parsed.data)
    if parsed.base:
        return continuous.take_base(data, keep=parsed.keep)
    return continuous.take_files(data) if parsed.files else taking.run(data, parsed.file.expanduser().absolute())


def _restore(arguments: list[str]) -> int:
    parser = _parser("restore", "从备份恢复（restore a backup into an empty data folder; see docs/backup.md）")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?", help="备份文件（the file of a backup）")
    what.add_argument("--until", help="恢复到某一时刻，如 2026-11-30T10:15:00（a point in time, from WAL_ARCHIVE_DIR）")
    parser.add_argument(
        "--check", action="store_true", help="只校验 FILE，不恢复（only prove that it can be restored）"
    )
    parser.add_argument("--replace", action="store_true", help="把原有数据移到一旁（put aside what is there）")
    parsed = parser.parse_args(arguments)
    data = _folder(parsed.data)
    if parsed.until:
        return until.run(data, until.moment(parsed.until), replace=parsed.replace)
    path = parsed.file.expanduser().absolute()
    return restoring.check(data, path) if parsed.check else restoring.run(data, path, replace=parsed.replace)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": _up,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "findings": _findings,
    "manage": _manage,
    "doctor": _doctor,
    "database": _database,
    "backup": _backup,
    "restore": _restore,
}


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./jiuye {name}", description=description, allow_abbrev=False)
    parser.add_argument("--data", type=Path, help="数据目录（default: .jiuye/data）")
    return parser


def _port(text: str) -> int:
    """Parse a port number, less than the highest: the sandbox uses the next one."""
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 1 <= port <= 65534:
        raise argparse.ArgumentTypeError(f"{text} 不是 1–65534 之间的端口（not a port）")
    return port


def _folder(data: Path | None) -> DataFolder:
    return DataFolder((data or default_data()).expanduser().resolve())


def _leading_data(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """Remove a leading `--data DIR`. All other arguments belong to the command that is run."""
    if arguments and arguments[0].startswith("--data="):
        return Path(arguments[0].partition("=")[2]), arguments[1:]
    if len(arguments) > 1 and arguments[0] == "--data":
        return Path(arguments[1]), arguments[2:]
    return None, arguments
