"""The sandbox as a real process on a free port, for tests that need outside services."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

TOKEN = "sandbox-token-of-the-tests"
RECEIPT_KEY = "receipt-key-of-the-tests"
AUTHORITY_KEY = "authority-key-of-the-tests"
REGISTERS_KEY = "registers-key-of-the-tests"
AGREED = {
    "SMS_TOKEN": TOKEN,
    "SMS_RECEIPT_KEY": RECEIPT_KEY,
    "AUTHORITY_KEY": AUTHORITY_KEY,
    "REGISTERS_KEY": REGISTERS_KEY,
}
# Nobody listens there: what the sandbox tells by itself goes nowhere, unless a test says where its site is.
NO_SITE = "http://127.0.0.1:9"


def free_port() -> int:
    """A TCP port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Sandbox:
    """A running sandbox: its address, its switches, what its phones show."""

    port: int
    data: Path
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sms_url(self) -> str:
        return f"{self.url}/sms"

    @property
    def log(self) -> str:
        """What it has written to its standard output."""
        return (self.data / "log").read_text()

    @property
    def authority_url(self) -> str:
        return f"{self.url}/authority"

    @property
    def registers_url(self) -> str:
        return f"{self.url}/registers"

    def enter(self, register: str, *entries: dict[str, Any]) -> list[dict[str, Any]]:
        """Add entries to a register (`enterprises`, `institutions`, `licences`); they come back complete.

        A unit needs `credit_code` and `legal_name`, a licence `number`, `holder_name` and `credit_code`.
        """
        told = httpx.post(f"{self.registers_url}/{register}/entries", json={"entries": entries}).raise_for_status()
        made: list[dict[str, Any]] = told.json()["entries"]
        return made

    def insure(self, phone: str, employer: str, start: str = "2024-01", end: str = "") -> None:
        """Give the card holder of this number (199000…) a social-insurance record."""
        form = {"phone": phone, "employer": employer, "start": start, "end": end}
        answer = httpx.post(f"{self.authority_url}/insurances", data=form)
        assert answer.status_code == 303, answer.text

    def messages(self, phone: str) -> list[dict[str, Any]]:
        """The phone's messages, newest first: `message_id, template, params, text, code`."""
        received: list[dict[str, Any]] = httpx.get(f"{self.url}/sms/inbox/{phone}.json").json()["messages"]
        return received

    def authorize(self, phone: str, url: str, answer: str = "agree") -> str:
        """The phone's holder is asked by the card service at `url` and answers `agree` or `refuse`; where they are sent back."""
        told = httpx.post(f"{self.url}/phone/{phone}/authorize", json={"url": url, "answer": answer}).raise_for_status()
        return str(told.json()["location"])

    def scan(self, phone: str, qr: str, **answer: str) -> dict[str, Any]:
        """The phone scans what a QR code says: `{"state", "choices"}`; with `choice` or `answer="refuse"` it answers, too."""
        told: dict[str, Any] = (
            httpx.post(f"{self.url}/phone/{phone}/scan", json={"qr": qr, **answer}).raise_for_status().json()
        )
        return told

    def press(self, service: str = "sms", **switches: float) -> None:
        """Misbehave: `outage, reject, fail, …` (0 or 1), `delay, slow` (seconds); see the service's switches."""
        httpx.patch(f"{self.url}/control/{service}/switches", json=switches).raise_for_status()

    def release(self, service: str = "sms") -> None:
        """Behave again."""
        httpx.delete(f"{self.url}/control/{service}/switches").raise_for_status()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal the process and wait for its end; returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


def start_sandbox(data: Path, port: int | None = None, site: str = NO_SITE) -> Sandbox:
    """Start the process for the product at `site` and wait until it answers.

    Raises RuntimeError with its log when it does not within 30 s.
    """
    data.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [sys.executable, "-m", "jiuye.sandbox", "--port", str(port), "--data", str(data), "--site", site]
    with (data / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **AGREED, "AUTHORITY_DELAY": "0.1"},
            start_new_session=True,
        )
    sandbox = Sandbox(port, data, process)
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{sandbox.url}/livez").is_success:
                return sandbox
        except httpx.TransportError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"the sandbox did not start: {sandbox.log}")


@contextmanager
def running_sandbox(data: Path, site: str = NO_SITE) -> Iterator[Sandbox]:
    """A sandbox for the length of the block, ended even when the block fails."""
    sandbox = start_sandbox(data, site=site)
    try:
        yield sandbox
    finally:
        sandbox.process.terminate()
        sandbox.process.wait(timeout=20)
