"""The documentation for people: every operation, with an example that is valid and a form for test mode."""

from typing import Any

import orjson
import pytest
from django.test import Client

from jiuye.api.v1.changelog import CHANGES
from jiuye.api.v1.docs.operations import GROUPS, groups_of
from jiuye.api.v1.document import document
from tests.factories.public_site import text_of

GROUPED = groups_of(document())


def test_every_operation_is_in_a_group_with_a_name() -> None:
    known = {one["operationId"] for methods in document()["paths"].values() for one in methods.values()}
    assert {one.id for group in GROUPED for one in group.operations} == known
    assert {group.tag for group in GROUPED} <= set(GROUPS)


@pytest.mark.parametrize("group", GROUPED, ids=lambda group: group.tag)
def test_a_page_tells_all_about_its_operations(client: Client, group: Any) -> None:
    answer = client.get(f"/api/v1/docs/{group.tag}")
    text = text_of(answer)
    for one in group.operations:
        assert one.summary in text
        assert one.path in text
        assert all(member.name in text for member in [*one.parameters, *one.body])
    assert "public" in answer.headers["Cache-Control"]


def test_examples_have_every_required_member() -> None:
    for group in GROUPED:
        for one in group.operations:
            if not one.example:
                continue
            example = orjson.loads(one.example)
            required = {member.name for member in one.body if member.is_required and "." not in member.name}
            assert required <= set(example), one.id


def test_an_unknown_group_is_not_there(client: Client) -> None:
    assert client.get("/api/v1/docs/nothing").status_code == 404


def test_the_changelog_shows_every_entry(client: Client) -> None:
    text = text_of(client.get("/api/v1/docs/changelog"))
    assert all(entry.text in text for entry in CHANGES)
