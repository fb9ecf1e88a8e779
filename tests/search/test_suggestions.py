"""Suggestions of the search box, of all kinds together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Agency
from jiuye.search.suggestions import Offer, offers
from tests.factories import organisations
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, wired_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    with wired_engine(tmp_path, monkeypatch) as own:
        yield own


@pytest.fixture
def stocked(engine: TantivyEngine) -> TantivyEngine:
    agency = organisations.agency(short_name="焊接人才中心")
    for title in ("焊工", "焊工班长", "会计"):
        posting(agency, title=title)
    index_all()
    return engine


def kinds(found: list[Offer]) -> list[str]:
    return [offer.kind for offer in found]


def test_titles_come_first(stocked: TantivyEngine) -> None:
    found = offers("hg")
    assert found[:2] == [Offer("title", "焊工"), Offer("title", "焊工班长")]


def test_an_agency_is_offered_with_its_id(stocked: TantivyEngine) -> None:
    (found,) = [offer for offer in offers("焊接") if offer.kind == "agency"]
    agency = Agency.objects.get()
    assert found == Offer("agency", "焊接人才中心", str(agency.id))


def test_a_place_is_offered_by_name_and_by_pinyin(stocked: TantivyEngine) -> None:
    for text in ("成都", "chengdu", "四川省"):
        assert "region" in kinds(offers(text))
    assert offers("chengdu")[0] == Offer("region", "四川省成都市", "510100")


def test_a_title_is_not_offered_once_more_as_an_occupation(stocked: TantivyEngine) -> None:
    texts = [offer.text for offer in offers("焊工")]
    assert len(texts) == len(set(texts))


def test_there_are_never_more_than_eight(stocked: TantivyEngine) -> None:
    assert all(len(offers(text)) <= 8 for text in ("焊", "h", "s", "sh", "j"))


@pytest.mark.parametrize("text", ["", "  ", "\x00", "<script>", "%00", "'" * 100])
def test_nonsense_does_no_harm(stocked: TantivyEngine, text: str) -> None:
    assert offers(text) == []


def test_places_and_occupations_remain_while_the_engine_is_away(engine: TantivyEngine) -> None:
    assert kinds(offers("成都")) == ["region"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("tiaojiushi", "调酒师"), ("luohe", "河南省漯河市"), ("minhang", "上海市闵行区"), ("changning", "上海市长宁区")],
)
def test_readings_that_dictionaries_have_wrong_are_offered(engine: TantivyEngine, typed: str, offered: str) -> None:
    assert offered in [offer.text for offer in offers(typed)]
