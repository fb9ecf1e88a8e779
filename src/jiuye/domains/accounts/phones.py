"""Mobile numbers as stored, and the look-up of an account by its number."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Invalid

MAINLAND = 86
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def parse_mobile(text: str, field: str = "phone") -> str:
    """Return the 11 digits of a mainland mobile number written in any usual way (spaces, hyphens, +86, full-width
    digits).

    Raises `Invalid` for `field` if it is none.
    """
    try:
        number = phonenumbers.parse(text, "CN")
    except NumberParseException:
        number = None
    if number is None or number.country_code != MAINLAND or phonenumbers.number_type(number) not in _MOBILE:
        raise Invalid({field: "请输入 11 位大陆手机号，例如 138 开头的号码。"})
    return str(number.national_number)


def phone_index(phone: str) -> str:
    """Return the blind index of a parsed number, as stored in `User.phone_index`."""
    return blind_index(phone, "phone")
