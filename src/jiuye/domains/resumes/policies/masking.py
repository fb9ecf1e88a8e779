"""Contacts as they are shown to those who may not yet have them."""


def mask_phone(phone: str) -> str:
    """138****5678; anything too short to keep a secret is hidden whole."""
    digits = phone[-11:]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else "*" * len(digits)


def mask_email(email: str) -> str:
    """z***@example.com."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "*" * len(email)


def mask_number(number: str) -> str:
    """A certificate's number but for its last three characters."""
    return "*" * max(len(number) - 3, 0) + number[-3:] if len(number) > 6 else "*" * len(number)
