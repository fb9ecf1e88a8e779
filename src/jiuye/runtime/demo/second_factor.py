"""The demonstration's operators come with a second factor whose secret everybody may know: it opens invented data only."""

import re

import pyotp

SECRET = "JIUYEDEMOONLYNEVERFORPRODUCTION2"  # noqa: S105
NOTE = "登录后还要验证器的动态码"


def setup_link(phone: str) -> str:
    """What the authenticator app on the demonstration's phone is given (`otpauth://…`)."""
    return pyotp.TOTP(SECRET).provisioning_uri(name=phone, issuer_name="就业在线")


def phones_in(accounts: str) -> list[str]:
    """The phones of those of the printed accounts that have a second factor."""
    return [found.group() for line in accounts.splitlines() if NOTE in line and (found := re.search(r"\d{11}", line))]
