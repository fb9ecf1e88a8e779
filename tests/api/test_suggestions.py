"""Suggestions while typing, and occupations by words."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from tests.factories import reference
from tests.factories.public_site import assert_is_public

pytestmark = pytest.mark.django_db


def test_they_are_those_of_the_search_box(
    client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/api/v1/suggestions", {"q": "hangong"})
    assert_is_public(answer)
    site = client.get("/jobs/suggestions", {"q": "hangong"}).json()["items"]
    assert [item["text"] for item in answer.json()["items"]] == [item["text"] for item in site]
    assert {"kind": "occupation", "text": "焊工", "code": reference.WELDER} in answer.json()["items"]


def test_occupations_come_with_code_and_path(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/api/v1/suggestions/occupations", {"q": "电焊工"})
    (first, *_) = answer.json()["items"]
    assert first["code"] == reference.WELDER
    assert first["path"][-1] == "焊工"


@pytest.mark.parametrize("path", ["suggestions", "suggestions/occupations"])
def test_without_words_there_is_nothing_to_suggest(client: Client, path: str) -> None:
    for asked in ({}, {"q": ""}):
        answer = client.get(f"/api/v1/{path}", asked)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "q")
