"""Errors as problems (RFC 9457): what is wrong, where, and how to correct it."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from psycopg_pool import PoolTimeout
from pydantic import Field

from jiuye.kernel import database
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable

log = structlog.get_logger("api")
CONTENT_TYPE = "application/problem+json"
_MISFIT = "值的写法不对，请对照接口说明 /api/v1/docs。"
# RFC 6750 §3
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="jiuye", error="invalid_token"'}
TITLES = {
    400: "请求有误",
    401: "需要认证",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种方法",
    409: "操作没有完成",
    410: "已不再提供",
    422: "参数需要修改",
    429: "请求太频繁",
    500: "系统出了点问题",
    503: "服务暂时不可用",
}


class FieldError(Schema):
    """An error of one parameter or member, and how to correct it."""

    field: str
    message: str


class Problem(Schema):
    """RFC 9457 problem details. `code` is stable and for machines; `detail` is for people."""

    type: str = Field(description="这类错误的说明。")
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] = Field(default=[], description="参数有误（422）时逐个说明。")
    allowed: list[str] = Field(default=[], description="现在的状态不允许（409）时，可以做的操作。")


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Mapping[str, str] | None = None,
    allowed: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a response with a problem; caches must not store it."""
    told: dict[str, Any] = {
        "type": f"/api/v1/docs#{code}",
        "title": TITLES.get(status, "出错了"),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        told["errors"] = [{"field": field, "message": message} for field, message in errors.items()]
    if allowed:
        told["allowed"] = list(allowed)
    return HttpResponse(
        orjson.dumps(told),
        status=status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def of_error(error: Exception) -> HttpResponse:
    """Return the problem for an exception. Unexpected ones are logged and answered with 500 without their text."""
    if isinstance(error, ValidationError):
        error = Invalid({str(one["loc"][-1]): _MISFIT for one in error.errors})
    if isinstance(error, Invalid):
        return problem(422, error.code, "有参数不能接受，请看 errors。", errors=error.fields)
    if isinstance(error, RateLimited | Unavailable):
        return problem(error.status, error.code, error.message, headers={"Retry-After": str(error.retry_after)})
    if isinstance(error, Refused):
        return problem(error.status, error.code, error.message, allowed=error.allowed)
    if isinstance(error, ProductError):
        return problem(error.status, error.code, error.message, headers=_CHALLENGE if error.status == 401 else None)
    if isinstance(error, Http404):
        return problem(404, NotFound.code, NotFound().message)
    if isinstance(error, SuspiciousOperation):
        return problem(400, "bad_request", "请求内容不完整或不被接受。")
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        log.warning("database unavailable", error=type(error).__name__)
        database.discard_broken()
        return problem(503, "unavailable", "数据服务正在恢复，请几秒后再试。", headers={"Retry-After": "2"})
    log.error("unexpected error in the API", exc_info=error)
    return problem(500, "internal_error", "我们已记录下这个问题，请稍后再试。")


def handle_errors(api: NinjaAPI) -> None:
    """Make `api` answer every exception with its problem."""

    def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        return of_error(error if isinstance(error, Exception) else error())

    for kind in (Exception, Http404, ValidationError):  # Ninja has handlers of its own for the last two
        api.add_exception_handler(kind, answer)
