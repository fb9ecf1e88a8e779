"""Errors as problems (RFC 9457): what is wrong, where, and how to correct it, in Chinese or English."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from psycopg.errors import ForeignKeyViolation
from pydantic import Field

from jiuye.api.challenges import Challenged
from jiuye.api.faults import Item, of_faults, of_validation
from jiuye.api.languages import TAGS, in_language, language_of
from jiuye.api.signatures import NOTHING, Signature, json_of
from jiuye.kernel import database, space
from jiuye.kernel.errors import Fault, Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.idempotency import KeyInUse

log = structlog.get_logger("api")
CONTENT_TYPE = "application/problem+json"
SEE_ERRORS = "有参数不能接受，请看 errors。"
_EDITED = frozenset({"edited_meanwhile", "changed_meanwhile"})
TITLES = {
    400: "请求有误",
    401: "需要认证",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种方法",
    409: "操作没有完成",
    410: "已不再提供",
    412: "内容已被修改",
    413: "内容太大",
    415: "不支持这种内容类型",
    422: "参数需要修改",
    429: "请求太频繁",
    500: "系统出了点问题",
    503: "服务暂时不可用",
}


class FieldError(Schema):
    """An error of one parameter or member, and how to correct it."""

    field: str = Field(description="参数或字段的名称；内层的用点连接。")
    pointer: str | None = Field(description="在请求体里的位置，JSON Pointer（RFC 6901）；不在请求体里的为 null。")
    parameter: str | None = Field(description="参数或请求头的名称；不是参数的为 null。")
    rule: str = Field(description="违反的规则，供程序判断，如 missing、type、unknown、too_long，或审核规则的名称。")
    message: str = Field(description="怎样修改，供人阅读。")
    legal_basis: str = Field(description="要求如此的法律依据；没有的为空。")
    words: str = Field(description="违反规则的词语；没有的为空。")


class Problem(Schema):
    """RFC 9457 problem details. `code` is stable and for machines; `detail` is for people."""

    type: str = Field(description="这类错误的说明。")
    title: str
    status: int
    code: str
    detail: str
    request_id: str = Field(description="与 X-Request-ID 相同，联系平台时请附上。")
    errors: list[FieldError] = Field(description="参数有误（422）时逐个说明，一次全部给出。")
    allowed: list[str] = Field(description="现在的状态不允许（409）时，可以做的操作。")


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[Item] = (),
    allowed: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a response with a problem, in the language of the request; caches must not store it."""
    told: dict[str, Any] = {
        "type": f"/api/v1/docs#{code}",
        "title": in_language(request, TITLES.get(status, "出错了")),
        "status": status,
        "code": code,
        "detail": in_language(request, detail),
        "request_id": getattr(request, "id", ""),
        "errors": [{**item, "message": in_language(request, item["message"])} for item in errors],
        "allowed": list(allowed),
    }
    response = HttpResponse(orjson.dumps(told), status=status, content_type=CONTENT_TYPE, headers=headers)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Content-Language"] = TAGS[language_of(request)]
    return response


def of_error(request: HttpRequest, error: Exception, signature: Signature = NOTHING) -> HttpResponse:
    """Return the problem for an exception of an operation. Unexpected ones are logged and answered with 500 without their
    text.
    """
    if isinstance(error, ValidationError):
        items = of_validation(error.errors, signature, json_of(request))
        return problem(request, 422, Invalid.code, SEE_ERRORS, errors=items)
    if isinstance(error, Invalid):
        said = SEE_ERRORS if error.message == Invalid({}).message else error.message
        return problem(request, 422, error.code, said, errors=of_faults(error.faults, signature))
    if isinstance(error, ProductError):
        allowed = error.allowed if isinstance(error, Refused) else ()
        return problem(
            request, _status(request, error), error.code, error.message, allowed=allowed, headers=_headers(error)
        )
    if isinstance(error, Http404):
        return problem(request, 404, NotFound.code, NotFound().message)
    if isinstance(error, RequestDataTooBig):
        return problem(request, 413, "too_large", "请求体太大，请分成几次发送。")
    if isinstance(error, SuspiciousOperation):
        return problem(request, 400, "bad_request", "请求内容不完整或不被接受。")
    if isinstance(error, DataError):
        log.error("input that no column holds", error=type(error.__cause__).__name__)
        return problem(request, 400, "bad_request", "请求内容不完整或不被接受。")
    if space.is_full(error):
        log.error("no space left", error=type(error).__name__)
        return problem(request, 503, "unavailable", space.MESSAGE, headers={"Retry-After": str(space.RETRY_AFTER)})
    if database.is_away(error):
        log.warning("database unavailable", error=type(error).__name__)
        database.discard_broken()
        said = "数据服务正在恢复，请几秒后再试。"
        return problem(request, 503, "unavailable", said, headers={"Retry-After": "2"})
    if isinstance(error, IntegrityError) and (missing := _not_loaded(error)):
        log.error("reference data of this release is not loaded", field=missing)
        fault = Fault(missing, "系统里还没有载入这个代码，请换一个，或稍后再试。")
        return problem(request, 422, Invalid.code, SEE_ERRORS, errors=of_faults([fault], signature))
    log.error("unexpected error in the API", exc_info=error)
    return problem(request, 500, "internal_error", "我们已记录下这个问题，请稍后再试。")


def _not_loaded(error: IntegrityError) -> str:
    """Return the field whose code this release knows but the reference tables lack, until `load_reference` has run; else ""."""
    cause = error.__cause__
    constraint = cause.diag.constraint_name if isinstance(cause, ForeignKeyViolation) else None
    found = _REFERENCE_KEY.search(constraint or "")
    return found[1] if found else ""


_REFERENCE_KEY = re.compile(r"_(occupation|industry|region)_id_\w+_fk_reference")


def _status(request: HttpRequest, error: ProductError) -> int:
    """Return the status; 412 for what was edited meanwhile if the request has a precondition (RFC 9110 §13.1.1)."""
    return 412 if error.code in _EDITED and "If-Match" in request.headers else error.status


def _headers(error: ProductError) -> Mapping[str, str] | None:
    if isinstance(error, RateLimited | Unavailable | KeyInUse):
        return {"Retry-After": str(error.retry_after)}
    if error.status == 401 or isinstance(error, Challenged):
        return {"WWW-Authenticate": f'Bearer realm="jiuye"{getattr(error, "challenge", "")}'}
    return {"Link": error.link} if error.link else None


def raise_errors(api: NinjaAPI) -> None:
    """Make `api` raise every exception; `routes` answers them as problems."""

    def raise_again(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        raise error

    for kind in (Exception, Http404, ValidationError):  # Ninja has handlers of its own for the last two
        api.add_exception_handler(kind, raise_again)
