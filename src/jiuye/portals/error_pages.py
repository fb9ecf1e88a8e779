"""The page that says what went wrong and where to go next."""

import re
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from jiuye.kernel.http.request import Request, sent_from
from jiuye.portals import kept_input

TITLES = {
    400: "请求有误",
    401: "请重新登录",
    403: "没有权限",
    404: "页面不存在",
    405: "不支持这种操作",
    409: "操作没有完成",
    410: "链接已过期",
    413: "内容太大",
    414: "网址太长",
    422: "内容需要修改",
    429: "操作太频繁",
    500: "系统出了点问题",
    503: "服务暂时不可用",
}


def error_page(
    request: Request,
    status: int,
    message: str,
    retry_after: int | None = None,
    login: str = "",
    again: str = "",
    may_join: bool = False,
    typed: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Render the error page. The next step, if it is one: `login`, where to sign in; `again`, where to open it again;
    `may_join`, the door for organisations; `typed`, the fields of a form to be sent again.
    """
    response = render(
        request,
        "portals/templates/error.html",
        {
            "status": status,
            "title": TITLES.get(status, "出错了"),
            "message": message,
            "back": came_from(request),
            "login": login,
            "again": again,
            "may_join": may_join,
            "typed": typed,
            "action": request.get_full_path(),
        },
        status=status,
    )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def out_of_service(request: Request, message: str, retry_after: int) -> HttpResponse:
    """Render the page for what may work soon, with what was sent in a form, to send it again by one press.

    Nothing can be stored now, so the page holds it. Codes and passwords are left out, and files, which must be chosen again.
    """
    typed = kept_input.to_send_again(request)
    return error_page(request, 503, message, retry_after, typed=typed)


def came_from(request: Request) -> str:
    """Return the page of this site that the visitor came from; "" for another site and for this page."""
    came = sent_from(request, "Referer")
    path = f"{came.path}?{came.query}" if came.query else came.path
    ours = came.netloc == request.get_host() and re.match(r"/(?![/\\])", path)
    return path if ours and path != request.get_full_path() else ""
