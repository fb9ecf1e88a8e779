"""The client's address of a request that comes through our own proxies."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_MOST_HOPS = 20


def client_address(meta: Mapping[str, str], trusted: Sequence[IPv4Network | IPv6Network]) -> str:
    """Return the client's address in canonical form; "" if the connection has none (a unix socket).

    `X-Forwarded-For` is read from the right, where our proxies write, while the hops are in `trusted`: the first
    address that is not trusted is the client. Everything to its left was sent by the client and may be forged.
    """
    address = _parsed(meta.get("REMOTE_ADDR", ""))
    if address is None:
        return ""
    hops = meta.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", _MOST_HOPS)
    while hops and _is_in(address, trusted):
        earlier = _parsed(hops.pop())
        if earlier is None:
            break
        address = earlier
    return str(address)


def is_proxy(meta: Mapping[str, str], trusted: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Return whether the connection comes from one of our own proxies."""
    address = _parsed(meta.get("REMOTE_ADDR", ""))
    return address is not None and _is_in(address, trusted)


def _is_in(address: IPv4Address | IPv6Address, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address in network for network in networks)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address, with or without a port; return an IPv4 address mapped into IPv6 as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
