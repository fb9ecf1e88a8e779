"""How often somebody may try things of accounts, whichever phone or account they try them on."""

from jiuye.kernel.rate_limits import Limit

_HOUR = 3600
_DAY = 86_400
_NETWORK = "您所在的网络获取验证码太频繁了，请 {wait}后再试，或换用手机流量，或用电子社保卡登录。"

CODES_OF_ADDRESS = Limit("codes-address", "获取短信验证码", "每个地址（IPv6 按 /64）", 20, _HOUR, _NETWORK)
"""Of an office or a classroom behind one address. A browser known to the account is not counted."""

CODES_OF_NETWORK = Limit(
    "codes-network", "获取短信验证码", "每个网络（IPv4 按 /24，IPv6 按 /48）", 100, _HOUR, _NETWORK
)

CODES_OF_STRANGERS = Limit(
    "codes-strangers",
    "获取短信验证码（未知的浏览器和网络）",
    "全平台合计",
    6000,
    _HOUR,
    "现在获取验证码的人太多了，请 {wait}后再试，或用电子社保卡登录。",
)
"""The budget of text messages for people whom nothing proves: what an attacker with many networks can cost in an hour."""

CODES_OF_ACCOUNT = Limit(
    "codes-account",
    "换手机号、关联社保卡时获取短信验证码",
    "每个账号或社保卡",
    10,
    _DAY,
    "获取验证码的次数太多了，请 {wait}后再试。",
)

CHECKS_OF_ADDRESS = Limit(
    "code-checks",
    "核对不存在或已失效的验证码",
    "每个地址（IPv6 按 /64）",
    100,
    _HOUR,
    "您所在的网络核对验证码太频繁了，请 {wait}后再试，或换用手机流量。",
)

WORDS_OF_ADDRESS = Limit(
    "code-words", "填错放行码", "每个地址（IPv6 按 /64）", 10, _HOUR, "放行码填错太多次了，请 {wait}后再试。"
)
