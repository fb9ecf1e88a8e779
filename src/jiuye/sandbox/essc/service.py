"""The service's name, its switches, and what all its responses share."""

import time

from flask import Response, jsonify, render_template, request

from jiuye.sandbox.switches import Service, Switch

ESSC = Service(
    name="essc",
    label="电子社保卡",
    summary="平台通过它确认“这是谁”：伙伴应用内登录和网页扫码登录。",
    switches=(
        Switch("outage", "flag", "停机", "登录、扫码和所有接口一律回答 503。"),
        Switch("slow", "seconds", "应答迟缓", "接口过这么多秒才回答，用来试超时。"),
        Switch("wrong_issuer", "flag", "冒充别家", "回跳地址和身份令牌里写的是另一家机构。"),
        Switch("forged_signature", "flag", "伪造签名", "身份令牌用一把没有公布的密钥签名。"),
        Switch("wrong_nonce", "flag", "随机数不符", "身份令牌回答的是另一次提问。"),
        Switch("wrong_audience", "flag", "发给别家", "身份令牌是发给另一个网站的。"),
        Switch("expired_token", "flag", "令牌过期", "身份令牌一发出就已经过期。"),
    ),
)
OTHER_ISSUER = "https://issuer.example/essc"

Answer = tuple[Response, int]


def issuer() -> str:
    """Return the provider's issuer, as the client addresses it."""
    return f"{request.host_url.rstrip('/')}/essc"


def problem(status: int, code: str, message: str) -> Answer:
    """Return an error in the format of RFC 6749 §5.2."""
    return jsonify(error=code, error_description=message), status


def misbehave() -> Answer | None:
    """Delay or fail, as the switches say; for interfaces."""
    switched = ESSC.values()
    if switched["slow"]:
        time.sleep(switched["slow"])
    return problem(503, "temporarily_unavailable", "the card service is down") if switched["outage"] else None


def misbehave_visibly() -> tuple[str, int] | None:
    """The same for pages, in words for people."""
    switched = ESSC.values()
    if switched["slow"]:
        time.sleep(switched["slow"])
    return (render_template("essc/outage.html"), 503) if switched["outage"] else None
