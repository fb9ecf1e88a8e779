"""Unified social credit codes (GB 32100) and licence numbers: their form, and invented ones."""

import re
import unicodedata

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CODE = re.compile(rf"[{_LETTERS}]{{2}}[0-9]{{6}}[{_LETTERS}]{{10}}")
_BRACKETS = str.maketrans({"〔": "[", "【": "[", "〕": "]", "】": "]"})
# No county has this number, so no real organisation has such a code. The demonstration's codes are those of 990000.
OF_INVENTED = "990001"


def with_check_character(first_17: str) -> str:
    """Return the code of 18 characters.

    >>> with_check_character("91350100M000100Y4")
    '91350100M000100Y43'
    """
    total = sum(_LETTERS.index(letter) * weight for letter, weight in zip(first_17, _WEIGHTS, strict=True))
    return first_17 + _LETTERS[(31 - total % 31) % 31]


def is_code(text: str) -> bool:
    """Return whether the text is a well-formed code with the right check character."""
    return bool(_CODE.fullmatch(text)) and with_check_character(text[:17]) == text


def invented(prefix: str, word: str) -> str:
    """Return an invented code: registering department and kind (two characters), then up to nine of choice."""
    return with_check_character(f"{prefix}{OF_INVENTED}{word:0>9}")


def plain_number(number: str) -> str:
    """Return a licence number in the form that is compared.

    >>> plain_number("（沪）人服证字〔2026〕第 0100001 号")
    '(沪)人服证字[2026]第0100001号'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number).translate(_BRACKETS))
