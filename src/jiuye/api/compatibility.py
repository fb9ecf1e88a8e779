"""Whether a new OpenAPI document still serves the programs that were written for an older one.

Within version 1 the API only grows: operations, optional parameters and members of answers are added; nothing that a
program may rely on goes away or becomes narrower. What ends is announced for twelve months first (`api.deprecations`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
_LIMITS_FROM_BELOW = ("minimum", "minLength", "minItems")
_LIMITS_FROM_ABOVE = ("maximum", "maxLength", "maxItems")


def breaks(old: Document, new: Document) -> list[str]:
    """Return what the new document breaks, one line each with its place; empty if it breaks nothing."""
    return list(_operations(old, new))


def _operations(old: Document, new: Document) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, before in methods.items():
            place = f"{method.upper()} {path}"
            after = new["paths"].get(path, {}).get(method)
            if after is None:
                yield f"{place}: the operation is gone"
                continue
            if before.get("operationId") != after.get("operationId"):
                yield f"{place}: its operationId has changed"
            yield from _access(place, before, after)
            yield from _parameters(place, before, after, old, new)
            yield from _body(place, before, after, old, new)
            yield from _answers(place, before, after, old, new)


def _access(place: str, before: Document, after: Document) -> Iterator[str]:
    if before.get("x-scope") != after.get("x-scope"):
        yield f"{place}: it asks for the scope {after.get('x-scope')} instead of {before.get('x-scope')}"


def _parameters(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    now = {(one["in"], one["name"]): one for one in after.get("parameters", [])}
    known = {(one["in"], one["name"]): one for one in before.get("parameters", [])}
    for key, parameter in known.items():
        at = f"{place}: parameter {key[1]}"
        if key not in now:
            yield f"{at} is gone"
            continue
        if now[key].get("required") and not parameter.get("required"):
            yield f"{at} is required now"
        yield from _narrower(at, parameter.get("schema", {}), now[key].get("schema", {}), old, new)
    for key, parameter in now.items():
        if key not in known and parameter.get("required"):
            yield f"{place}: the new parameter {key[1]} is required"


def _body(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    known, now = before.get("requestBody", {}), after.get("requestBody", {})
    if now.get("required") and not known:
        yield f"{place}: it requires a body now"
    for kind, content in known.get("content", {}).items():
        if kind not in now.get("content", {}):
            yield f"{place}: it takes no {kind} any more"
            continue
        yield from _narrower(
            f"{place}: body", content.get("schema", {}), now["content"][kind].get("schema", {}), old, new
        )


def _answers(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    for status, answer in before["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in after["responses"]:
            yield f"{place}: it does not answer {status} any more"
            continue
        for kind, content in answer.get("content", {}).items():
            now = after["responses"][status].get("content", {}).get(kind)
            if now is None:
                yield f"{place}: it does not answer with {kind} any more"
                continue
            yield from _poorer(f"{place}: answer", content.get("schema", {}), now.get("schema", {}), old, new)


def _narrower(
    place: str, before: Document, after: Document, old: Document, new: Document, seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield why the new schema refuses what the old one accepted."""
    before, after, seen, is_known = _resolved(before, after, old, new, seen)
    if is_known:
        return
    yield from _fewer_values(place, before, after)
    members, now = before.get("properties", {}), after.get("properties", {})
    for name, schema in members.items():
        if name in now:
            yield from _narrower(f"{place}/{name}", schema, now[name], old, new, seen)
        elif after.get("additionalProperties") is False:
            yield f"{place}/{name} is not accepted any more"
    for name in set(after.get("required", [])) - set(before.get("required", [])):
        yield f"{place}/{name} is required now"
    if "items" in before and "items" in after:
        yield from _narrower(f"{place}/items", before["items"], after["items"], old, new, seen)


def _fewer_values(place: str, before: Document, after: Document) -> Iterator[str]:
    gone = _types(before) - _types(after)
    if gone and _types(after):
        yield f"{place} does not take {', '.join(sorted(gone))} any more"
    if lost := set(map(str, before.get("enum", []))) - set(map(str, after.get("enum", before.get("enum", [])))):
        yield f"{place} does not take {', '.join(sorted(lost))} any more"
    if "enum" in after and "enum" not in before:
        yield f"{place} takes listed values only"
    for name in _LIMITS_FROM_BELOW:
        if after.get(name, 0) > before.get(name, 0):
            yield f"{place} has a higher {name}"
    for name in _LIMITS_FROM_ABOVE:
        if name in after and after[name] < before.get(name, float("inf")):
            yield f"{place} has a lower {name}"


def _poorer(
    place: str, before: Document, after: Document, old: Document, new: Document, seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield what the new schema does not promise any more. Enumerations of answers are open: values may be added."""
    before, after, seen, is_known = _resolved(before, after, old, new, seen)
    if is_known:
        return
    if _types(after) - _types(before) and _types(before):
        yield f"{place} may be {', '.join(sorted(_types(after) - _types(before)))} now"
    members, now = before.get("properties", {}), after.get("properties", {})
    for name, schema in members.items():
        if name not in now:
            yield f"{place}/{name} is gone"
            continue
        if name in before.get("required", []) and name not in after.get("required", []):
            yield f"{place}/{name} may be missing now"
        yield from _poorer(f"{place}/{name}", schema, now[name], old, new, seen)
    if "items" in before and "items" in after:
        yield from _poorer(f"{place}/items", before["items"], after["items"], old, new, seen)


def _resolved(
    before: Document, after: Document, old: Document, new: Document, seen: frozenset[str]
) -> tuple[Document, Document, frozenset[str], bool]:
    """Follow references; also say whether this pair of schemas is being compared already (a schema within itself)."""
    pair = f"{before.get('$ref')} {after.get('$ref')}"
    if "$ref" in before and pair in seen:
        return before, after, seen, True
    return _followed(before, old), _followed(after, new), seen | {pair} if "$ref" in before else seen, False


def _followed(schema: Document, document: Document) -> Document:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _types(schema: Document) -> set[str]:
    """Return the JSON types that a schema allows; empty if it allows any. References count as object."""
    if "anyOf" in schema:
        return {name for one in schema["anyOf"] for name in (_types(one) or {"object" if "$ref" in one else "any"})}
    found = schema.get("type", [])
    return {found} if isinstance(found, str) else set(found)
