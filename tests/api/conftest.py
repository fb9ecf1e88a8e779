from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, wired_engine


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    with wired_engine(tmp_path, monkeypatch) as own:
        yield own


@pytest.fixture
def stocked(engine: TantivyEngine) -> TantivyEngine:
    """Two welders, in 成都武侯 and in 深圳南山, and an accountant."""
    agency = organisations.agency(short_name="蓉城职介")
    welder = reference.occupation(reference.WELDER)
    posting(agency, title="氩弧焊工", occupation=welder, education="60", tags=["包住"])
    posting(agency, title="焊工班长", occupation=welder, region=reference.region(reference.NANSHAN), experience_min=3)
    posting(agency, title="会计", employment_type="part_time", pay_min=9000, pay_max=12000)
    index_all()
    return engine
