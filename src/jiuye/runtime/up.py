"""`up`: start, watch and stop all processes of the platform."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from jiuye.config import env
from jiuye.runtime import assets, database, prepared, register_entries
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.demo import second_factor
from jiuye.runtime.failure import Failure
from jiuye.runtime.processes import MARKER, die_with_parent, end, survivors
from jiuye.runtime.reserve import Reserve
from jiuye.runtime.supervision import Child, Postgres, Supervisor
from jiuye.runtime.supervision.log_files import last_line

HOST = "127.0.0.1"
_READY_SECONDS = 180.0
_TICK = 0.2


class Stop(BaseException):
    """Raised when a signal asks us to stop."""


@dataclass(frozen=True)
class Wish:
    """The options of the command line."""

    data: DataFolder
    port: int
    demo: str | None

    @property
    def sandbox_port(self) -> int:
        """The port after the site's."""
        return self.port + 1


def run(wish: Wish) -> int:
    """Start everything, print the addresses, and run until a signal. Raises Failure."""
    with wish.data.claimed("up"):
        wish.data.require_space()
        end(survivors(wish.data.path))
        for port in (wish.port, wish.sandbox_port):
            require_free(port)
        wish.data.logs.mkdir(exist_ok=True)
        supervisor = Supervisor(tell)
        _on_signals(_raise_stop)
        try:
            reserve = Reserve(wish.data.path, env.environment().least_free_mb * 2**20, tell)
            _start(wish, supervisor)
            while True:
                time.sleep(_TICK)
                reserve.tend(time.monotonic())
                supervisor.tend()
        except Stop:
            tell("正在停止…")
            return 0
        finally:
            _on_signals(signal.SIG_IGN)
            supervisor.stop()


def tell(line: str) -> None:
    """Print one line, if there is anywhere to print it: a full disk or a closed terminal stops nothing."""
    with suppress(OSError, ValueError):
        print(line, flush=True)


def require_free(port: int) -> None:
    """Raises Failure if the port is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise Failure(
                f"端口 {port} 无法使用，请用 --port 换一个（port {port}: {getattr(error, 'strerror', error)}）"
            ) from None


# Starting


def _start(wish: Wish, supervisor: Supervisor) -> None:
    began = time.monotonic()
    addresses = database.addresses(database.configured() or wish.data.server().dsn())
    environment = _environment(wish, addresses["DATABASE_URL"])
    logs = wish.data.logs
    if not database.configured():
        server = wish.data.server(meanwhile=supervisor.tend)  # it may recover for minutes: the others are kept running
        supervisor.start(Postgres(server, logs / "postgres.log"))
    sandbox = [
        sys.executable,
        "-m",
        "jiuye.sandbox",
        "--port",
        str(wish.sandbox_port),
        "--data",
        str(wish.data.sandbox),
    ]
    supervisor.start(Child("sandbox", sandbox, environment=environment, log=logs / "sandbox.log", grace=5.0))
    ready = _prepare(wish, os.environ | environment | addresses)
    supervisor.start(Child("web", web_command(wish.port), environment=environment, log=logs / "web.log"))
    _await(lambda: _answers(wish.port, "/readyz", {200}), supervisor, logs / "web.log")
    # After the site, so that they do not compete for the processor: until it runs, its jobs wait in the queue.
    worker = [sys.executable, "-m", "jiuye.worker"]
    supervisor.start(Child("worker", worker, environment=environment, log=logs / "worker.log", grace=20.0))
    sheets = [*worker, "imports"]
    supervisor.start(Child("imports", sheets, environment=environment, log=logs / "imports.log", grace=20.0))
    _await(lambda: _answers(wish.sandbox_port, "/", None), supervisor, logs / "sandbox.log")
    _hand_out_authenticators(wish, ready)
    _fill_registers(wish, ready, environment["DATABASE_URL"])
    tell(_welcome(wish, ready, time.monotonic() - began))


def _environment(wish: Wish, dsn: str) -> dict[str, str]:
    """Return the environment of the product's processes; the user's own settings take precedence where they may differ."""
    chosen = {
        "SITE_URL": f"http://{HOST}:{wish.port}",
        "SANDBOX_URL": f"http://{HOST}:{wish.sandbox_port}",
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
        # Without quiet hours: at night, too, messages appear on the sandbox's phone at once.
        "SMS_QUIET_HOURS": "off",
    }
    fixed = {
        "DATABASE_URL": dsn,
        "DATA_DIR": str(wish.data.path),
        "PYTHONUNBUFFERED": "1",
        MARKER: str(wish.data.path.resolve()),
    }
    # The site and its workers need not know the way to the owner of the tables.
    inherited = {name: value for name, value in os.environ.items() if name != "MIGRATIONS_DATABASE_URL"}
    return chosen | inherited | fixed


def _prepare(wish: Wish, environment: dict[str, str]) -> prepared.Prepared:
    """Prepare assets, schema and data in one Django process, only if something has changed."""
    dsn = environment["DATABASE_URL"]
    try:
        found = prepared.look(dsn)
        if found is None or found.wants(wish.demo) or not assets.are_built():
            _run_prepare(wish, environment)
            found = prepared.look(dsn)
    except psycopg.Error as error:
        raise Failure(f"无法连接数据库（database: {str(error).strip().splitlines()[0]}）") from None
    if found is None:
        raise Failure("数据库在准备期间又被改动，请重试（the database changed while it was prepared: try again）")
    return found


def _run_prepare(wish: Wish, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "prepare", *(["--demo", wish.demo] if wish.demo else [])]
    log = wish.data.logs / "prepare.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        try:
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if code != 0:
        raise Failure(f"准备数据失败，详见 {log}（{last_line(log) or 'no message'}）")


def web_command(port: int, *, workers: int | None = None) -> list[str]:
    """Return the command of Granian, by default with one worker for each core (`config.asgi` says how many threads each has).

    HTTP/1 only: the automatic mode has no deadline for a silent connection. Each open one takes a place of `--backpressure`.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", HOST, "--port", str(port)),
        *("--workers", str(workers or cores), "--loop", "asyncio", "--http", "1", "--no-ws"),
        *("--http1-header-read-timeout", "10000", "--http1-buffer-size", "65536"),
        *("--backlog", "2048", "--backpressure", "4096"),
        *("--no-access-log", "--log-level", "warning", "--workers-kill-timeout", "8"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        "jiuye.config.asgi:application",
    ]


def _await(condition: Callable[[], bool], supervisor: Supervisor, log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not condition():
        supervisor.tend()
        supervisor.require_hope()
        if time.monotonic() > deadline:
            raise Failure(f"启动超时，详见日志 {log}（{last_line(log) or 'no message'}）")
        time.sleep(0.05)


def _answers(port: int, path: str, wanted: set[int] | None) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5.0)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return wanted is None or status in wanted


def _hand_out_authenticators(wish: Wish, ready: prepared.Prepared) -> None:
    """Put the demonstration's second factors into the sandbox's phones, as their owners did by scanning. Idempotent."""
    for phone in second_factor.phones_in(ready.accounts):
        connection = http.client.HTTPConnection(HOST, wish.sandbox_port, timeout=5.0)
        body = json.dumps({"uri": second_factor.setup_link(phone)})
        try:
            connection.request("POST", f"/phone/{phone}/authenticator", body, {"Content-Type": "application/json"})
            connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            tell(f"验证器没有装进手机模拟器（sandbox: {error}），可重启再试")
        finally:
            connection.close()


def _fill_registers(wish: Wish, ready: prepared.Prepared, dsn: str) -> None:
    """Enter the demonstration's organisations in the sandbox's registers. Idempotent."""
    if not ready.accounts:
        return
    try:
        register_entries.enter(HOST, wish.sandbox_port, dsn)
    except (OSError, http.client.HTTPException, psycopg.Error) as error:
        tell(f"演示机构没有进入沙箱的登记机关（sandbox: {error}），可重启再试")


def _welcome(wish: Wish, ready: prepared.Prepared, seconds: float) -> str:
    site, outside = f"http://{HOST}:{wish.port}", f"http://{HOST}:{wish.sandbox_port}"
    lines = [
        "",
        f"就业在线已就绪 Jiuye Online is ready（{seconds:.1f} s）",
        f"  网站 site            {site}",
        f"  手机、短信、社保卡 phones  {outside}",
        f"  工商、许可登记 registers  {outside}/registers",
    ]
    if ready.accounts:
        lines += [
            "  演示账号 demo accounts（用手机号登录，验证码见上）",
            *(f"    {line}" for line in ready.accounts.splitlines()),
        ]
    lines += [
        f"  {phone} 的动态码 authenticator  {outside}/phone/{phone}/authenticator"
        for phone in second_factor.phones_in(ready.accounts)
    ]
    lines += [f"  数据与日志 data, logs  {wish.data.path}", "  按 Ctrl-C 停止 stop with Ctrl-C", ""]
    return "\n".join(lines)


# Signals


def _raise_stop(*_: object) -> None:
    _on_signals(signal.SIG_IGN)  # only once: a second signal must not interrupt the shutdown
    raise Stop


def _on_signals(action: "signal.Handlers | Callable[..., None]") -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, action)
