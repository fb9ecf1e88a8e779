from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from jiuye.ports.search import SearchEngine
from tests.factories.search_documents import NOW

Make = Callable[[], SearchEngine]


@pytest.fixture(params=["tantivy"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes engines on one and the same index, each as another process would have it."""
    made: list[SearchEngine] = []

    def new() -> SearchEngine:
        made.append(TantivyEngine(tmp_path / "index"))
        return made[-1]

    with clock.frozen(datetime.fromtimestamp(NOW + 3600, UTC)):
        yield new
    for engine in made:
        engine.close()


@pytest.fixture
def engine(make: Make) -> SearchEngine:
    engine = make()
    engine.rebuild([])
    return engine
