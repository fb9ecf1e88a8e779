"""Origins of partner apps' web pages (RFC 6454), in the form in which browsers compare them."""

import re
from ipaddress import ip_address

from django.conf import settings
from pydantic_core import Url, ValidationError

from jiuye.kernel.errors import Invalid

_LONGEST = 200
# Characters that browsers would silently read as something else, or a Content-Security-Policy as several words.
_STRANGE = re.compile(r"[\s\x00-\x1f\x7f\\;,'\"`<>(){}|^%*]")
_DEFAULT_PORTS = {"https": 443, "http": 80}


def parse_origin(text: str, field: str = "origin") -> str:
    """Return `https://host[:port]` in ASCII as browsers send it (WHATWG URL §4.5): lower case, IDN encoded, no default
    port.

    http only for this machine and never in production. Raises `Invalid` for `field`, saying how to correct it.
    """
    typed = text.strip().removesuffix("/")
    if "*" in typed:
        raise Invalid({field: "不能用通配符（*）。每个来源写一个完整的域名，例如 https://app.example.cn。"})
    if "@" in typed:
        raise Invalid({field: "来源里不能带用户名或密码，只写 https://域名，例如 https://app.example.cn。"})
    url = _read(typed, field)
    host = url.host or ""
    if url.scheme != "https" and not (url.scheme == "http" and _is_this_machine(host) and not settings.PRODUCTION):
        raise Invalid({field: "来源必须以 https:// 开头，其他页面内容可能被改动。"})
    if (url.path or "/") != "/" or "?" in typed or "#" in typed:
        raise Invalid({field: f"只写到域名（和端口）为止，不要带后面的路径或参数，例如 {url.scheme}://{host}。"})
    if not _is_this_machine(host) and not _is_public_name(host):
        raise Invalid({field: "域名不完整。请写完整的域名，例如 https://app.example.cn，不用 IP 地址。"})
    port = "" if url.port in (None, _DEFAULT_PORTS[url.scheme]) else f":{url.port}"
    origin = f"{url.scheme}://{host}{port}"
    if len(origin) > _LONGEST:
        raise Invalid({field: f"来源太长了，最多 {_LONGEST} 个字符。"})
    return origin


def _read(typed: str, field: str) -> Url:
    problem = Invalid({field: "看不懂这个来源。请写成 https://域名，需要时加端口，例如 https://app.example.cn:8443。"})
    if _STRANGE.search(typed) or not re.match(r"(?i)https?://[^/]", typed):
        raise problem
    try:
        return Url(typed)
    except ValidationError:
        raise problem from None


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_public_name(host: str) -> bool:
    """At least two labels, the last not a number: a numeric address names no organisation."""
    labels = host.split(".")
    return (
        len(labels) > 1
        and all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", one) for one in labels)
        and not (labels[-1].isdecimal())
    )
