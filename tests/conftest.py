"""What the whole suite stands on: the test settings and a database of its own, both given by `./jiuye test`.

Django's settings are read before this file, so a bare `pytest` would run with those of development, on its data.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to touch a database that is not for tests."""
    if os.environ.get("JIUYE_ENV") != "test":
        pytest.exit("run the tests by ./jiuye test [pytest arguments]", returncode=4)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything under tests/e2e needs a browser: without one it is left out (`./jiuye test` says so, and fails in CI)."""
    in_browser = [item for item in items if "e2e" in item.path.parts]
    for item in in_browser:
        item.add_marker(pytest.mark.e2e)
    # Last of all: once a browser is driven from a process, Django takes that for an event loop and refuses the database there.
    items.sort(key=lambda item: "e2e" in item.path.parts)
    if os.environ.get("JIUYE_CHROMIUM") == "":
        config.hook.pytest_deselected(items=in_browser)
        del items[len(items) - len(in_browser) :]


@pytest.fixture(autouse=True)
def nobody_may_frame() -> Iterator[None]:
    """Whose pages may frame ours is read now and then by any request: that must not change what a test counts."""
    from jiuye.domains.accounts import queries

    queries.keep_frame_origins(())
    yield
    queries.keep_frame_origins(())


@pytest.fixture(autouse=True)
def no_hour_is_quiet(settings: Settings) -> None:
    """Text messages go at once whatever the clock says, unless a test is about quiet hours."""
    settings.SMS_QUIET_HOURS = "off"


@pytest.fixture
def own_files(tmp_path: Path, settings: Settings) -> Path:
    """What is uploaded goes into the test's own folder."""
    folder = tmp_path / "files"
    backend = settings.STORAGES["default"]["BACKEND"]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend, "OPTIONS": {"location": folder}}}
    return folder
