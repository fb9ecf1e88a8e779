"""Every operation of the API, out of its document, with a request for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from jiuye.api.v1.document import document
from jiuye.kernel import clock

Ids = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation, as the document describes it."""

    id: str
    method: str
    path: str
    described: Mapping[str, Any]

    @property
    def scope(self) -> str:
        """The scope that a client needs; empty if anybody may call it."""
        return str(self.described.get("x-scope", ""))

    @property
    def is_open(self) -> bool:
        """Whether it also answers without a client's credential."""
        return {} in self.described["security"]

    @property
    def names(self) -> frozenset[str]:
        """The names in its path."""
        return frozenset(re.findall(r"{(\w+)}", self.path))

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The schema of its JSON body."""
        content = self.described.get("requestBody", {}).get("content", {})
        schema: Mapping[str, Any] | None = content.get("application/json", {}).get("schema")
        return schema

    @property
    def is_multipart(self) -> bool:
        """Whether its body is a form with files."""
        return "multipart/form-data" in self.described.get("requestBody", {}).get("content", {})

    def address(self, ids: Ids) -> str:
        """Its path with these ids; for others with some that nothing has."""
        values = {name: ids.get(name, self._nothing(name)) for name in self.names}
        query = "&".join(
            f"{one['name']}={ids.get(one['name']) or _in_query(one['schema'])}"
            for one in self.described.get("parameters", ())
            if one["in"] == "query" and one.get("required")
        )
        return self.path.format(**values) + (f"?{query}" if query else "")

    def _nothing(self, name: str) -> str:
        if name == "section":
            return "team"
        schema = next(one["schema"] for one in self.described["parameters"] if one["name"] == name)
        return str(uuid4()) if schema.get("format") == "uuid" else str(sample(schema))


def operations() -> list[Operation]:
    """All operations."""
    return [
        Operation(described["operationId"], method.upper(), path, described)
        for path, methods in document()["paths"].items()
        for method, described in methods.items()
    ]


OPERATIONS = operations()
OF_CLIENTS = [one for one in OPERATIONS if one.scope and not one.is_open]


def call(operation: Operation, headers: Mapping[str, str], *, ids: Ids | None = None, body: Any = ...) -> HttpResponse:
    """Send a request with a valid body, unless one is given."""
    address = operation.address(ids or {})
    if operation.is_multipart:
        return Client().generic(operation.method, address, headers=dict(headers))  # type: ignore[return-value]
    if body is ...:
        body = sample(operation.body) if operation.body else ""
    if operation.method == "GET":
        return Client().get(address, headers=dict(headers))  # type: ignore[return-value]
    send = getattr(Client(), operation.method.lower())
    return send(address, body, content_type="application/json", headers=dict(headers))  # type: ignore[no-any-return]


def _in_query(schema: Mapping[str, Any]) -> Any:
    return sample(schema["items"]) if schema.get("type") == "array" else sample(schema)


def sample(schema: Mapping[str, Any]) -> Any:
    """A value that a schema of the document allows, as small as possible."""
    if "$ref" in schema:
        return sample(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
    for key in ("example", "const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return sample(next(one for one in schema[key] if one.get("type") != "null"))
    return _of_type(schema)


def _of_type(schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type", "object")
    if kind == "object":
        members = schema.get("properties", {})
        return {name: sample(members[name]) for name in schema.get("required", ()) if name in members}
    if kind == "array":
        return [sample(schema["items"]) for _ in range(schema.get("minItems", 0))]
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    return False if kind == "boolean" else _text(schema)


def _text(schema: Mapping[str, Any]) -> str:
    soon = clock.now().replace(microsecond=0) + timedelta(days=20)
    known = {
        "uuid": str(uuid4()),
        "date": soon.date().isoformat(),
        "date-time": soon.isoformat().replace("+00:00", "Z"),
        "uri": "https://example.com/hooks",
    }
    text = known.get(schema.get("format", ""), "文字")
    return text.ljust(schema.get("minLength", 0), "字")[: schema.get("maxLength", 1000)]
