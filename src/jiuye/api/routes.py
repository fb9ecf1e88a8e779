"""Django routes of an API: each with the access its operations declare, HEAD for GET, and problems for everything else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI, Router
from ninja.utils import normalize_path, replace_path_param_notation

from jiuye.api import usage
from jiuye.api.callers import acting
from jiuye.api.problems import of_error, problem
from jiuye.api.readers import Readers
from jiuye.kernel.access import PUBLIC, Requirement, access, declare, requirement_of
from jiuye.kernel.errors import ProductError

View = Callable[..., HttpResponse]
Requirements = Mapping[str, Requirement | None]


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
            required = {
                method: requirement_of(operation.view_func)
                for operation in view.operations
                for method in operation.methods
            }
            route = replace_path_param_notation(normalize_path(pattern).lstrip("/"))
            ids = {method: one.operation_id or "" for one in view.operations for method in one.methods}
            name = f"api-{view.operations[0].view_func.__name__}"
            found.append(path(route, _entry(views[route], required, readers, ids), name=name))
    return [*found, re_path("", _nothing_here)]


def _entry(operation: View, required: Requirements, readers: Readers, ids: Mapping[str, str]) -> View:
    @usage.counted(ids)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else request.method or ""
        requirement = required.get(method)
        try:
            caller = readers.admit(request)
            if requirement is None:
                return _not_allowed(required)
            with acting(request, requirement, caller):
                return _answer(request, operation, *args, **kwargs)
        except ProductError as error:
            return of_error(error)

    if None in required.values():
        return answer
    declared = declare(answer, next(filter(None, required.values())))
    declared.operations = required  # type: ignore[attr-defined]
    return declared


def _answer(request: HttpRequest, operation: View, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method != "HEAD":
        return operation(request, *args, **kwargs)
    request.method = "GET"  # RFC 9110 §9.3.2: as GET, the server omits the content
    try:
        return operation(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


def _not_allowed(required: Requirements) -> HttpResponse:
    allowed = ", ".join(sorted({*required, *({"HEAD"} if "GET" in required else ())}))
    return problem(405, "method_not_allowed", f"这里只支持 {allowed}。", headers={"Allow": allowed})


@access(PUBLIC)
def _nothing_here(request: HttpRequest, *args: Any) -> HttpResponse:
    """The answer for all other paths below the API's prefix."""
    return problem(404, "not_found", "没有这个接口，请对照接口说明 /api/v1/docs。")
