"""Where webhooks may go: URLs, and the addresses behind their names."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Any, cast
from urllib.parse import quote, urlsplit

import idna

from jiuye.ports.webhooks import UrlFault

LONGEST_URL = 500
_MOST_ADDRESSES = 3
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A host whose last part is one is an address in a form of its own (2130706433, 0x7f.1, 0177.0.0.1): WHATWG URL §3.5."""

# RFC 6890 and its registry, and addresses of cloud services within public networks.
_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        ),
    )
)  # fmt: skip
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[..., list[tuple[Any, ...]]]


class Refused(Exception):
    """The target is not allowed; the argument says why, as `UrlFault` does."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL. `host` is in ASCII (IDNA); `path` includes the query."""

    is_tls: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The value of Host (RFC 9110 §7.2)."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_tls else 80) else f"{name}:{self.port}"


def target_of(url: str, *, allows_loopback: bool) -> Target:
    """Return the target of a URL. Raises `Refused`.

    Only https, port 443 or any from 1024, without user information. `allows_loopback`: for this machine (localhost, or a
    loopback address) http and any port are allowed too.
    """
    if len(url) > LONGEST_URL or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("form")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("form") from None
    if "@" in parts.netloc:
        raise Refused("user")
    if parts.fragment or not parts.hostname:
        raise Refused("form")
    is_here = allows_loopback and _is_loopback(parts.hostname)
    if parts.scheme != "https" and not (is_here and parts.scheme == "http"):
        raise Refused("scheme")
    is_tls = parts.scheme == "https"
    port = port if port is not None else (443 if is_tls else 80)
    if not (port == 443 or 1024 <= port <= 65535 or (is_here and port)):
        raise Refused("port")
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/%?&=+:;,@!$'()*~[]")
    target = Target(is_tls, _ascii(parts.hostname), port, path)
    if literal := _literal(target.host):
        require_allowed([literal], target, allows_loopback=allows_loopback)
    return target


def addresses_of(target: Target, *, allows_loopback: bool, resolve: Resolve = socket.getaddrinfo) -> list[str]:
    """Look up the host, once, and return its addresses if all of them are allowed. Raises `Refused`, `OSError` (no such name).

    Connect to these and not to the name: a second look-up could answer otherwise.
    """
    found = [row[4][0] for row in resolve(target.host, target.port, type=socket.SOCK_STREAM)]
    addresses = [ipaddress.ip_address(str(one).partition("%")[0]) for one in dict.fromkeys(found)]
    require_allowed(addresses, target, allows_loopback=allows_loopback)
    return [str(one) for one in addresses[:_MOST_ADDRESSES]]


def require_allowed(addresses: list[IPv4Address | IPv6Address], target: Target, *, allows_loopback: bool) -> None:
    """Raise `Refused` unless all addresses are public; or, where it is allowed, all are this machine's."""
    if allows_loopback and addresses and all(one.is_loopback for one in addresses):
        return
    if not target.is_tls:
        raise Refused("scheme")
    if not addresses or not all(is_public(one) for one in addresses):
        raise Refused("address")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is a unicast address of the public Internet.

    IPv6 addresses that contain an IPv4 address (mapped, 6to4, Teredo, translated) count as that address or are refused.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _GLOBAL_6 and not any(address in network for network in _NOT_PUBLIC_6)
    return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)


def fault_of(url: str, *, allows_loopback: bool) -> UrlFault:
    """Return what is wrong with a URL without looking up its name; empty: nothing."""
    try:
        target_of(url, allows_loopback=allows_loopback)
    except Refused as refused:
        return cast(UrlFault, str(refused))
    return ""


def _is_loopback(host: str) -> bool:
    found = _literal(host)
    return found.is_loopback if found else host == "localhost"


def _ascii(host: str) -> str:
    if _literal(host):
        return host
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise Refused("host") from None
    name = name.lower()
    if _literal(name):  # written in full-width digits
        return name
    if not _HOST.fullmatch(name) or len(name) > 253 or _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]):
        raise Refused("host")
    return name


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
