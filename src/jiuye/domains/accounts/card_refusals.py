"""Why a card sign-in failed, in the same words everywhere: on its page, next to the QR code, in a message."""

from dataclasses import dataclass

from jiuye.kernel.errors import Refused, Unavailable
from jiuye.ports.identity import IdentityError, IdentityRefused, IdentityUnavailable


@dataclass(frozen=True, slots=True)
class CardRefusal:
    """`code` is for machines and the audit log, `title` and `text` are for the person, `status` is the page's."""

    code: str
    status: int
    title: str
    text: str
    may_retry: bool = True


CARD_REFUSALS = {
    one.code: one
    for one in (
        CardRefusal(
            "declined",
            403,
            "您没有同意登录",
            "您在电子社保卡里没有同意这次登录，什么都没有改变。可以再试一次，或用手机号登录。",
        ),
        CardRefusal(
            "expired",
            400,
            "这次登录已过期",
            "从打开登录到确认，隔得太久了，或者这次登录已经用过。请再试一次，或用手机号登录。",
        ),
        CardRefusal("invalid", 400, "这次登录没有完成", "电子社保卡没有接受这次登录。请再试一次，或用手机号登录。"),
        CardRefusal(
            "level",
            403,
            "您的电子社保卡还不能用来登录",
            "登录需要已签发的电子社保卡。请先在电子社保卡应用里完成签发和实人认证，或用手机号登录。",
            may_retry=False,
        ),
        CardRefusal(
            "forged",
            400,
            "这次登录没有通过安全检查",
            "收到的登录结果没有通过安全检查：它不是这个浏览器发起的，或在途中被改动过。没有登录任何账号，请重新打开登录，再试一次。",
        ),
        CardRefusal(
            "unavailable",
            503,
            "电子社保卡服务暂时连不上",
            "电子社保卡服务暂时不通，不是您的问题。请过几分钟再试，或用手机号登录。浏览职位不受影响。",
        ),
    )
}


def card_refusal(problem: IdentityError) -> CardRefusal:
    """Return what to tell a person when the card service identified nobody."""
    if isinstance(problem, IdentityUnavailable):
        return CARD_REFUSALS["unavailable"]
    return CARD_REFUSALS[problem.reason if isinstance(problem, IdentityRefused) else "forged"]


def product_error(problem: IdentityError) -> Refused | Unavailable:
    """Return the same as an error: `Unavailable`, or `Refused` with the reason as its code."""
    refusal = card_refusal(problem)
    if isinstance(problem, IdentityUnavailable):
        return Unavailable(refusal.text)
    return Refused(refusal.text, code=refusal.code)
