"""The sandbox as a process: what survives a restart, how it ends, what it logs."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.factories.sandbox import TOKEN, Sandbox, running_sandbox, start_sandbox
from tests.sandbox.receiving import Site
from tests.sandbox.sending import PHONE, submission

pytestmark = pytest.mark.processes


def deliver(sandbox: Sandbox) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    httpx.post(f"{sandbox.sms_url}/messages", json=submission(), headers=bearer).raise_for_status()


def test_messages_and_switches_survive_a_kill_and_the_port_comes_free(tmp_path: Path) -> None:
    sandbox = start_sandbox(tmp_path)
    deliver(sandbox)
    sandbox.press(delay=7)
    sandbox.stop(signal.SIGKILL)
    wait_until_nobody_listens(sandbox)

    restarted = start_sandbox(tmp_path, sandbox.port)
    try:
        assert [message["code"] for message in restarted.messages(PHONE)] == ["483920"]
        assert httpx.get(f"{restarted.url}/control/sms/switches").json()["delay"] == 7
    finally:
        restarted.stop()


def test_what_it_has_promised_to_tell_is_told_after_a_kill(tmp_path: Path) -> None:
    with Site() as site:
        site.status = 503
        sandbox = start_sandbox(tmp_path, site=site.url)
        deliver(sandbox)
        wait_for_callbacks(site, 1)
        sandbox.stop(signal.SIGKILL)
        wait_until_nobody_listens(sandbox)
        site.status = 204

        restarted = start_sandbox(tmp_path, sandbox.port, site=site.url)
        try:
            wait_for_callbacks(site, 2)
        finally:
            restarted.stop()

    assert [heard.told["message_id"] for heard in site.heard] == ["m-1", "m-1"]


def wait_for_callbacks(site: Site, count: int) -> None:
    for _ in range(200):
        if len(site.heard) >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"told {len(site.heard)} times, not {count}")


def wait_until_nobody_listens(sandbox: Sandbox) -> None:
    for _ in range(100):
        try:
            httpx.get(f"{sandbox.url}/livez")
        except httpx.ConnectError:
            return
        except httpx.TransportError:
            pass  # dying just now
        time.sleep(0.1)
    raise AssertionError("the serving process outlives its parent")


def test_it_ends_cleanly_when_asked(tmp_path: Path) -> None:
    assert start_sandbox(tmp_path).stop(signal.SIGTERM) == 0


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "jiuye.sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_a_taken_port_is_one_clear_line_and_a_failure(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "first") as first:
        second = run("--port", str(first.port), "--data", str(tmp_path / "second"))

    assert second.returncode != 0
    assert second.stderr.strip() == f"sandbox: cannot listen on 127.0.0.1:{first.port}: {os.strerror(errno.EADDRINUSE)}"


def test_an_unusable_data_folder_is_one_clear_line_and_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused = run("--port", "0", "--data", str(tmp_path / "file"))

    assert refused.returncode != 0
    assert refused.stderr.startswith(f"sandbox: cannot use {tmp_path / 'file'}: ")
    assert refused.stderr.count("\n") == 1


def test_each_request_is_one_line_of_json_without_phone_numbers(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as sandbox:
        sandbox.messages(PHONE)
        lines = [json.loads(line) for line in sandbox.log.splitlines()]

    assert {"method": "GET", "route": "/sms/inbox/<number>.json", "status": 200}.items() <= lines[-1].items()
    assert PHONE not in sandbox.log


def test_it_imports_nothing_of_the_product() -> None:
    program = (
        "import sys, jiuye.sandbox.__main__\n"
        "print([name for name in sys.modules if name.startswith('jiuye.') and not name.startswith('jiuye.sandbox')])"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"
