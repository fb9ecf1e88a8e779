"""Django routes of an API: each with the access its operations declare, HEAD for GET, and problems for everything else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI, Router
from ninja.utils import normalize_path, replace_path_param_notation

from jiuye.api import usage
from jiuye.api.access import actor_of
from jiuye.api.callers import acting
from jiuye.api.deprecations import ENDING
from jiuye.api.problems import of_error, problem
from jiuye.api.readers import EXPORT, READ, WRITE, Kind, Readers, allowance_of
from jiuye.api.repeats import once
from jiuye.api.signatures import NOTHING, Signature, check_body, check_query, signature_of
from jiuye.domains.clients.queries import Caller
from jiuye.kernel import paging, space
from jiuye.kernel.access import PUBLIC, Requirement, access, declare, requirement_of
from jiuye.kernel.errors import ProductError

View = Callable[..., HttpResponse]
Run = Callable[[HttpRequest], HttpResponse]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request body, unless an operation declares more."""
# They choose a page of a list and the members of its items, never which rows the list has.
_OF_A_PAGE = frozenset({"cursor", "size", "page", "fields", "expand"})


@dataclass(frozen=True)
class Declared:
    """What an operation requires of its caller, and what it takes. `requirement` is None if it forgot to declare it."""

    requirement: Requirement | None
    signature: Signature


Operations = Mapping[str, Declared]


def requirements(routers: Sequence[Router]) -> dict[str, Requirement]:
    """Return what each operation requires, by its operation id."""
    return {
        operation.operation_id or "": requirement
        for router in routers
        for view in router.path_operations.values()
        for operation in view.operations
        if (requirement := requirement_of(operation.view_func))
    }


def routes(api: NinjaAPI, routers: Sequence[Router], readers: Readers) -> list[URLPattern]:
    """Return the routes of all operations in `routers`. An operation that declares no access fails the start-up check."""
    views = {str(one.pattern): one.callback for one in reversed(api.urls[0]) if isinstance(one, URLPattern)}
    found = []
    for router in routers:
        for pattern, view in router.path_operations.items():
            declared = {
                method: Declared(requirement_of(operation.view_func), signature_of(operation))
                for operation in view.operations
                for method in operation.methods
            }
            route = replace_path_param_notation(normalize_path(pattern).lstrip("/"))
            ids = {method: one.operation_id or "" for one in view.operations for method in one.methods}
            name = f"api-{view.operations[0].view_func.__name__}"
            found.append(path(route, _entry(views[route], declared, readers, ids), name=name))
    return [*found, re_path("", _nothing_here(readers))]


def _entry(view: View, operations: Operations, readers: Readers, ids: Mapping[str, str]) -> View:
    @usage.counted(ids)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        operation = operations.get("GET" if request.method == "HEAD" else request.method or "")
        try:
            if request.method not in _SAFE:
                space.require()
            caller = readers.admit(request, _kind(request, operation))
            if operation is None:
                return _with_allowance(request, _not_allowed(request, operations))
            with acting(request, cast(Requirement, operation.requirement), caller):
                response = _answer(request, operation, caller, partial(view, *args, **kwargs))
            if caller:
                response.headers.setdefault("Cache-Control", "private, no-cache")
            if ending := ENDING.get(ids.get("GET" if request.method == "HEAD" else request.method or "", "")):
                for name, value in ending.headers().items():
                    response.headers[name] = value
            return _with_allowance(request, response)
        except Exception as error:
            return _with_allowance(request, of_error(request, error, operation.signature if operation else NOTHING))

    required = {method: one.requirement for method, one in operations.items()}
    if None in required.values():
        return answer
    declared = declare(answer, next(filter(None, required.values())))
    declared.operations = required  # type: ignore[attr-defined]
    return declared


def _kind(request: HttpRequest, operation: Declared | None) -> Kind:
    """Return the limit that a request counts against."""
    if operation and operation.requirement and operation.requirement.is_export:
        return EXPORT
    return READ if request.method in _SAFE else WRITE


def _with_allowance(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if allowance := allowance_of(request):
        for name, value in allowance.headers().items():
            response.headers[name] = value
    return response


def _answer(request: HttpRequest, operation: Declared, caller: Caller | None, run: Run) -> HttpResponse:
    """Check what was sent, and run the operation, once for an idempotency key. Raises what the operation raises."""
    check_query(request, operation.signature)
    if request.method not in _SAFE:
        check_body(request, operation.signature, most=operation.signature.most_bytes or LARGEST_BODY)
    is_list = "cursor" in operation.signature.query
    with paging.bound(_list_of(request) if is_list else ""):
        if request.method == "HEAD":
            return _as_get(request, run)
        if caller is None or request.method in _SAFE:
            return run(request)
        return once(request, caller, operation.signature, lambda: run(request))


def _as_get(request: HttpRequest, run: Run) -> HttpResponse:
    """Run a HEAD as GET; the server omits the content (RFC 9110 §9.3.2)."""
    request.method = "GET"
    try:
        return run(request)
    finally:
        request.method = "HEAD"


def _list_of(request: HttpRequest) -> str:
    """Identify the list that a request pages through: who asks, the path, and the parameters that choose its rows."""
    chosen = sorted((name, values) for name, values in request.GET.lists() if name not in _OF_A_PAGE)
    return repr((actor_of(request).client_id, request.path, chosen))


def _not_allowed(request: HttpRequest, operations: Operations) -> HttpResponse:
    allowed = ", ".join(sorted({*operations, *({"HEAD"} if "GET" in operations else ())}))
    return problem(request, 405, "method_not_allowed", f"这里只支持 {allowed}。", headers={"Allow": allowed})


def _nothing_here(readers: Readers) -> Callable[..., HttpResponseBase]:
    @access(PUBLIC)
    def answer(request: HttpRequest, *args: Any) -> HttpResponse:
        """The answer for all other paths below the API's prefix."""
        try:
            readers.admit(request, _kind(request, None))
        except ProductError as error:
            return _with_allowance(request, of_error(request, error))
        said = "没有这个接口，请对照接口说明 /api/v1/docs。"
        return _with_allowance(request, problem(request, 404, "not_found", said))

    return answer
