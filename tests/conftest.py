"""What the whole suite stands on: the test settings and a database of its own, both given by `./jiuye test`.

Django's settings are read before this file, so a bare `pytest` would run with those of development, on its data.
"""

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to touch a database that is not for tests."""
    if os.environ.get("JIUYE_ENV") != "test":
        pytest.exit("run the tests by ./jiuye test [pytest arguments]", returncode=4)
