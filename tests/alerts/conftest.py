from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from tests.factories.public_site import wired_engine


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """An engine of this test's own."""
    with wired_engine(tmp_path, monkeypatch) as own:
        yield own
