"""States of endpoints and messages, and why there was no answer."""

from django.db.models import TextChoices


class EndpointState(TextChoices):
    ACTIVE = "active", "正常"
    PAUSED = "paused", "已暂停"
    OFF = "off", "已停用"


class OffReason(TextChoices):
    """Why the platform switched an endpoint off."""

    NONE = "", ""
    GONE = "gone", "接收方回答 410，表示不再接收"
    FAILING = "failing", "连续 5 天没有一次送达"
    CLIENT_REVOKED = "client_revoked", "所属的接口客户端已停用"


class MessageState(TextChoices):
    PENDING = "pending", "待送达"
    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "未送达"


PROBLEMS = {
    "url": "网址不被接受",
    "address": "域名指向内部地址，不能推送",
    "name": "找不到这个域名",
    "connect": "连接不上",
    "tls": "证书不可信，或与域名不符",
    "timeout": "15 秒内没有答完",
    "broken": "连接中断，或回答不是 HTTP",
}
"""`ports.webhooks.Problem` in words."""

URL_FAULTS = {
    "form": "网址写得不完整，请写成 https://example.com/hooks，不带 #，最多 500 个字符。",
    "scheme": "网址要以 https:// 开头。",
    "user": "网址里不要写用户名和密码，请用签名核对来源。",
    "port": "端口请用 443，或 1024 以上的。",
    "host": "域名不对，请检查。",
    "address": "这是内部地址，平台不能向它推送，请换成公网能访问的网址。",
}
"""`ports.webhooks.UrlFault` in words."""
