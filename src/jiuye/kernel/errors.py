"""Errors raised by actions and queries. Entry points turn them into pages or RFC 9457 problems; messages are for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


class ProductError(Exception):
    """Base of all expected refusals. `code` is stable and for machines, `message` is Chinese and for people.

    `link`: what the API refers to instead, as a header value (RFC 8288).
    """

    code = "error"
    status = 400
    link = ""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class NotFound(ProductError):
    """The object does not exist, or the actor may not know that it does: the answer is the same."""

    code = "not_found"
    status = 404

    def __init__(self, message: str = "没有找到您要的内容，它可能已被删除，或您没有查看权限。") -> None:
        super().__init__(message)


class SignInRequired(ProductError):
    """Nobody is signed in."""

    code = "sign_in_required"
    status = 401

    def __init__(self, message: str = "请先登录。") -> None:
        super().__init__(message)


class SessionEnded(SignInRequired):
    """The session expired, by inactivity or by its maximum age."""

    code = "session_ended"


class ConfirmationRequired(ProductError):
    """The actor is signed in and must re-authenticate first (step-up)."""

    code = "confirmation_required"
    status = 403

    def __init__(self, message: str = "为保护您的账号，请先确认是您本人。") -> None:
        super().__init__(message)


class SecondFactorRequired(ProductError):
    """Staff must pass their second factor first; `is_missing`: they must set one up."""

    code = "second_factor_required"
    status = 403

    def __init__(self, *, is_missing: bool = False) -> None:
        super().__init__("请先设置两步验证。" if is_missing else "请先完成两步验证。")
        self.is_missing = is_missing


class Denied(ProductError):
    """The actor is known and not allowed to do this."""

    code = "denied"
    status = 403

    def __init__(self, message: str = "您没有进行这项操作的权限。", *, code: str | None = None) -> None:
        super().__init__(message, code=code)


class AccountSuspended(ProductError):
    """A sanction has suspended the actor's account."""

    code = "account_suspended"
    status = 403

    def __init__(self) -> None:
        super().__init__("您的账号已暂停使用。原因、期限和申诉办法请看账号说明页。")


class PortalClosed(ProductError):
    """A sanction has closed the portal of the actor's organisation; `kind` is the organisation's."""

    code = "portal_closed"
    status = 403

    def __init__(self, kind: str) -> None:
        super().__init__("本单位已被暂停服务，工作台暂时关闭。处置说明、申诉和消息仍然可以查看。")
        self.kind = kind


class NotMember(Denied):
    """The actor belongs to no organisation of this kind (agency, employer, platform)."""

    code = "not_member"

    def __init__(self, kind: str) -> None:
        super().__init__(
            "这里是平台运营人员的工作台。"
            if kind == "platform"
            else "您还没有加入任何一家这样的机构。可以登记自己的单位，或加入已经入驻的单位。"
        )
        self.kind = kind


class NotAdmitted(ProductError):
    """The actor's organisation (agency, employer) must be approved, and complete its profile, first."""

    code = "not_admitted"
    status = 403

    def __init__(self, kind: str) -> None:
        super().__init__("资质审核通过并补全资料后，这一部分才会开放。")
        self.kind = kind


class Refused(ProductError):
    """A business rule forbids this, and nothing has changed. The message says which rule, and what to do instead.

    `allowed`: the verbs that are possible instead, where a state forbids this one.
    """

    code = "refused"
    status = 409

    def __init__(self, message: str, *, code: str | None = None, allowed: Iterable[str] = ()) -> None:
        super().__init__(message, code=code)
        self.allowed = tuple(sorted(allowed))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field and how to correct it, for programs: `rule` is stable, `legal_basis` the law that asks
    for it (or ""), `words` the words that break it.
    """

    field: str
    message: str
    rule: str = "invalid"
    legal_basis: str = ""
    words: str = ""


class Invalid(ProductError):
    """Invalid input: `fields` maps a field's name to what is wrong and how to correct it.

    `faults` says the same for programs; one per field unless given.
    """

    code = "invalid"
    status = 422

    def __init__(
        self,
        fields: Mapping[str, str],
        message: str = "有内容需要修改，请看标出的地方。",
        *,
        faults: Sequence[Fault] = (),
        code: str | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.fields = dict(fields)
        self.faults = tuple(faults) or tuple(Fault(field, text) for field, text in fields.items())


def wait_in_words(seconds: int) -> str:
    """Return a time to wait in Chinese, rounded up: 45 秒, 12 分钟, 20 小时, 5 天."""
    if seconds < 120:
        return f"{seconds} 秒"
    if seconds <= 120 * 60:
        return f"{-(-seconds // 60)} 分钟"
    if seconds <= 72 * 3600:
        return f"{-(-seconds // 3600)} 小时"
    return f"{-(-seconds // 86_400)} 天"


class RateLimited(ProductError):
    """Too many attempts; `retry_after` is in whole seconds: an attempt after them succeeds."""

    code = "rate_limited"
    status = 429

    def __init__(self, retry_after: int, message: str = "", *, code: str | None = None) -> None:
        """`message` may contain `{wait}`, which becomes the time to wait, such as 5 分钟."""
        super().__init__(
            (message or "操作太频繁了，请 {wait}后再试。").replace("{wait}", wait_in_words(retry_after)), code=code
        )
        self.retry_after = retry_after


class Unavailable(ProductError):
    """An external service does not respond; a later attempt may succeed."""

    code = "unavailable"
    status = 503

    def __init__(self, message: str = "服务暂时不可用，请稍后再试。", retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
