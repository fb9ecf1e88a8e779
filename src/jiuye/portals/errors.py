"""Pages for expected errors: what is wrong, what to do next, nothing lost. Also as fragments for htmx."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

from jiuye.domains.accounts import queries
from jiuye.kernel import database, space
from jiuye.kernel.access import requirement_of
from jiuye.kernel.errors import (
    AccountSuspended,
    ConfirmationRequired,
    NotAdmitted,
    NotFound,
    NotMember,
    PortalClosed,
    ProductError,
    RateLimited,
    SecondFactorRequired,
    SessionEnded,
    SignInRequired,
    Unavailable,
)
from jiuye.kernel.http.middleware import HEADERS, SAFE_METHODS
from jiuye.kernel.http.nul import holds_nul
from jiuye.kernel.http.request import Request, sent_from
from jiuye.kernel.write_guard import writes_allowed
from jiuye.portals import kept_input
from jiuye.portals.error_pages import came_from, error_page, out_of_service

log = structlog.get_logger("errors")

_FOR_PROGRAMS = ("/api/", "/callbacks/", "/oauth/")


def form_page(
    request: HttpRequest, template: str, context: Mapping[str, object], error: ProductError | None = None
) -> HttpResponse:
    """Render a form's page. A refused form keeps its input and has the error's status and Retry-After."""
    return with_wait(render(request, template, context, status=error.status if error else 200), error)


def with_wait(response: HttpResponse, error: ProductError | None) -> HttpResponse:
    """Set Retry-After if the error says when to try again (RFC 9110 §10.2.3)."""
    if isinstance(error, RateLimited | Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _form_page(request: Request) -> str:
    """Return where to continue afterwards: this page, or for an unsafe request the page it was sent from."""
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    came = sent_from(request, "Referer")
    return came_from(request) or (request.path if came.path == request.path else "/me")


def _lead(request: Request, path: str, message: str) -> HttpResponse:
    """Redirect to `path`, which returns to the page of this request afterwards; show the message there."""
    return _go(request, f"{path}?{urlencode({'next': _form_page(request)})}", message)


def _go(request: Request, target: str, message: str) -> HttpResponse:
    """Redirect to `target`, for htmx requests as well."""
    is_fragment = bool(request.headers.get("HX-Request"))
    response = (
        HttpResponse(status=204, headers={"HX-Redirect": target}) if is_fragment else HttpResponseRedirect(target)
    )
    return _with_message(request, response, message)


def _with_message(request: Request, response: HttpResponse, message: str) -> HttpResponse:
    """Store a message for the next page, although the message middleware has finished or was never entered."""
    if message:
        storage = getattr(request, "_messages", None) or default_storage(request)
        storage.add(messages.WARNING, message)
        storage.update(response)
    return response


NOT_SENT = "刚才的内容还没有提交，"
NOT_DONE = "刚才的操作还没有进行，"


def _kept(request: Request, reason: str, then: str) -> str:
    """Keep the input and return the message that says so; "" if it cannot be kept. `then`: the step required first, such as 登录."""
    if not kept_input.has_input(request):
        return f"{NOT_DONE}{then}后请再点一次。"
    if kept_input.keep(request, page=_form_page(request), reason=reason):
        return f"{NOT_SENT}{then}后会填回原处（保留 30 分钟），请检查后再提交一次。"
    return ""


def _to_login(request: Request, error: SignInRequired) -> HttpResponse:
    """Redirect to sign-in and back. A person who was signed in is told the reason, and that nothing was submitted."""
    is_safe = request.method in SAFE_METHODS
    if isinstance(error, SessionEnded):
        with writes_allowed():
            request.session.flush()
        message = error.message
    elif settings.SESSION_COOKIE_NAME in request.COOKIES and not request.session.session_key:
        message = "登录已过期，或已在别处退出，请重新登录。"
    elif not is_safe and kept_input.OWNER_COOKIE in request.COOKIES:
        message = "登录已过期，请重新登录。"  # the browser no longer has the session's cookie
    else:
        return _lead(request, "/login", "")
    if is_safe:
        return _lead(request, "/login", message)
    if kept := _kept(request, "expired", "登录"):
        return _lead(request, "/login", f"{message}{kept}")
    if request.headers.get("HX-Request"):
        return _lead(request, "/login", message)
    text = f"{message}{NOT_SENT}登录后请返回上一页再提交一次；直接按浏览器的“后退”，多数浏览器会保留您填写的内容。"
    return error_page(request, 401, text, login=f"/login?{urlencode({'next': _form_page(request)})}")


def _to_proof(request: Request, error: ConfirmationRequired | SecondFactorRequired) -> HttpResponse:
    """Redirect to the second factor or to step-up and back."""
    note = ""
    if request.method not in SAFE_METHODS:
        note = _kept(request, "confirm", "确认") or f"{NOT_SENT}完成后会回到原来的页面，请再提交一次。"
    if isinstance(error, ConfirmationRequired):
        return _lead(request, "/login/confirm", note)
    if error.is_missing:
        return _lead(request, "/me/security/second-factor", f"进入工作台前，{error.message}{note}")
    return _lead(request, "/login/second-factor", note)


def _to_what_is_open(request: Request, error: AccountSuspended | PortalClosed | NotAdmitted) -> HttpResponse:
    """Redirect from what is closed to the person or their organisation to the page that says why and what to do."""
    is_safe = request.method in SAFE_METHODS
    if isinstance(error, AccountSuspended):
        return _go(request, "/me/suspended", "" if is_safe else "刚才的操作没有进行。")
    page = "sanctions" if isinstance(error, PortalClosed) else "qualification"
    return _go(request, f"/{error.kind}/{page}", error.message if is_safe else f"{error.message}刚才的操作没有进行。")


class ErrorMiddleware:
    """Turns the errors that actions and queries raise into pages."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not request.path_info.startswith("/api/") and holds_nul(request):  # the API says it as a problem
            return error_page(request, 400, "网址里有不能接受的字符，请检查网址，或从首页重新进入。")
        response = self.get_response(request)
        empty = getattr(response, "content", None) == b""
        if response.status_code == 404 and empty:
            return error_page(request, 404, NotFound().message)
        if response.status_code == 405 and empty and request.method != "HEAD":
            refused = error_page(request, 405, "这个地址不接受这样的提交。请返回上一页，刷新后再试。")
            refused.headers["Allow"] = response.headers.get("Allow", "")
            return refused
        return response

    def process_view(self, request: Request, view: object, *_: object) -> HttpResponse | None:
        """Refuse to write while there is no space for it. Routes for programs say so themselves."""
        is_safe = request.method in SAFE_METHODS and not getattr(view, "answers_get", False)
        if is_safe or request.path_info.startswith(_FOR_PROGRAMS) or not space.is_short():
            return None
        return out_of_service(request, space.MESSAGE, space.RETRY_AFTER)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """Return the page for an expected error; None leaves an unexpected one to Django's 500."""
        try:
            return self._page_of(request, error)
        except Exception as another:  # such as ending a session while the database is away
            if found := self._page_of_outage(request, another):
                return found
            raise

    def _page_of(self, request: Request, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInRequired):
            return _to_login(request, error)
        if isinstance(error, ConfirmationRequired | SecondFactorRequired):
            return _to_proof(request, error)
        if isinstance(error, AccountSuspended | PortalClosed | NotAdmitted):
            return _to_what_is_open(request, error)
        if isinstance(error, NotMember):
            return error_page(request, error.status, error.message, may_join=error.kind != "platform")
        if isinstance(error, SessionInterrupted):
            return _lead(request, "/login", "您刚刚在别处退出了登录，请重新登录。")
        if isinstance(error, RateLimited | Unavailable):
            typed = kept_input.to_send_again(request)
            is_more = any(name != "csrfmiddlewaretoken" for name, _ in typed)
            return error_page(request, error.status, error.message, error.retry_after, typed=typed if is_more else ())
        if isinstance(error, ProductError):
            return error_page(request, error.status, error.message)
        if isinstance(error, Http404):
            return error_page(request, 404, NotFound().message)
        if isinstance(error, SuspiciousOperation):
            return error_page(request, 400, "请求内容不完整或不被接受，请返回上一页重试。")
        if isinstance(error, DataError):
            log.error("input that no column holds", error=type(error.__cause__).__name__)
            return error_page(request, 400, "提交的内容里有不能保存的字符或数值，请返回上一页，检查后再提交一次。")
        return self._page_of_outage(request, error)

    @staticmethod
    def _page_of_outage(request: Request, error: Exception) -> HttpResponse | None:
        if space.is_full(error):
            log.error("no space left", error=type(error).__name__)
            return out_of_service(request, space.MESSAGE, space.RETRY_AFTER)
        if database.is_away(error):
            log.warning("database unavailable", error=type(error).__name__)
            database.discard_broken()
            return out_of_service(request, "数据服务正在恢复，请几秒后再试。", 2)
        return None


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """Refuse a form from another site. For an expired token of our own page, show the form again with its input."""
    if kept_input.is_from_our_page(request) and request.COOKIES:
        requirement = requirement_of(request.resolver_match.func) if request.resolver_match else None
        must_sign_in = requirement is None or (requirement.signed_in and not queries.owner_of_session(request))
        if kept := _kept(request, "expired" if must_sign_in else "stale", "登录" if must_sign_in else "刷新"):
            if must_sign_in:
                return _lead(request, "/login", f"登录已过期，请重新登录。{kept}")
            return _go(request, _form_page(request), "" if kept_input.has_input(request) else f"页面已过期，{kept}")
    return error_page(request, 403, "页面已过期或来源不正确。请返回上一页，刷新后再提交一次。")


def bad_request(request: Request, exception: Exception) -> HttpResponse:
    """Response for requests refused before routing, such as those with a forged host."""
    return HttpResponse("Bad Request", status=400, content_type="text/plain", headers=HEADERS)


def not_found(request: Request, exception: Exception) -> HttpResponse:
    """Return 404. Redirect an address with a trailing slash to the one without."""
    path = request.path_info
    if request.method == "GET" and path.endswith("/") and len(path) > 1:
        try:
            resolve(path.rstrip("/"))
        except Resolver404:
            pass
        else:
            return HttpResponseRedirect(path.rstrip("/"))
    return error_page(request, 404, NotFound().message)


def server_error(request: Request) -> HttpResponse:
    return error_page(request, 500, "我们已记录下这个问题，请稍后再试。您刚才的操作可能没有保存。")
