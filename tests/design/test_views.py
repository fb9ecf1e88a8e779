"""The style guide's pages, and the region picker's list."""

import gzip

import orjson
import pytest
from django.test import Client

pytestmark = pytest.mark.urls("jiuye.design.urls")
PAGES = ["/styleguide", "/styleguide/list", "/styleguide/staff", "/styleguide/sign-in", "/styleguide/progress?done=0"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_style_guide_renders_without_the_database(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_progress_stops_asking_when_it_is_done(client: Client) -> None:
    assert "hx-get" in client.get("/styleguide/progress?done=0").text
    assert "hx-get" not in client.get("/styleguide/progress?done=9000").text


def test_the_list_of_divisions_names_parents_first(client: Client) -> None:
    items = orjson.loads(client.get("/regions.json").content)["items"]
    seen = {""}
    for item in items:
        assert item["parent"] in seen
        seen.add(item["code"])
    assert len(items) > 3000


def test_the_list_of_divisions_is_small_and_kept_by_browsers(client: Client) -> None:
    answer = client.get("/regions.json", headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < 80 * 1024
    assert orjson.loads(gzip.decompress(answer.content))["items"]
    assert "max-age" in answer["Cache-Control"]
    assert client.get("/regions.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304
