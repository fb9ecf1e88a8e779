"""What production refuses to start with, one line for each problem."""

import re
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import combinations, pairwise
from math import log2
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from jiuye.config.env import Environment

_LEAST_BITS = 64
"""Of a secret, estimated by how often its characters occur. 20 random letters and digits have about 80."""
_WIDEST_NETWORK = 7
"""Of proxies: fc00::/7 holds all private addresses of IPv6, 10.0.0.0/8 the most of IPv4."""
_ENCRYPTED_MODES = frozenset({"require", "verify-ca", "verify-full"})
_PUBLIC_WORDS = re.compile(r"sandbox|development|example|change.?me|password|insecure|dummy|sample|placeholder", re.I)


def problems(env: "Environment") -> list[str]:
    """Return the problems, in Chinese and English; none of them shows a secret."""
    return [*_site(env), *_proxy(env), *_services(env), *_stores(env), *_secrets(env)]


def is_guessable(secret: str) -> bool:
    """Return whether a secret is a repeated or counted-up pattern, has few different characters, or a word from documentation."""
    text = secret.lower()
    return (
        len(text) < 16
        or _bits(text) < _LEAST_BITS
        or _repeats(text)
        or _counts(text.encode())
        or _PUBLIC_WORDS.search(text) is not None
        or (re.fullmatch(r"([0-9a-f]{2})+", text) is not None and _is_poor(bytes.fromhex(text)))
    )


def _bits(text: str) -> float:
    counts = Counter(text).values()
    return sum(-count * log2(count / len(text)) for count in counts)


def _is_poor(key: bytes) -> bool:
    """Return whether a binary key has a pattern that its hexadecimal digits hide: of 32 random bytes about 30 differ."""
    return len(set(key)) < len(key) * 0.6 or _counts(key)


def _repeats(text: str) -> bool:
    return any(text == (text[:size] * (len(text) // size + 1))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _counts(content: bytes) -> bool:
    """Return whether most characters follow from the one before by the same step, as in 0123… or zyx…."""
    steps = Counter((second - first) % 256 for first, second in pairwise(content))
    return bool(steps) and max(steps.values()) > len(content) * 0.6


def _site(env: "Environment") -> Iterator[str]:
    site = urlsplit(env.site_url)
    if env.debug:
        yield "DEBUG：请关闭（must be off）"
    if not _is_https(env.site_url) or site.path or site.query or site.fragment:
        yield "SITE_URL：须为 https:// 开头的网址，不带路径（must be an https:// origin without a path）"
    if "*" in env.allowed_hosts or (site.hostname or "") not in env.allowed_hosts:
        yield "ALLOWED_HOSTS：须列出 SITE_URL 的域名，不能用 *（must name the host of SITE_URL, and not *）"
    if env.webhooks_allow_loopback:
        yield "WEBHOOKS_ALLOW_LOOPBACK：请关闭（must be off）"
    if env.metrics_token and is_guessable(env.metrics_token):
        yield "METRICS_TOKEN：须为随机的长字符串，或留空（must be long and random, or empty）"


def _proxy(env: "Environment") -> Iterator[str]:
    if not env.behind_proxy:
        if env.trusted_proxies or env.secure_proxy_header:
            yield "BEHIND_PROXY：为 false 时，TRUSTED_PROXIES 和 SECURE_PROXY_HEADER 须留空（leave both empty without a proxy）"
        return
    if not env.trusted_proxies:
        yield "TRUSTED_PROXIES：须列出反向代理的网段；没有代理时设 BEHIND_PROXY=false（must name the proxies' networks）"
    if any(network.prefixlen < _WIDEST_NETWORK for network in env.trusted_proxies):
        yield "TRUSTED_PROXIES：网段太大，请只写自己的代理（a network is too wide: name your own proxies only）"
    if not env.secure_proxy_header:
        yield (
            "SECURE_PROXY_HEADER：须写明代理用哪个请求头表示 https，如 X-Forwarded-Proto=https"
            "（must say by which header the proxy tells https）"
        )
    if env.secure_proxy_header.lower().endswith("=http"):
        yield "SECURE_PROXY_HEADER：不能把 http 当作 https（must not take http for https）"


def _services(env: "Environment") -> Iterator[str]:
    named = {"AUTHORITY_URL": env.authority_url, "REGISTERS_URL": env.registers_url, "ESSC_ISSUER": env.essc_issuer}
    if not env.sends_by_aliyun:
        named["SMS_URL"] = env.sms_url
    for name, url in named.items():
        if not _is_https(url):
            yield f"{name}：须为真实服务的 https:// 地址（must be the https:// address of the real service）"
    endpoint = parse_qs(urlsplit(env.storage_url).query).get("endpoint", [""])[0]
    if endpoint and not _is_https(endpoint):
        yield "STORAGE_URL：endpoint 须以 https:// 开头（its endpoint must be https://）"
    if env.sends_by_aliyun and not env.sms_aliyun_templates:
        yield "SMS_ALIYUN_TEMPLATES：须设置（must be set）"


def _stores(env: "Environment") -> Iterator[str]:
    for name, url in (("DATABASE_URL", env.database_url), ("MIGRATIONS_DATABASE_URL", env.migrations_database_url)):
        found = conninfo_to_dict(url)
        hosts = [*str(found.get("host", "")).split(","), *str(found.get("hostaddr", "")).split(",")]
        if found.get("sslmode") not in _ENCRYPTED_MODES and not all(map(_is_here, hosts)):
            yield f"{name}：数据库在别的机器上，须加 sslmode=verify-full（a database elsewhere needs sslmode=verify-full, or require）"
    if urlsplit(env.cache_url).scheme == "redis" and not _is_here(urlsplit(env.cache_url).hostname or ""):
        yield "CACHE_URL：缓存在别的机器上，须以 rediss:// 开头（a cache elsewhere must be rediss://）"


def _is_here(host: str) -> bool:
    """Return whether a host is this machine: a loopback address, or a folder with a socket."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _secrets(env: "Environment") -> Iterator[str]:
    secrets = _named_secrets(env)
    if len(env.secret_key) < 50:
        yield "SECRET_KEY：至少 50 个随机字符（at least 50 random characters）"
    if not env.encryption_keys:
        yield "ENCRYPTION_KEYS：须设置（must be set）"
    for name, secret in secrets.items():
        if is_guessable(secret):
            yield (
                f"{name}：须为自己的随机密钥，不能是示例、重复或有规律的字符，至少 16 个"
                "（must be a random secret of your own, of at least 16 characters）"
            )
    for (first, one), (second, other) in combinations(secrets.items(), 2):
        if one and other and (one.lower() in other.lower() or other.lower() in one.lower()):
            yield f"{first}、{second}：不能用同一个密钥（must not be the same secret）"


def _named_secrets(env: "Environment") -> dict[str, str]:
    secrets = {
        "SECRET_KEY": env.secret_key,
        "BLIND_INDEX_KEY": env.blind_index_key,
        **{f"ENCRYPTION_KEYS[{key_id}]": key for key_id, key in env.encryption_keys.items()},
        "AUTHORITY_KEY": env.authority_key,
        "REGISTERS_KEY": env.registers_key,
        "ESSC_CLIENT_SECRET": env.essc_client_secret,
    }
    if env.sends_by_aliyun:
        ours = {
            "SMS_ALIYUN_ACCESS_KEY_ID": env.sms_aliyun_access_key_id,
            "SMS_ALIYUN_ACCESS_KEY_SECRET": env.sms_aliyun_access_key_secret,
        }
    else:
        ours = {"SMS_TOKEN": env.sms_token, "SMS_RECEIPT_KEY": env.sms_receipt_key}
    return secrets | ours


def _is_https(url: str) -> bool:
    """Return whether a URL leads to another machine by https."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return False
    if parts.scheme != "https" or not host or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True
