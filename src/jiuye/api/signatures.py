"""What an operation takes: parameters and body. Everything else in a request is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from ninja.operation import Operation
from ninja.parser import Parser

from jiuye.kernel.errors import Fault, Invalid, ProductError
from jiuye.kernel.http.nul import parameters_with_nul, places_in

JSON = "application/json"
FORM = "multipart/form-data"
NO_SUCH_PARAMETER = "没有这个参数，请对照接口说明。"
HEADERS = frozenset({"On-Behalf-Of", "Idempotency-Key", "If-Match"})


class MalformedJson(ProductError):
    """The body is not JSON (RFC 8259)."""

    code = "malformed_json"
    status = 400


class UnsupportedType(ProductError):
    """The body's media type is not one that the operation reads (RFC 9110 §15.5.16)."""

    code = "unsupported_media_type"
    status = 415


class BodyTooLarge(ProductError):
    """The body is larger than the operation accepts (RFC 9110 §15.5.14)."""

    code = "too_large"
    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(f"请求体不能超过 {most // 1024} KB，请分成几次发送。")


@dataclass(frozen=True)
class Signature:
    """What one operation takes. `several` are the parameters that may be repeated; `content_types` those of the body, none
    if there is no body. `most_bytes`: how large a body it takes, if more than usual.
    """

    query: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    content_types: tuple[str, ...] = ()
    body_depth: int = 1
    most_bytes: int | None = None
    body: Any = field(default=None, repr=False, compare=False)

    @property
    def parameters(self) -> frozenset[str]:
        """The names of all parameters: of the query, the path and the headers."""
        return self.query | self.others | HEADERS

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the body."""
        whole: dict[str, Any] = self.body.model_json_schema() if self.body is not None else {}
        if self.body_depth == 1:
            return whole
        (only,) = whole["properties"].values()  # Ninja's model has the function's argument around the body
        return {**only, "$defs": whole.get("$defs", {})}


NOTHING = Signature()


def signature_of(operation: Operation) -> Signature:
    """Return what an operation takes, as its function and its `openapi_extra` say."""
    names: dict[str, set[str]] = {"query": set(), "path": set(), "header": set()}
    several: set[str] = set()
    types: list[str] = []
    body, depth = None, 1
    for model in operation.models:
        source, made = str(model.__ninja_param_source__), getattr(model, "__ninja_flatten_map__", {})
        if source in names:
            names[source] |= set(made)
        if source == "query":
            several |= set(getattr(model, "__ninja_collection_fields__", ()))
        if source in ("form", "file"):
            types.append(FORM)
        if source == "body":
            body, depth = model, 2 if getattr(model, "__read_from_single_attr__", "") else 1
            types.append(JSON)
    extra = operation.openapi_extra or {}
    for one in extra.get("parameters", ()):
        names.setdefault(one["in"], set()).add(one["name"])
        if one["in"] == "query" and one["schema"].get("type") == "array":
            several.add(one["name"])
    types += extra.get("requestBody", {}).get("content", {})
    return Signature(
        frozenset(names["query"]), frozenset(several), frozenset(names["path"] | names["header"]),
        tuple(dict.fromkeys(types)), depth, extra.get("x-max-bytes"), body,
    )  # fmt: skip


def check_query(request: HttpRequest, signature: Signature) -> None:
    """Raise `Invalid` for unknown and for repeated parameters, with the nearest known name."""
    faults = []
    with_nul = parameters_with_nul(request)
    for name, values in request.GET.lists():
        if name not in signature.query:
            faults.append(Fault(f"?{name}", nearest(name, signature.query, NO_SUCH_PARAMETER), "unknown"))
        elif len(values) > 1 and name not in signature.several:
            faults.append(Fault(f"?{name}", "这个参数只能写一次。", "repeated"))
        elif name in with_nul:
            faults.append(Fault(f"?{name}", "不能含有 NUL 字符。", "characters"))
    if faults:
        raise Invalid({}, faults=faults)


def nearest(name: str, known: frozenset[str] | set[str], otherwise: str) -> str:
    """Return a message about an unknown name: the nearest known one, or `otherwise`."""
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"没有 {name}，是不是要写 {found[0]}？" if found else otherwise


def check_body(request: HttpRequest, signature: Signature, *, most: int) -> None:
    """Read the body of an unsafe request and keep its JSON for the operation.

    Raises `BodyTooLarge`, `UnsupportedType`, `MalformedJson`, and `Invalid` for a body where none is expected and for
    texts with NUL, which PostgreSQL's text type cannot hold.
    """
    if declared_length(request) > most:
        raise BodyTooLarge(most)
    given = request.content_type or ""
    if given == FORM and FORM in signature.content_types:
        return
    raw = _read(request, most)
    if not signature.content_types:
        if raw.strip() not in (b"", b"{}"):
            raise Invalid({}, faults=[Fault("/", "这个接口没有请求体，请去掉。", "unknown")])
        return
    if raw and given not in signature.content_types:
        raise UnsupportedType(f"请把 Content-Type 写成 {' 或 '.join(signature.content_types)}，并按它发送。")
    if raw and given == JSON:
        keep_json(request, _parsed(raw))


def declared_length(request: HttpRequest) -> int:
    """Return the declared length of the body in bytes. No more is read than a request declares (RFC 9110 §8.6), so a
    large one is not read at all.
    """
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def keep_json(request: HttpRequest, value: Any) -> None:
    """Keep the parsed body with its request."""
    request.json = value  # type: ignore[attr-defined]


def json_of(request: HttpRequest) -> Any:
    """Return the parsed body of a request; None if it has none."""
    return getattr(request, "json", None)


class KeptJson(Parser):
    """Gives Ninja the body that `check_body` has parsed."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the parsed body."""
        return json_of(request)


def _read(request: HttpRequest, most: int) -> bytes:
    """Return the body. Django's own limit is for forms; some operations take more."""
    try:
        return request.body
    except RequestDataTooBig:
        request._body = request.read(most + 1)
    if len(request.body) > most:
        raise BodyTooLarge(most)
    return request.body


def _parsed(raw: bytes) -> Any:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(
            f"请求体不是有效的 JSON（RFC 8259，UTF-8）：第 {error.lineno} 行第 {error.colno} 列附近。"
        ) from error
    if b"\\u0000" in raw and (faults := [Fault(at, "不能含有 NUL 字符。", "characters") for at in places_in(value)]):
        raise Invalid({}, faults=faults)
    return value
