"""The API keeps what it has promised, and says for twelve months what ends."""

import copy
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from jiuye.api import deprecations
from jiuye.api.compatibility import breaks
from jiuye.api.deprecations import Deprecation
from jiuye.api.v1 import changelog
from jiuye.api.v1.document import document
from jiuye.runtime.management.commands.publish_api import PUBLISHED


def test_nothing_that_was_published_is_broken() -> None:
    assert breaks(orjson.loads(PUBLISHED.read_bytes()), document()) == []


def test_the_published_document_is_the_served_one() -> None:
    """If it is not: `./jiuye manage publish_api`, and an entry in the changelog."""
    assert orjson.loads(PUBLISHED.read_bytes()) == document()


class TestWhatBreaks:
    @pytest.fixture
    def new(self) -> dict[str, Any]:
        return copy.deepcopy(document())

    def told(self, new: dict[str, Any]) -> str:
        return "\n".join(breaks(document(), new))

    def test_an_operation_that_is_gone(self, new: dict[str, Any]) -> None:
        del new["paths"]["/api/v1/agency/shop"]["patch"]
        assert "PATCH /api/v1/agency/shop: the operation is gone" in self.told(new)

    def test_a_parameter_that_is_gone_or_newly_required(self, new: dict[str, Any]) -> None:
        parameters = new["paths"]["/api/v1/jobs"]["get"]["parameters"]
        parameters[:] = [one for one in parameters if one["name"] != "region"]
        parameters.append({"in": "query", "name": "purpose", "required": True, "schema": {"type": "string"}})
        assert "parameter region is gone" in self.told(new)
        assert "new parameter purpose is required" in self.told(new)

    def test_a_member_of_an_answer_that_is_gone_or_may_be_null(self, new: dict[str, Any]) -> None:
        shop = new["components"]["schemas"]["OwnShop"]
        del shop["properties"]["slogan"]
        shop["properties"]["fees"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
        assert "/slogan is gone" in self.told(new)
        assert "/fees may be null now" in self.told(new)

    def test_a_body_that_asks_for_more(self, new: dict[str, Any]) -> None:
        body = new["components"]["schemas"]["Reply"]
        body["properties"]["signature"] = {"type": "string"}
        body["required"].append("signature")
        assert "body/signature is required now" in self.told(new)

    def test_another_scope(self, new: dict[str, Any]) -> None:
        new["paths"]["/api/v1/agency/shop"]["get"]["x-scope"] = "shop:write"
        assert "asks for the scope shop:write" in self.told(new)

    def test_what_is_added_breaks_nothing(self, new: dict[str, Any]) -> None:
        new["paths"]["/api/v1/new"] = {"get": {"operationId": "readNew", "responses": {"200": {}}}}
        new["components"]["schemas"]["OwnShop"]["properties"]["motto"] = {"type": "string"}
        new["components"]["schemas"]["Reply"]["properties"]["signature"] = {"type": "string"}
        assert breaks(document(), new) == []


class TestWhatEnds:
    def test_it_is_announced_for_twelve_months(self) -> None:
        known = {one["operationId"] for methods in document()["paths"].values() for one in methods.values()}
        for operation, ending in deprecations.ENDING.items():
            assert operation in known
            assert ending.sunset - ending.since >= deprecations.SHORTEST_NOTICE
            assert any(one.kind == "deprecated" and operation in one.text for one in changelog.CHANGES)

    def test_its_header_fields_are_those_of_the_standards(self) -> None:
        headers = Deprecation(date(2027, 1, 1), date(2028, 1, 1), "/api/v1/jobs").headers()
        assert headers["Deprecation"] == "@1798761600"
        assert headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
        assert '</api/v1/jobs>; rel="successor-version"' in headers["Link"]


def test_an_operation_that_ends_says_so_on_every_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ending = {"listIndustries": Deprecation(date(2027, 1, 1), date(2028, 1, 1))}
    monkeypatch.setattr("jiuye.api.routes.ENDING", ending)
    assert client.get("/api/v1/industries").headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert "Sunset" not in client.get("/api/v1/occupations").headers


def test_the_changelog_is_newest_first() -> None:
    days = [one.day for one in changelog.CHANGES]
    assert days == sorted(days, reverse=True)
    assert timedelta() <= days[0] - days[-1]
