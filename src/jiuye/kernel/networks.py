"""The networks that count as one sender, from addresses."""

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(ip: str) -> str:
    """Return the network that counts as one sender: an IPv4 address, or an IPv6 /64 (RFC 6177: a household has at least that many)."""
    return _network(ip, bits_4=32, bits_6=64)


def wide_network_of(ip: str) -> str:
    """Return the network that one attacker may well have whole: an IPv4 /24, or an IPv6 /48 (RFC 6177: a site)."""
    return _network(ip, bits_4=24, bits_6=48)


def is_loopback(ip: str) -> bool:
    """Return whether an address is this machine's; a unix socket has none."""
    try:
        return ip_address(ip).is_loopback
    except ValueError:
        return not ip


def _network(ip: str, *, bits_4: int, bits_6: int) -> str:
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network(f"{address}/{bits_4 if address.version == 4 else bits_6}", strict=False))
