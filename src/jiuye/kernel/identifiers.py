"""Official identifiers: validated, normalised, and masked for readers who may not see them in full.

Check characters come from python-stdnum. Its checks of areas and registration bodies are not used: they lack current area
codes and the N-prefixed bodies of rural organisations.
"""

import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from jiuye.kernel import clock

_AREA_CODES = Path(__file__).parent / "area_codes.txt"

_OLDEST_YEARS = 150

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

_PROVINCE_CHARACTERS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新兵"
_HR_LICENCE = re.compile(
    rf"\(([{_PROVINCE_CHARACTERS}])\)人服证字[\[\(【〔]((?:19|20)\d\d)[\]\)】〕]第?([0-9]{{6,12}})号?", re.ASCII
)

# Numbers of people within a text. Letters and hyphens around them would be those of an id or a digest.
_MOBILE_IN_TEXT = re.compile(r"(?<![0-9A-Za-z-])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9A-Za-z-])")
_RESIDENT_ID_IN_TEXT = re.compile(r"(?<![0-9A-Za-z-])([1-9][0-9]{2})[0-9]{11}([0-9]{3}[0-9Xx])(?![0-9A-Za-z-])")
_MAIL_IN_TEXT = re.compile(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@(?=[A-Za-z0-9-]+\.)")

_MAINLAND = 86
_MOBILE_TYPES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class InvalidIdentifier(ValueError):
    """The text is not such an identifier. The message is Chinese, for the person who typed it, and says how to correct it."""


def check_resident_id(text: str) -> str:
    """Return the 18 characters of a resident ID number (GB 11643-1999), X in upper case.

    The area code must have been in force at some time since 1980, or be another one of a prefecture that was: no table
    knows every county, and somebody who lives may not be refused. The date must be real and not in the future, the last
    character must be the check character (ISO 7064 MOD 11-2). Raise InvalidIdentifier.
    """
    number = _compact(text).upper()
    if re.fullmatch(r"[0-9]{15}", number):
        raise InvalidIdentifier("这是 15 位的旧号码，请填写第二代身份证上的 18 位号码")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise InvalidIdentifier("身份证号应为 18 位：前 17 位是数字，最后一位是数字或 X")
    if number[:4] not in _prefectures():
        raise InvalidIdentifier("身份证号的前 6 位（地区）不存在，请对照证件核对")
    if _date(number[6:14]) is None:
        raise InvalidIdentifier("身份证号第 7 到 14 位（出生日期）不对，请对照证件核对")
    if number[-1] != resident_check_character(number[:17]):
        raise InvalidIdentifier("身份证号的最后一位与前面对不上，请逐位核对是否输错")
    return number


def resident_check_character(first_17: str) -> str:
    """Return the last character of a resident ID number, from the 17 digits before it (ISO 7064 MOD 11-2)."""
    return mod_11_2.calc_check_digit(first_17)


def birth_date(resident_id: str) -> date:
    """Return the date of birth in a valid resident ID number."""
    return date.fromisoformat(resident_id[6:14])


def check_credit_code(text: str) -> str:
    """Return the 18 characters of a unified social credit code (GB 32100-2015), upper case. Raise InvalidIdentifier."""
    code = _compact(text).upper()
    if len(code) != 18:
        raise InvalidIdentifier(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请对照营业执照填写")
    if strange := sorted(set(code) - set(_CREDIT_ALPHABET)):
        raise InvalidIdentifier(
            f"统一社会信用代码里不会有“{'、'.join(strange)}”（不用字母 I、O、S、V、Z），请看看是否把 1 或 0 写成了字母"
        )
    if not code[2:8].isdecimal():
        raise InvalidIdentifier("统一社会信用代码的第 3 到 8 位应为数字，请对照营业执照核对")
    if code[-1] != credit_check_character(code[:17]):
        raise InvalidIdentifier("统一社会信用代码的最后一位与前面对不上，请逐位核对是否输错")
    return code


def credit_check_character(first_17: str) -> str:
    """Return the last character of a unified social credit code, from the 17 before it (GB 32100, MOD 31)."""
    return uscc.calc_check_digit(first_17)


def check_mobile(text: str) -> str:
    """Return the 11 digits of a mainland mobile number in any notation (spaces, hyphens, +86). Raise InvalidIdentifier."""
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text), "CN")
    except NumberParseException:
        number = None
    if number is None or number.country_code != _MAINLAND or phonenumbers.number_type(number) not in _MOBILE_TYPES:
        raise InvalidIdentifier("请填写 11 位的大陆手机号，例如 138 开头的号码")
    return str(number.national_number)


def check_hr_licence(text: str) -> str:
    """Return a human-resources service licence number in the form `(沪)人服证字[2026]第0100001号`. Raise
    InvalidIdentifier.

    No standard defines the form; this is the common one, with round, square or 〔〕 brackets and 6 to 12 digits.
    """
    found = _HR_LICENCE.fullmatch(_compact(text))
    if found is None:
        raise InvalidIdentifier("许可证编号应形如“(沪)人服证字[2026]第0100001号”，请按许可证原样填写")
    province, year, serial = found.groups()
    if int(year) > clock.today().year:
        raise InvalidIdentifier(f"许可证编号里的年份 {year} 还没到，请按许可证原样填写")
    return f"({province})人服证字[{year}]第{serial}号"


def mask_phone(number: str | None) -> str:
    """Return 138****1234, without the country code; fewer than 11 digits are hidden completely, None is empty."""
    digits = re.sub(r"\D", "", number or "")[-11:]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else "*" * len(digits)


def mask_resident_id(number: str) -> str:
    """Return 510***********123X: the first three and the last four, as banks show it; short texts are hidden completely."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) >= 15 else "*" * len(number)


def mask_numbers(text: str) -> str:
    """Return a text with the mobile numbers, ID numbers and e-mail addresses in it masked."""
    text = _MOBILE_IN_TEXT.sub(r"\1****\2", text)
    return _MAIL_IN_TEXT.sub("***@", _RESIDENT_ID_IN_TEXT.sub(r"\1***********\2", text))


def mask_name(name: str) -> str:
    """Return 张*, 欧***: a star for each character but the first; a single character is hidden.

    For the person and for staff who talk to them: the length helps to recognise the name.
    """
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def hide_given_name(name: str) -> str:
    """Return 张** for a name of any length; empty for an empty one. For readers who must not learn who it is."""
    return f"{name[:1]}**" if name else ""


def _compact(text: str) -> str:
    """Return the text in half-width characters, without spaces and hyphens."""
    return re.sub(r"[\s\-‐–—]", "", unicodedata.normalize("NFKC", text))


def _date(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    today = clock.today()
    return born if born <= today and born.year >= today.year - _OLDEST_YEARS else None


@cache
def _prefectures() -> frozenset[str]:
    """Return the first four digits of every area code known."""
    return frozenset(code[:4] for code in _AREA_CODES.read_text(encoding="ascii").split())
