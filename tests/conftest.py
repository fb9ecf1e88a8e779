"""What the whole suite stands on: the test settings and a database of its own, both given by `./jiuye test`.

Django's settings are read before this file, so a bare `pytest` would run with those of development, on its data.
"""

import gc
import os
import shutil
import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer

from jiuye.kernel.wiring import forget_adapters
from tests.browser import chromium, platform, signed_in, visit  # noqa: F401 (fixtures)
from tests.factories import databases
from tests.scheduling import IN_BROWSER, ByModule


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to touch a database that is not for tests."""
    if os.environ.get("JIUYE_ENV") != "test":
        pytest.exit("run the tests by ./jiuye test [pytest arguments]", returncode=4)
    gc.disable()
    hypothesis.settings.register_profile("suite", deadline=None)  # no test measures time
    hypothesis.settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not walk over it again and again (0.2 s each time)."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule | None:
    """How tests are given to workers, unless `--dist` says otherwise."""
    return ByModule(config, log) if config.getoption("dist") == "load" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in `IN_BROWSER` needs a browser: without one it is left out (`./jiuye test` says so, and fails in CI)."""
    in_browser = [item for item in items if item.nodeid.startswith(IN_BROWSER)]
    for item in in_browser:
        item.add_marker(pytest.mark.e2e)
    # Last of all: once a browser is driven from a process, Django takes that for an event loop and refuses the database there.
    items.sort(key=lambda item: item.nodeid.startswith(IN_BROWSER))
    if os.environ.get("JIUYE_CHROMIUM") == "":
        config.hook.pytest_deselected(items=in_browser)
        del items[len(items) - len(in_browser) :]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process's own database, a copy of the one that is migrated once a run (in place of pytest-django's fixture).

    In the end it must be as it was: what a test leaves behind depends on the order of tests, and so would those after it.
    """
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with databases.copy_of(databases.migrated(), name), databases.connected_to(name):
        with django_db_blocker.unblock():
            before = databases.filled_tables()
        with pytest.MonkeyPatch.context() as patch:
            # What tests do that commit, once they are over.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.empty(before))
            yield
        with django_db_blocker.unblock():
            assert databases.filled_tables() - before == set(), "tables in which tests left rows"


@pytest.fixture(scope="session", autouse=True)
def own_index() -> Path:
    """Each worker looks for its index where no other program makes one: the demonstration's is in DATA_DIR/index."""
    folder = Path(os.environ["DATA_DIR"]) / "indexes" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    django_settings.PORTS["search"]["options"]["directory"] = folder
    return folder


@pytest.fixture(autouse=True)
def no_index_before(own_index: Path) -> Iterator[None]:
    """A test that runs every task makes an index, too; the next one finds none."""
    yield
    if own_index.exists():
        shutil.rmtree(own_index)
        forget_adapters()


@pytest.fixture(autouse=True)
def own_anchors(settings: Settings) -> None:
    """Heads of the audit chain outlive the rows of a test: each has its own folder for them, made when it is needed."""
    settings.AUDIT_ANCHORS = Path(os.environ["DATA_DIR"]) / "anchors" / uuid4().hex


@pytest.fixture(scope="session", autouse=True)
def one_tls_context() -> Iterator[None]:
    """Each HTTP client reads all certificate authorities (60 ms); nothing here speaks TLS, so that one reading does for all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module's scope write is there for all of its tests, and gone after the last.

    For modules without `transaction=True`: those tests empty the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def class_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same for fixtures of a class's scope."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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
