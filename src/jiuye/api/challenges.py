"""Refusals of a credential, which tell the client what is wrong with it (`WWW-Authenticate`, RFC 6750 §3)."""

from jiuye.kernel.errors import ProductError


class Challenged(ProductError):
    """A refusal with a challenge. `challenge` has its parameters after the realm, each after a comma."""

    challenge = ""


class InvalidKey(Challenged):
    """The credential in the request is unknown, revoked, expired, malformed, or of a disabled channel."""

    code = "invalid_key"
    status = 401
    challenge = ', error="invalid_token"'

    def __init__(self) -> None:
        super().__init__("密钥不对或已失效。请核对 Authorization: Bearer 后面的密钥，或去掉它，按公开限额读取。")


class CredentialRequired(Challenged):
    """The operation is for API clients, and the request has no credential of one; RFC 6750 gives no error code for that."""

    code = "credential_required"
    status = 401

    def __init__(self) -> None:
        super().__init__("这个接口需要机构的接口密钥，请放在 Authorization: Bearer 后面。")


class ScopeMissing(Challenged):
    """The client lacks the operation's scope (RFC 6750 §3.1)."""

    code = "insufficient_scope"
    status = 403

    def __init__(self, scope: str) -> None:
        super().__init__(f"这个密钥没有 {scope} 权限，请机构管理员在“开放接口”页面加上。")
        self.challenge = f', error="insufficient_scope", scope="{scope}"'
