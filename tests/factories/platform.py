"""The whole platform as real processes: web, worker and sandbox on a database of their own, with a small demonstration."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

from jiuye.domains.accounts.phones import phone_index
from jiuye.kernel import clock
from jiuye.kernel.crypto import encrypt
from jiuye.runtime import register_entries
from jiuye.runtime.postgres import RUNTIME_ROLE
from jiuye.runtime.up import web_command
from tests.factories import databases
from tests.factories.sandbox import (
    AUTHORITY_KEY,
    RECEIPT_KEY,
    REGISTERS_KEY,
    TOKEN,
    Sandbox,
    free_port,
    running_sandbox,
)

SECOND_AUDITOR = "19900000940"
SEEKER, OWNER, RECRUITER, VIEWER, EMPLOYER, AUDITOR, SECURITY_ADMIN, SUPPORT, EDITOR, SUSPENDED = (
    "19900000099",
    "19900000001",
    "19900000002",
    "19900000003",
    "19900000098",
    "19900000097",
    "19900000900",
    "19900000901",
    "19900000902",
    "19900000104",
)


@dataclass
class Platform:
    """Where the running platform answers."""

    origin: str
    sandbox: Sandbox
    environment: dict[str, str]
    logs: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def newest(self, phone: str) -> str:
        """The id of the newest message on the phone; empty when there is none."""
        return next((str(message["message_id"]) for message in self.sandbox.messages(phone)), "")

    def code_for(self, phone: str, *, after: str = "") -> str:
        """The newest code that reached the phone, later than the message `after`; waits for it up to 20 s."""
        for _ in range(200):
            for message in self.sandbox.messages(phone):
                if message["message_id"] == after:
                    break
                found = re.search(r"(?<!\d)\d{6}(?!\d)", str(message["text"]))
                if found:
                    return found.group()
            time.sleep(0.1)
        raise AssertionError(f"no code reached {phone}: {self.said()}")

    def forget_attempts(self) -> None:
        """Everyone in the tests comes from one address, whose hourly number of codes is small; a phone gets one a minute."""
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as server:
            server.execute("DELETE FROM kernel_ratecounter")
            server.execute("UPDATE accounts_logincode SET created_at = created_at - interval '1 day'")

    def said(self) -> str:
        """The tail of the processes' logs, for failures."""
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-2000:]}" for log in self.logs.glob("*.log"))


def _run(platform: Platform, name: str, *command: str) -> None:
    with (platform.logs / f"{name}.log").open("ab") as log:
        platform.processes.append(
            subprocess.Popen([sys.executable, *command], env=platform.environment, stdout=log, stderr=subprocess.STDOUT)
        )


def _wait(platform: Platform) -> None:
    """Until the site answers and the index is built."""
    last = ""
    for _ in range(900):
        try:
            answer = httpx.get(f"{platform.origin}/api/v1/jobs", params={"size": 1}, timeout=5)
            last = answer.text[:500]
            if answer.is_success and (answer.json()["total"] or 0) > 0:
                return
        except httpx.TransportError as error:
            last = repr(error)
        time.sleep(0.1)
    raise AssertionError(f"the platform did not get ready: {last}\n{platform.said()}")


@contextmanager
def running_platform(folder: Path) -> Iterator[Platform]:
    """The platform for the length of the block, on a copy of the demonstration."""
    logs = folder / "logs"
    logs.mkdir(parents=True)
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    name = f"platform_{os.getpid()}"
    with (
        databases.copy_of(databases.demonstration(), name) as dsn,
        running_sandbox(folder / "sandbox", site=origin) as sandbox,
    ):
        _show_apps_of(sandbox, dsn)
        _suspend_somebody(dsn)
        databases.grant_to_runtime_role(name)
        register_entries.enter("127.0.0.1", sandbox.port, dsn)
        databases.copy_demonstration_files(folder / "data" / "files")
        environment = {
            **os.environ,
            "DATABASE_URL": urlunsplit(urlsplit(dsn)._replace(netloc=f"{RUNTIME_ROLE}@")),  # as `./jiuye up` has it
            "DATA_DIR": str(folder / "data"),
            "SANDBOX_URL": sandbox.url,
            "SMS_TOKEN": TOKEN,
            "SMS_RECEIPT_KEY": RECEIPT_KEY,
            "AUTHORITY_KEY": AUTHORITY_KEY,
            "REGISTERS_KEY": REGISTERS_KEY,
            "SMS_QUIET_HOURS": "off",
            "USAGE_STORED_EVERY": "1",
            "SITE_URL": origin,
        }
        platform = Platform(origin, sandbox, environment, logs)
        try:
            _run(platform, "web", *web_command(port, workers=1)[1:])
            _run(platform, "worker", "-m", "jiuye.worker")
            _run(platform, "imports", "-m", "jiuye.worker", "imports")
            _wait(platform)
            yield platform
        finally:
            for process in platform.processes:
                process.terminate()
            for process in platform.processes:
                process.wait(timeout=30)


def _show_apps_of(sandbox: Sandbox, dsn: str) -> None:
    """The demonstration was loaded for a sandbox elsewhere: its partner apps frame the site from this one."""
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("UPDATE accounts_channel SET origin = %s WHERE origin <> ''", [sandbox.url])


def _suspend_somebody(dsn: str) -> None:
    notice = encrypt("您多次以他人名义投递，经核实后暂停账号。", "accounts_user.suspension_notice")
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(
            "UPDATE accounts_user SET suspended_at = %s, suspended_until = %s, suspension_notice = %s WHERE phone_index = %s",
            [clock.now(), clock.today() + timedelta(days=30), notice, phone_index(SUSPENDED)],
        )
