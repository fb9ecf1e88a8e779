"""A real browser and the whole platform, started once for all browser tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.e2e.people import PHONES, session_of
from tests.factories.platform import Platform, running_platform

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds for anything to appear; longer waits are given where they occur
Visit = Callable[..., Page]
SignedIn = Callable[[str], StorageState | None]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Web, worker and sandbox as processes, with a small demonstration."""
    with running_platform(Path(tmp_path_factory.mktemp("platform"))) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that `./jiuye test` has found, else Playwright's own."""
    path = os.environ.get("JIUYE_CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def window(browser: Browser, platform: Platform, width: int, **options: object) -> BrowserContext:
    """Return a person's own browser window; under 600 px a phone's."""
    # The worker of the offline page would only load its files in each window; tests/e2e/test_app.py allows it.
    options.setdefault("service_workers", "block")
    context = browser.new_context(
        base_url=platform.origin,
        viewport={"width": width, "height": 844},
        is_mobile=width < 600,
        reduced_motion="reduce",
        locale="zh-CN",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def signed_in(platform: Platform) -> SignedIn:
    """Return the browser state of a signed-in person, by role or phone: each signs in once for all tests."""
    known: dict[str, StorageState | None] = {"visitor": None}

    def state_of(person: str) -> StorageState | None:
        if person not in known:
            known[person] = session_of(platform, PHONES.get(person, person))
        return known[person]

    return state_of


@pytest.fixture
def visit(chromium: Browser, platform: Platform, signed_in: SignedIn) -> Iterator[Visit]:
    """Open a person's browser window at a width in a look; fails on script errors and violations of the security policy."""
    contexts, complaints = [], []

    def visit(path: str, width: int = 1280, look: str = "light", scripts: bool = True, person: str = "visitor") -> Page:
        context = window(
            chromium,
            platform,
            width,
            color_scheme="dark" if look == "dark" else "light",
            java_script_enabled=scripts,
            storage_state=signed_in(person),
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
