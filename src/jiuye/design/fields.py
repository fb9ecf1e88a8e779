"""Form fields that read what people paste."""

import re
import unicodedata
from typing import Any

from django import forms

from jiuye.design.widgets import CodeInput

_SIX_DIGITS = re.compile(r"(?<!\d)\d{6}(?!\d)")


class CodeField(forms.CharField):
    """A 6-digit code, alone or within the text message that brought it."""

    widget = CodeInput

    def __init__(self, **named: Any) -> None:
        super().__init__(max_length=200, **named)

    def to_python(self, value: Any) -> str:
        """Return the code; the text itself if it holds none, or several, for the domain to refuse."""
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        found = _SIX_DIGITS.findall(text) or _SIX_DIGITS.findall(re.sub(r"(?<=\d)[ -](?=\d)", "", text))
        return found[0] if len(set(found)) == 1 else text
