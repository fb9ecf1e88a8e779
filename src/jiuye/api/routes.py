"""Django routes of an API: each with the access its operations declare, HEAD for GET, and problems for everything else."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI, Router

from jiuye.api.problems import of_error, problem
from jiuye.api.readers import InvalidKey, Readers
from jiuye.kernel.access import PUBLIC, Requirement, access, declare, requirement_of
from jiuye.kernel.errors import RateLimited

View = Callable[..., HttpResponse]


def routes(api: NinjaAPI, routers: Sequence[Router], readers: Readers) -> list[URLPattern]:
    """Return the routes of all operations in `routers`. An operation that declares no access fails the start-up check."""
    declared = {
        operation.view_func.__name__: requirement_of(operation.view_func)
        for router in routers
        for view in router.path_operations.values()
        for operation in view.operations
    }
    found = []
    for route in api.urls[0]:
        if isinstance(route, URLPattern) and route.name in declared:
            view = _entry(route.callback, declared[route.name], readers)
            found.append(path(str(route.pattern), view, name=f"api-{route.name}"))
    return [*found, re_path("", _nothing_here)]


def _entry(operation: View, requirement: Requirement | None, readers: Readers) -> View:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            readers.admit(request)
        except (RateLimited, InvalidKey) as error:
            return of_error(error)
        if request.method == "HEAD":  # RFC 9110 §9.3.2: as GET, the server omits the content
            request.method = "GET"
            try:
                response = operation(request, *args, **kwargs)
            finally:
                request.method = "HEAD"
        else:
            response = operation(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "GET")
            return problem(405, "method_not_allowed", f"这里只支持 {allowed}。", headers={"Allow": f"{allowed}, HEAD"})
        return response

    return answer if requirement is None else declare(answer, requirement)


@access(PUBLIC)
def _nothing_here(request: HttpRequest, *args: Any) -> HttpResponse:
    """The answer for all other paths below the API's prefix."""
    return problem(404, "not_found", "没有这个接口，请对照接口说明 /api/v1/docs。")
