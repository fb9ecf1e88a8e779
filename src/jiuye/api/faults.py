"""The members of a problem's `errors`: where each fault is, its rule, and how to correct it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jiuye.api.signatures import Signature, nearest
from jiuye.kernel.errors import Fault
from jiuye.kernel.http.nul import escaped

Item = dict[str, Any]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NO_SUCH_MEMBER = "没有这个字段，请对照接口说明，或去掉它。"
# Pydantic's type of error → our rule and the message; {names} come from the error's context.
_RULES: Mapping[str, tuple[str, str]] = {
    "missing": ("missing", "必须填写。"),
    "extra_forbidden": ("unknown", _NO_SUCH_MEMBER),
    "int_type": ("type", "请写整数，不加引号。"),
    "int_parsing": ("type", "请写整数。"),
    "int_parsing_size": ("range", "这个数太大了。"),
    "int_from_float": ("type", "请写整数，不带小数。"),
    "float_type": ("type", "请写数字，不加引号。"),
    "float_parsing": ("type", "请写数字。"),
    "finite_number": ("range", "请写有限的数字。"),
    "decimal_type": ("type", "请写数字，不加引号。"),
    "bool_type": ("type", "请写 true 或 false，不加引号。"),
    "bool_parsing": ("type", "请写 true 或 false。"),
    "string_type": ("type", "请写文字，放在引号里。"),
    "list_type": ("type", "请写数组：[…]。"),
    "dict_type": ("type", "请写对象：{{…}}。"),
    "model_type": ("type", "请写对象：{{…}}。"),
    "model_attributes_type": ("type", "请写对象：{{…}}。"),
    "none_required": ("type", "请写 null。"),
    "notation": ("notation", "写法不对，应为 {example} 这样的文字。"),
    "uuid_parsing": ("notation", "写法不对，应为 UUID。"),
    "uuid_type": ("notation", "写法不对，应为 UUID。"),
    "date_from_datetime_parsing": ("notation", "没有这一天，请核对日期。"),
    "date_parsing": ("notation", "写法不对，应为 YYYY-MM-DD 这样的文字。"),
    "datetime_parsing": ("notation", "没有这个时间，请核对。"),
    "datetime_from_date_parsing": ("notation", "没有这个时间，请核对。"),
    "time_parsing": ("notation", "没有这个时间，请核对。"),
    "string_pattern_mismatch": ("notation", "写法不对，请对照接口说明。"),
    "string_too_long": ("too_long", "最多 {max_length} 个字，请删减。"),
    "string_too_short": ("too_short", "最少 {min_length} 个字，请补充。"),
    "too_long": ("too_long", "最多 {max_length} 项，现在有 {actual_length} 项，请减少。"),
    "too_short": ("too_short", "最少 {min_length} 项，现在有 {actual_length} 项，请补充。"),
    "greater_than_equal": ("range", "不能小于 {ge}。"),
    "greater_than": ("range", "要大于 {gt}。"),
    "less_than_equal": ("range", "不能大于 {le}。"),
    "less_than": ("range", "要小于 {lt}。"),
    "enum": ("choice", "只能是：{expected}。"),
    "literal_error": ("choice", "只能是：{expected}。"),
    "union_tag_invalid": ("choice", "只能是：{expected_tags}。"),
    "union_tag_not_found": ("missing", "请写明种类：{discriminator}。"),
    "string_unicode": ("characters", "含有不成对的代理字符，请改用 UTF-8 能写的字符。"),
}
_MISFIT = "值的写法不对，请对照接口说明。"
RULES = tuple(sorted({rule for rule, _ in _RULES.values()} | {"invalid", "repeated"}))
"""The rules of the API itself; screening has its own names."""
MESSAGES = tuple(sorted({message for _, message in _RULES.values()} | {_MISFIT}))


def of_validation(errors: Iterable[Mapping[str, Any]], signature: Signature, body: Any) -> list[Item]:
    """Return the errors that Pydantic found in parameters and body, each place and rule once."""
    items: dict[tuple[str, str], Item] = {}
    for error in errors:
        source, *place = error["loc"]
        rule, message = _told(error)
        if source != "body":
            item = _item(str(place[0]) if place else str(source), rule, message, parameter=str(place[0]))
        else:
            parts = _parts(place[signature.body_depth - 1 :], body, is_missing=error["type"] == "missing")
            if error["type"] == "extra_forbidden" and parts:
                message = nearest(str(parts[-1]), _members(signature.schema, parts[:-1]), message)
            item = _item(".".join(map(str, parts)), rule, message, pointer=_pointer(parts))
        items.setdefault((item["pointer"] or item["parameter"] or "", rule), item)
    return list(items.values())


def of_faults(faults: Sequence[Fault], signature: Signature, *, at: str = "") -> list[Item]:
    """Return the faults that an action or query raised. `at` is the JSON pointer of the object with the faulty members.

    A field is the name of a member (`title`, `sections.0.title`) or of a parameter, `?name` a parameter for certain, and
    `/…` a JSON pointer below `at`.
    """
    return [_of_fault(fault, signature, at) for fault in faults]


def _of_fault(fault: Fault, signature: Signature, at: str) -> Item:
    name = fault.field
    if name.startswith("?") or (name in signature.parameters and not at):
        name = name.removeprefix("?")
        return _item(name, fault.rule, fault.message, fault, parameter=name)
    if name.startswith("/"):
        pointer = at if name == "/" else at + name
        return _item(pointer.removeprefix("/").replace("/", "."), fault.rule, fault.message, fault, pointer=pointer)
    pointer = at + _pointer(name.split(".")) if name else at
    has_body = bool(at or signature.content_types)
    return _item(name, fault.rule, fault.message, fault, pointer=pointer if has_body else None)


def _item(
    name: str,
    rule: str,
    message: str,
    fault: Fault | None = None,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
) -> Item:
    return {
        "field": name,
        "pointer": pointer,
        "parameter": parameter,
        "rule": rule,
        "message": message,
        "legal_basis": fault.legal_basis if fault else "",
        "words": fault.words if fault else "",
    }


def _told(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return rule and message of one of Pydantic's errors. Errors of our own validators bring their message."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _RULES:
        rule, message = _RULES[kind]
        return rule, message.format(**context)
    own = str(context.get("error", error["msg"]))
    return ("invalid" if kind == "value_error" else kind), own if _CHINESE.search(own) else _MISFIT


def _parts(place: Sequence[Any], body: Any, *, is_missing: bool) -> list[str | int]:
    """Return the place as names and indexes that are in the body. Pydantic also names the branches of unions there."""
    found: list[str | int] = []
    here = body
    for number, part in enumerate(place):
        inside = _inside(here, part)
        if inside:
            found.append(part)
            here = inside[0]
        elif is_missing and number == len(place) - 1:
            found.append(part)
    return found


def _inside(here: Any, part: Any) -> list[Any]:
    """Return what is in an object under a name or in an array at an index, in a list; nothing if it has no such part."""
    if isinstance(here, dict) and isinstance(part, str) and part in here:
        return [here[part]]
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return [here[part]]
    return []


def _pointer(parts: Sequence[str | int]) -> str:
    return "".join(f"/{escaped(str(part))}" for part in parts)


def _members(schema: Mapping[str, Any], parts: Sequence[str | int]) -> set[str]:
    """Return the known members of the object at a place of the body, from the body's JSON Schema."""
    definitions = schema.get("$defs", {})

    def objects(node: Any) -> list[Mapping[str, Any]]:
        if not isinstance(node, Mapping):
            return []
        if "$ref" in node:
            return objects(definitions.get(node["$ref"].rsplit("/", 1)[-1]))
        branches = [one for key in ("anyOf", "oneOf", "allOf") for one in node.get(key, ())]
        return [node, *(found for branch in branches for found in objects(branch))]

    nodes = objects(schema)
    for part in parts:
        inner = [node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part) for node in nodes]
        nodes = [found for one in inner for found in objects(one)]
    return {name for node in nodes for name in node.get("properties", {})}
