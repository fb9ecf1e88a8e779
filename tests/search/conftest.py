from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.ports import search


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """A separate engine for the test, wired as the configured one. It has no index yet."""
    own = TantivyEngine(tmp_path / "index", words="jiuye.domains.reference.queries.occupation_names")
    monkeypatch.setattr(search, "get", lambda: own)
    yield own
    own.close()
