"""Masked contacts; phones are masked by `kernel.identifiers`."""


def mask_email(email: str) -> str:
    """z***@example.com."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "*" * len(email)


def mask_number(number: str) -> str:
    """Mask a certificate's number except its last three characters."""
    return "*" * max(len(number) - 3, 0) + number[-3:] if len(number) > 6 else "*" * len(number)
