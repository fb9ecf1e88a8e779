"""A running PostgreSQL server for one data folder."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from jiuye.runtime import processes
from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import account as accounts
from jiuye.runtime.postgres import binaries, bootstrap, cluster, options

_LONGEST_SOCKET_PATH = 107  # sun_path of unix(7), less the final zero
_SOCKET_FILE = ".s.PGSQL.5432"
_OF_A_MOVED_CLOCK = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC")  # bench/moved_clock.py
_RETRY_SECONDS = 10.0
_RECOVERY_SECONDS = 300.0  # replaying the log after a crash can take any time; the process is alive meanwhile


class Server:
    """The embedded server of a data folder.

    `start()` returns when it accepts connections; `stop()` shuts it down cleanly. While it runs, all of its processes
    hold a lock on a file beside the folder: the lock, not the PID file, shows whether a server uses the folder.
    """

    def __init__(
        self,
        folder: Path,
        *,
        log: Path,
        durable: bool = True,
        stays: bool = False,
        meanwhile: Callable[[], None] | None = None,
        archive: Path | None = None,
        recovery: options.Recovery | None = None,
    ) -> None:
        """`folder`: the cluster. `durable=False`: for temporary data. `stays`: do not end with the starting process.

        `meanwhile` is called again and again while `start` waits. `archive`: the folder below which finished segments
        of the log are copied, those of each cluster apart (`wal/<identifier>`). `recovery`: replay such a log first.
        """
        self.folder = folder.resolve()
        self._log = log
        self._durable = durable
        self._stays = stays
        self._meanwhile = meanwhile or (lambda: None)
        self._archive = archive
        self._recovery = recovery
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = FileLock(self.folder.with_name(self.folder.name + ".lock"))

    @property
    def process(self) -> "subprocess.Popen[bytes] | None":
        """The postmaster, if this object started it."""
        return self._process

    def dsn(self, *, database: str = bootstrap.DATABASE, user: str = bootstrap.ROLE) -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{user}@/{database}?host={quote(str(self._socket_folder()), safe='')}&port=5432"

    def answers(self) -> bool:
        """Return whether a server accepts connections at the socket."""
        try:
            psycopg.connect(self.dsn(database="postgres", user=cluster.SUPERUSER), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Create the cluster if there is none, stop a server left by a killed run, start, and wait until it accepts
        connections.

        Raises Failure with a one-line message.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        account = accounts.choose(self.folder)
        programs = binaries.programs(account)
        self._take_folder()
        try:
            if not cluster.is_created(self.folder):
                cluster.create(self.folder, account, programs, durable=self._durable)
            (self.folder / "postmaster.pid").unlink(missing_ok=True)  # the lock shows that no server is running
            self._prepare_sockets(account)
            self._prepare_archive(account)
            self._start_with_retries(account, programs)
        finally:
            self._lock.release()  # the server's processes hold it now
        try:
            bootstrap.ensure_role_and_database(self.dsn(database="postgres", user=cluster.SUPERUSER))
        except psycopg.Error as error:
            self.stop()
            raise Failure(
                cluster.explain(str(error)) or f"数据库无法初始化（PostgreSQL: {_first_line(str(error))}）"
            ) from None

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, committed data is on disk. Idempotent."""
        if self._process is None:
            return
        for number, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self._process.poll() is not None:
                break
            self._process.send_signal(number)
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        self._process = None

    def erase(self) -> None:
        """Stop, then delete the cluster and its files: for temporary servers."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        sockets = self._socket_folder()
        if not sockets.is_relative_to(self.folder):
            shutil.rmtree(sockets, ignore_errors=True)

    def adopt(self) -> None:
        """Give a copied cluster to the account that runs the server."""
        account = accounts.choose(self.folder.with_name("new"))
        (self.folder / cluster.SOCKET_FOLDER).mkdir(exist_ok=True)
        for path in (self.folder, *self.folder.rglob("*")):
            if account.dropped:
                os.chown(path, account.uid, account.gid, follow_symlinks=False)
        account.give(self.folder)

    # Starting

    def _take_folder(self) -> None:
        """Acquire the lock. If a server of a killed run still holds it, shut that server down first."""
        if self._lock.acquire():
            self._refuse_foreign_server()
            return
        for postmaster in self._postmasters():
            postmaster.send_signal(signal.SIGINT)
        if processes.wait_until(self._lock.acquire, seconds=_RETRY_SECONDS):
            return
        for postmaster in self._postmasters():
            postmaster.send_signal(signal.SIGQUIT)  # safe: the next start replays the log
        if not processes.wait_until(self._lock.acquire, seconds=_RETRY_SECONDS):
            raise Failure(f"数据库目录正被另一个数据库进程使用（another PostgreSQL still uses {self.folder}）")

    def _postmasters(self) -> list[psutil.Process]:
        """Return the server's first process: the one in the folder with a parent that is not."""
        inside = list(processes.working_in(self.folder))
        pids = {process.pid for process in inside}
        return [process for process in inside if process.ppid() not in pids]

    def _refuse_foreign_server(self) -> None:
        """A server that was started by hand does not hold our lock. Its PID file is valid if that process works in this folder."""
        if any(process.name() == "postgres" for process in processes.working_in(self.folder)):
            self._lock.release()
            raise Failure(f"数据库目录正被另一个数据库进程使用（another PostgreSQL still uses {self.folder}）")

    def _start_with_retries(self, account: accounts.Account, programs: Path) -> None:
        """A killed server's last processes may hold its shared memory for a moment: retry for some seconds."""
        give_up = time.monotonic() + _RETRY_SECONDS
        while True:
            seen = self._log.stat().st_size if self._log.exists() else 0
            process = self._spawn(account, programs)
            if self._wait_until_answering(process):
                self._process = process
                return
            told = self._told_since(seen)
            known = cluster.explain(told)
            if known or time.monotonic() > give_up:
                raise Failure(known or f"数据库无法启动，详见日志 {self._log}（PostgreSQL: {_last_line(told)}）")
            time.sleep(0.3)

    def _spawn(self, account: accounts.Account, programs: Path) -> "subprocess.Popen[bytes]":
        where = cluster.place(self.folder, account)
        inside = self._socket_folder().is_relative_to(self.folder)
        sockets = cluster.SOCKET_FOLDER if inside else str(self._socket_folder())
        command = [str(programs / "postgres"), "-D", where.argument]
        command += options.command_line(
            socket_folder=sockets, durable=self._durable, archive=self._wal(), recovery=self._recovery
        )
        surroundings = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        surroundings |= {name: os.environ[name] for name in _OF_A_MOVED_CLOCK if name in os.environ}
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=where.cwd,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(self._lock.fileno(),),
                start_new_session=True,  # a terminal's Ctrl-C must reach only the supervisor
                preexec_fn=None if self._stays else processes.die_with_parent(signal.SIGINT),
                **account.spawn_options(),
            )

    def _wait_until_answering(self, process: "subprocess.Popen[bytes]") -> bool:
        """Return False if the process ended first."""
        deadline = time.monotonic() + _RECOVERY_SECONDS
        while process.poll() is None:
            if (self._socket_folder() / _SOCKET_FILE).exists() and self.answers():
                return True
            if time.monotonic() > deadline:
                process.send_signal(signal.SIGQUIT)
                process.wait()
                return False
            self._meanwhile()
            time.sleep(0.02)
        return False

    # Sockets

    def _socket_folder(self) -> Path:
        inside = self.folder / cluster.SOCKET_FOLDER
        if len(os.fsencode(inside / _SOCKET_FILE)) <= _LONGEST_SOCKET_PATH:
            return inside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        # nosemgrep: temporary-name - its path must be short and known; _prepare_sockets refuses one that is not ours
        return Path(tempfile.gettempdir()) / f"jiuye-{os.geteuid()}-{digest}"

    def _prepare_sockets(self, account: accounts.Account) -> None:
        """Create the folder of the socket, closed to others: it is the only protection of a server that trusts local connections."""
        sockets = self._socket_folder()
        try:
            sockets.mkdir(exist_ok=True)
            owner = sockets.lstat().st_uid
            if sockets.is_symlink() or owner not in (os.geteuid(), account.uid):
                raise PermissionError
            account.give(sockets)
        except OSError:
            raise Failure(
                f"无法使用套接字目录 {sockets}（it belongs to somebody else; set TMPDIR to a folder of yours）"
            ) from None
        for leftover in sockets.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)

    def _wal(self) -> Path | None:
        return self._archive / "wal" / cluster.identifier(self.folder) if self._archive else None

    def _prepare_archive(self, account: accounts.Account) -> None:
        """Create the folder of the archived log, for the server's account alone."""
        wal = self._wal()
        if wal is None:
            return
        try:
            wal.mkdir(parents=True, exist_ok=True)
            account.give(wal)
        except OSError as error:
            raise Failure(f"日志归档目录无法写入（WAL_ARCHIVE_DIR: {wal}: {error.strerror}）") from None
        if not account.reaches(wal):
            raise Failure(f"数据库用户无法进入日志归档目录，请换一个位置（PostgreSQL's user cannot enter {wal}）")

    def _told_since(self, position: int) -> str:
        with self._log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")


def running_dsn(folder: Path) -> str | None:
    """Return the address of the product's database on a running server of this cluster, if there is one."""
    server = Server(folder, log=Path(os.devnull))
    return server.dsn() if cluster.is_created(folder) and server.answers() else None


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["?"])[0]


def _last_line(text: str) -> str:
    fatal = [line for line in text.strip().splitlines() if "FATAL" in line or "PANIC" in line]
    return (fatal or text.strip().splitlines() or ["?"])[-1]
