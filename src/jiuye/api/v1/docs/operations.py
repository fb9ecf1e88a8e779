"""The operations of the OpenAPI document as the pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

Document = Mapping[str, Any]

GROUPS: Mapping[str, str] = {
    "jobs": "职位",
    "agencies": "职介机构",
    "employers": "用人单位",
    "fairs": "招聘会",
    "policies": "政策",
    "suggestions": "联想",
    "feeds": "订阅与其他格式",
    "reference": "代码表",
    "changes": "变更流",
    "snapshots": "快照",
    "agency-jobs": "机构：职位",
    "agency-batches": "机构：批量职位",
    "agency-imports": "机构：表格导入",
    "agency-applications": "机构：投递",
    "agency-resumes": "机构：简历",
    "agency-interviews": "机构：面试",
    "agency-onboarding": "机构：入职",
    "agency-fairs": "机构：招聘会",
    "agency-reviews": "机构：评价",
    "agency-affiliations": "机构：关联企业",
    "agency-members": "机构：成员",
    "agency-shop": "机构：旗舰店",
    "agency-webhooks": "机构：推送",
    "agency-usage": "机构：用量与记录",
    "test_mode": "测试模式",
}
"""Tags of operations and their names, in the order of the pages."""

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter, or a member of a body; `name` with dots for members of members."""

    name: str
    place: str
    type: str
    is_required: bool
    description: str
    values: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `example` is the JSON of a body; empty if it takes none. `takes_files`: a multipart form."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    names_member: bool
    parameters: Sequence[Member]
    body: Sequence[Member]
    example: str
    takes_files: bool
    answers: Sequence[Member]
    statuses: Sequence[str]

    @property
    def in_path(self) -> Sequence[Member]:
        """The parameters of its path."""
        return [one for one in self.parameters if one.place == "path"]

    @property
    def in_query(self) -> Sequence[Member]:
        """Its query parameters."""
        return [one for one in self.parameters if one.place == "query"]

    @property
    def is_safe(self) -> bool:
        """Whether it only reads."""
        return self.method == "GET"


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of a tag."""

    tag: str
    name: str
    operations: Sequence[Operation]


def groups_of(document: Document) -> list[Group]:
    """Return the operations of a document by tag, in the order of `GROUPS`; an unknown tag comes last under its own name."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(document, method, path, operation))
    order = [*GROUPS, *(tag for tag in found if tag not in GROUPS)]
    return [Group(tag, GROUPS.get(tag, tag), found[tag]) for tag in order if tag in found]


def _operation(document: Document, method: str, path: str, operation: Document) -> Operation:
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", next(iter(content.values()), {})).get("schema", {})
    success: Document = next((one for status, one in operation["responses"].items() if status.startswith("2")), {})
    answer = success.get("content", {}).get("application/json", {}).get("schema", {})
    is_json = "application/json" in content
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        scope=operation.get("x-scope", ""),
        names_member=any(one.name == "On-Behalf-Of" for one in parameters),
        parameters=[one for one in parameters if one.place != "header"],
        body=_members(document, schema, 1),
        example=_written(content["application/json"]["example"]) if is_json else "",
        takes_files=bool(content) and not is_json,
        answers=_members(document, answer, 1),
        statuses=list(operation["responses"]),
    )


def _parameter(parameter: Document) -> Member:
    schema = parameter.get("schema", {})
    items = schema.get("items", schema)
    return Member(
        name=parameter["name"],
        place=parameter["in"],
        type=_type(schema),
        is_required=parameter.get("required", False),
        description=parameter.get("description") or schema.get("description", ""),
        values=list(map(str, items.get("enum", []))),
    )


def _members(document: Document, schema: Document, level: int, prefix: str = "") -> list[Member]:
    """Return the members of an object, those of its objects and lists below them."""
    schema = _followed(document, schema)
    required, found = set(schema.get("required", [])), []
    for name, member in schema.get("properties", {}).items():
        inner = _followed(document, _not_null(member))
        item = _followed(document, inner.get("items", {}))
        described = member.get("description") or inner.get("description", "")
        is_object = "properties" in inner or "properties" in item
        text = "" if is_object and described == inner.get("description") else described
        found.append(
            Member(prefix + name, "body", _type(member), name in required, text, list(map(str, inner.get("enum", []))))
        )
        if level < _DEEPEST and is_object:
            below = inner if "properties" in inner else item
            found += _members(document, below, level + 1, f"{prefix}{name}{'' if 'properties' in inner else '[]'}.")
    return found


def _followed(document: Document, schema: Document) -> Document:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _not_null(schema: Document) -> Document:
    """Return the schema that is not null, of one that may be null."""
    for one in schema.get("anyOf", []):
        if one.get("type") != "null":
            chosen: Document = one
            return chosen
    return schema


def _type(schema: Document) -> str:
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    kind = str(schema.get("type", "object" if "$ref" in schema else "any"))
    return {"uuid": "uuid", "date": "date", "date-time": "date-time"}.get(schema.get("format", ""), kind)


def _written(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
