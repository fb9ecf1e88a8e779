"""Answers of the front itself, made once. They need no thread, no database and no template."""

from typing import Any

_HEADERS = [
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cache-control", b"no-store"),
]
_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - 就业在线</title>
<h1>{title}</h1>
<p>{text}</p>
<p lang="en">{english}</p>
<p><a href="/">返回首页</a></p>
</html>
"""


def _answer(status: int, headers: list[tuple[bytes, bytes]], kind: bytes, text: str) -> tuple[dict[str, Any], ...]:
    content = text.encode()
    given = [*_HEADERS, *headers, (b"content-type", kind), (b"content-length", str(len(content)).encode())]
    return (
        {"type": "http.response.start", "status": status, "headers": given},
        {"type": "http.response.body", "body": content},
    )


def _page(
    status: int, title: str, text: str, english: str, *headers: tuple[bytes, bytes]
) -> tuple[dict[str, Any], ...]:
    """Return a page; the connection is closed, since the rest of the request is not read."""
    written = _PAGE.format(title=title, text=text, english=english)
    return _answer(status, [(b"connection", b"close"), *headers], b"text/html; charset=utf-8", written)


ALIVE = _answer(200, [], b"text/plain", "ok")
TOO_SLOW = _page(
    408,
    "内容没有按时传完",
    "网络太慢或中断了，这次提交没有保存。请返回上一页，检查网络后再提交一次；文件较大时可先压缩。",
    "The request did not arrive in time. Nothing was saved; try again.",
)
TOO_MANY = _page(
    503,
    "现在提交的人太多",
    "这次提交没有保存。请返回上一页，几秒后再试。",
    "Too many requests are being received. Nothing was saved; try again in a few seconds.",
    (b"retry-after", b"5"),
)
TOO_MANY_RECEIVERS = _page(
    503,
    "现在下载的人太多",
    "这个文件还没有开始下载，请几秒后再试。",
    "Too many long answers are being received. Try again in a few seconds.",
    (b"retry-after", b"10"),
)
BOTH_LENGTHS = _page(
    400,
    "请求有误",
    "请求同时声明了 Content-Length 和 Transfer-Encoding，请只用其中一个。",
    "Send either Content-Length or Transfer-Encoding (RFC 9112 §6.3).",
)
