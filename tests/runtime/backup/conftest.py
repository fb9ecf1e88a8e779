"""An installation to back up: a copy of the demonstration, with its files, on the suite's server."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from jiuye.runtime import fingerprints
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.prepared import DEMO, REFERENCE
from tests.factories import databases
from tests.runtime.backup.installation import Installation


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, with files of people, as a version before this one left it.

    Its address is in DATABASE_URL within `Installation.used`.
    """
    folder = tmp_path_factory.mktemp("source")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with databases.copy_of(databases.demonstration(), f"backed_up_{worker}") as dsn:
        databases.copy_demonstration_files(folder / "files")
        with psycopg.connect(dsn) as made:
            for name, value in ((REFERENCE, fingerprints.of_reference()), (DEMO, "small")):
                made.execute(
                    "INSERT INTO runtime_milestone (name, value, reached_at) VALUES (%s, %s, now())"
                    " ON CONFLICT (name) DO NOTHING",
                    [name, value],
                )
        installation = Installation(DataFolder(folder), dsn)
        installation.manage("migrate", "policies", "0001", "--verbosity=0")  # a version before this one
        installation.manage("shell", "-c", "from jiuye.kernel import audit; audit.seal()")
        yield installation
