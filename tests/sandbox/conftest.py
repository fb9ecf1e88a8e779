import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jiuye.sandbox.application import Agreed, build
from tests.factories.sandbox import AUTHORITY_KEY, RECEIPT_KEY, REGISTERS_KEY, TOKEN
from tests.sandbox.receiving import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """Stands in for the product: accepts callbacks."""
    with Site() as listening:
        yield listening


@pytest.fixture
def world(tmp_path: Path, site: Site) -> Flask:
    """A sandbox in this process, with an empty store. It sends callbacks only when `tell` is called."""
    agreed = Agreed(site.url, TOKEN, RECEIPT_KEY, AUTHORITY_KEY, registers_key=REGISTERS_KEY)
    return build(tmp_path, agreed=agreed)


@pytest.fixture
def visitor(world: Flask) -> Iterator[FlaskClient]:
    """A person with a browser."""
    with world.test_client() as client:
        yield client


class Clock:
    """The sandbox's clock: it stands still until it is moved."""

    ahead = 0.0

    def forward(self, seconds: float) -> None:
        """Move it forward."""
        self.ahead += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved, began = Clock(), time.time()
    monkeypatch.setattr(time, "time", lambda: began + moved.ahead)
    return moved
