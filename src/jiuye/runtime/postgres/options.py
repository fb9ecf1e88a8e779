"""The server's settings, for two cores, given on its command line so that no file of the cluster is edited."""

import shlex
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_ALWAYS = {
    "listen_addresses": "",  # unix socket only
    "unix_socket_permissions": "0700",
    "port": "5432",  # names the socket file; nothing listens on TCP
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    "jit": "off",  # compiling costs more than our short queries
    "timezone": "UTC",
    "lc_messages": "C",
    "log_min_duration_statement": "500",
    "log_checkpoints": "off",
    "log_min_messages": "log",  # not what a statement is refused for: it quotes rows, and who sent the statement is told
    "logging_collector": "off",
    "idle_in_transaction_session_timeout": "10min",
}

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


_ARCHIVE_SECONDS = 60


@dataclass(frozen=True)
class Recovery:
    """Replay the log from the folders `sources` up to the first commit after `until`, then open for writing."""

    sources: tuple[Path, ...]
    until: datetime


def command_line(
    *, socket_folder: str, durable: bool, archive: Path | None = None, recovery: Recovery | None = None
) -> list[str]:
    """Return the `-c name=value` arguments of the `postgres` program. `archive`: the folder for finished segments of the log."""
    chosen = _ALWAYS | (_DURABLE if durable else _THROW_AWAY) | {"unix_socket_directories": socket_folder}
    if archive:
        chosen |= {"archive_mode": "on", "archive_timeout": str(_ARCHIVE_SECONDS), "archive_command": _archive(archive)}
    if recovery:
        chosen |= {
            "restore_command": " || ".join(f"cp {_quoted(source)}/%f %p" for source in recovery.sources),
            "recovery_target_time": recovery.until.isoformat(sep=" "),
            "recovery_target_action": "promote",
            "recovery_target_inclusive": "off",
            "hot_standby": "off",  # nobody is let in before the end
        }
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _archive(folder: Path) -> str:
    """A segment is there whole or not at all; one that is there already must be the same (PostgreSQL 18, §25.3.1)."""
    there, partial = f"{_quoted(folder)}/%f", f"{_quoted(folder)}/%f.partial"
    copy = f"cp %p {partial} && sync {partial} && mv {partial} {there}"
    return f"if test -f {there}; then cmp -s %p {there}; else {copy}; fi"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path)).replace("%", "%%")
