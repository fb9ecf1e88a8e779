"""A real browser and the whole platform behind it, once for all browser tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories.platform import Platform, running_platform

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Web, worker and sandbox as processes, with a small demonstration."""
    with running_platform(Path(tmp_path_factory.mktemp("platform"))) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that JIUYE_CHROMIUM names, else one on the PATH, else Playwright's own."""
    path = os.environ.get("JIUYE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, platform: Platform) -> Iterator[Visit]:
    """A person's own browser window at a width in a look; fails on script errors and breaches of the security policy."""
    contexts, complaints = [], []

    def visit(path: str, width: int = 1280, look: str = "light", scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=platform.origin,
            viewport={"width": width, "height": 844},
            is_mobile=width < 600,
            color_scheme="dark" if look == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="zh-CN",
        )
        contexts.append(context)
        if look == "large":
            context.add_init_script("localStorage.setItem('jiuye.size', 'large')")
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []
