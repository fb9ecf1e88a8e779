from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jiuye.sandbox.application import build
from tests.factories.sandbox import TOKEN


@pytest.fixture
def world(tmp_path: Path) -> Flask:
    """A sandbox in this process, with an empty store."""
    return build(tmp_path, sms_token=TOKEN)


@pytest.fixture
def visitor(world: Flask) -> Iterator[FlaskClient]:
    """Somebody with a browser."""
    with world.test_client() as client:
        yield client
