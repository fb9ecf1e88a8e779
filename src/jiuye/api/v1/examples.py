"""Examples of request bodies in the OpenAPI document; `tests/api/test_examples.py` sends each of them."""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

SOME_ID = "01990000-0000-7000-8000-000000000000"
"""Stands for the id of something that exists."""

BODIES: Mapping[str, Any] = {
    "patchAgencyJob": {"headcount": 8, "benefits": ["五险一金", "包午餐"]},
    "publishAgencyJob": {"valid_through": "2027-01-31"},
    "chooseAgencyImportWorksheets": {"worksheets": [{"name": "", "header_row": 1}]},
    "mapAgencyImport": {"mapping": {"title": 0, "headcount": 1, "employer_name": 2}, "defaults": {}, "publish": False},
    "addFairEmployer": {"name": "成都示例精密机械有限公司", "booth": "A12"},
    "changeFairPlace": {"booth": "B3", "job_ids": None},
    "changeShop": {"slogan": "扎根本地，只做蓝领招聘", "version": 1},
    "replaceShopSection": {"entries": [{"year": "2025", "text": "帮助三百人就业"}], "version": 1},
    "changeWebhook": {"description": "新的人事系统"},
    "verifyWebhookSignature": {
        "headers": {"webhook-id": "msg_1", "webhook-timestamp": "1800000000", "webhook-signature": "v1,AAAA"},
        "body": "{}",
        "secret": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
    },
    "moveTestClock": {"by": "P30D"},
}
"""By operation id, where the schema's own examples and defaults do not make a body that is worth showing."""

_DEEPEST = 4
_OF_FORMATS = {"uuid": SOME_ID, "date": "2027-01-31", "date-time": "2027-01-09T01:00:00Z"}
_OF_TYPES = {"integer": 1, "number": 1, "boolean": True, "object": {}}


def add_examples(document: dict[str, Any]) -> None:
    """Give every JSON body of a document an example, unless its operation has written one."""
    for operations in document["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None and "example" not in content:
                content["example"] = BODIES.get(operation["operationId"]) or sample(document, content.get("schema", {}))


def sample(document: Document, schema: Document, level: int = 0) -> Any:
    """Return a value of a schema: its example or default, else one that shows its form."""
    for source in (schema, schema := _followed(document, schema)):
        if source.get("examples"):
            return source["examples"][0]
        if "default" in source:
            return source["default"]
    if "properties" in schema:
        required = set(schema.get("required", []))
        wanted = {
            name: member
            for name, member in schema["properties"].items()
            if name in required or member.get("examples") or level == 0
        }
        return {name: sample(document, member, level + 1) for name, member in wanted.items()}
    if schema.get("type") == "array":
        return [sample(document, schema["items"], level + 1)] if level < _DEEPEST else []
    if schema.get("enum"):
        return schema["enum"][0]
    return _OF_FORMATS.get(schema.get("format", ""), _OF_TYPES.get(schema.get("type", ""), "…"))


def _followed(document: Document, schema: Document) -> Document:
    """Follow references, and take the first of several schemas that is not null."""
    while True:
        several = schema.get("anyOf") or schema.get("allOf") or []
        chosen = next((one for one in several if one.get("type") != "null"), None)
        if chosen is not None:
            schema = chosen
        elif "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        else:
            return schema
