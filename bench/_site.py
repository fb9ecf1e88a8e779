"""A running platform for a browser: the given one, or one of the benchmark's own."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from jiuye.runtime import browser

REPOSITORY = Path(__file__).resolve().parents[1]
_PATIENCE = 180.0


@dataclass(frozen=True)
class Site:
    """The addresses of the platform and its sandbox."""

    origin: str

    @property
    def sandbox(self) -> str:
        """The sandbox uses the next port."""
        parts = urlsplit(self.origin)
        return f"{parts.scheme}://{parts.hostname}:{(parts.port or 80) + 1}"

    def code_for(self, phone: str) -> str:
        """Return the newest code on the sandbox's phone. Raises SystemExit if none arrives within 20 s."""
        for _ in range(200):
            for message in httpx.get(f"{self.sandbox}/sms/inbox/{phone}.json").json()["messages"]:
                if found := re.search(r"(?<!\d)\d{6}(?!\d)", message["text"]):
                    return found.group()
            time.sleep(0.1)
        raise SystemExit(f"no code reached {phone}")

    def first(self, listing: str, kind: str) -> str:
        """Return the address of the first item of a list, as `/jobs/…`."""
        found = re.search(rf'href="(/{kind}/[0-9a-f-]{{36}})', httpx.get(f"{self.origin}{listing}").text)
        if found is None:
            raise SystemExit(f"nothing in {listing}")
        return found.group(1)

    def public_pages(self) -> dict[str, str]:
        """Return the pages that the bars name."""
        return {
            "home": "/",
            "list": "/jobs",
            "detail": self.first("/jobs", "jobs"),
            "shop": self.first("/agencies", "agencies"),
            "fair": self.first("/fairs", "fairs"),
            "policy": self.first("/policies", "policies"),
        }


@contextmanager
def site(given: str) -> Iterator[Site]:
    """Yield the platform at `given`, or a new one with the small demonstration."""
    if given:
        yield Site(given.rstrip("/"))
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="jiuye-usability-"))
    process = subprocess.Popen(
        [str(REPOSITORY / "jiuye"), "up", "--data", str(folder), "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        running = Site(f"http://127.0.0.1:{port}")
        _wait(running)
        yield running
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(running: Site) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{running.origin}/api/v1/jobs", params={"size": 1}).json().get("total"):
                return
        except (httpx.TransportError, ValueError):
            pass
        time.sleep(0.3)
    raise SystemExit("the platform did not start")


def chromium_path() -> str:
    """Return the path of the tests' browser. Raises SystemExit if there is none."""
    path = browser.find()
    if path is None:
        raise SystemExit("no Chromium: apt-get install chromium, or name one in JIUYE_CHROMIUM")
    return str(path)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless browser."""
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def phone_window(running: Browser, origin: str, width: int = 390) -> BrowserContext:
    """Return the empty browser of a phone."""
    context = running.new_context(
        base_url=origin,
        viewport={"width": width, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
        service_workers="block",
    )
    context.set_default_timeout(20_000)
    return context
