"""Refuses what is too long before it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jiuye.api.problems import problem
from jiuye.api.signatures import declared_length
from jiuye.config.body_limits import FORM, KILOBYTE, MEGABYTE, most_bytes
from jiuye.portals.error_pages import error_page

LONGEST_QUERY = 8 * KILOBYTE
_FOR_PROGRAMS = ("/api/", "/oauth/", "/callbacks/")


class LimitMiddleware:
    """Refuses bodies (413) and queries (414) that are longer than allowed, by the declared length alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return _refusal(request, 414, "uri_too_long", "网址太长，请减少筛选条件。")
        declared = declared_length(request)
        if declared > FORM and declared > (most := most_bytes(request.path_info)):
            said = f"这次提交的内容太大，这里最多 {_size(most)}。请减小文件或缩短文字，也可以分几次提交。"
            return _refusal(request, 413, "too_large", said)
        return self.get_response(request)


def _refusal(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    if request.path_info.startswith(_FOR_PROGRAMS):
        return problem(request, status, code, message)
    return error_page(request, status, message)  # type: ignore[arg-type]


def _size(most: int) -> str:
    return f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // KILOBYTE} KB"
