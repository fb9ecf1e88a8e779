"""Describe where a sign-in came from, precise enough to be recognised by its owner and no more."""

from ipaddress import IPv6Address, ip_address

from ua_parser import parse_os, parse_user_agent

_LONGEST_HEADER = 400
_LONGEST_LABEL = 80
_SAME = {
    "Mac OS X": "macOS",
    "WeChat": "微信",
    "Alipay": "支付宝",
    "UC Browser": "UC 浏览器",
    "QQ Browser": "QQ 浏览器",
    "Samsung Internet": "三星浏览器",
    "MiuiBrowser": "小米浏览器",
    "Chrome Mobile WebView": "应用内网页",
}
UNKNOWN = "未知设备"


def device_label(user_agent: str) -> str:
    """Return `Chrome · Android` for a User-Agent, leaving out what is unknown. Headers can be forged: this is no proof."""
    header = user_agent[:_LONGEST_HEADER]
    browser, system = parse_user_agent(header), parse_os(header)
    parts = [_named(found.family) for found in (browser, system) if found and found.family != "Other"]
    return " · ".join(parts)[:_LONGEST_LABEL] or UNKNOWN


def _named(family: str) -> str:
    plain = _SAME.get(family, family)
    return plain.removeprefix("Mobile ").removesuffix(" Mobile")


def masked_address(ip: str) -> str:
    """Return the network part of an address: `192.0.2.*`, `2001:db8:*`; empty for none."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return masked_address(str(address.ipv4_mapped))
        return ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":")[:2]) + ":*"
    return ".".join([*str(address).split(".")[:2], "*", "*"])
