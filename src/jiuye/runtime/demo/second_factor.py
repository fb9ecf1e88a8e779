"""The second factor of the demonstration's operators, with a public secret: it protects invented data only."""

import re

import pyotp

SECRET = "JIUYEDEMOONLYNEVERFORPRODUCTION2"  # noqa: S105
NOTE = "登录后还要验证器的动态码"


def setup_link(phone: str) -> str:
    """Return the setup link for the authenticator app on the demonstration's phone (`otpauth://…`)."""
    return pyotp.TOTP(SECRET).provisioning_uri(name=phone, issuer_name="就业在线")


def phones_in(accounts: str) -> list[str]:
    """Return the phones of the printed accounts that have a second factor."""
    return [found.group() for line in accounts.splitlines() if NOTE in line and (found := re.search(r"\d{11}", line))]
