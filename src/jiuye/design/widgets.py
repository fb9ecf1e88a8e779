"""Form widgets with our own controls. Use them in a portal's `forms.py`; draw them with `ui.field`."""

from typing import Any

from django import forms

NEVER_KEPT = {"data-no-draft": True}
"""Among a widget's attributes: what is typed is kept neither by the server (`portals.kept_input`) nor by the browser's drafts."""


class DateInput(forms.DateInput):
    """A day, with the browser's picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A day and time to the minute (Asia/Shanghai), with the browser's picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MonthInput(forms.DateInput):
    """A month, `2024-09`, for periods of a career."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m")


class PhoneInput(forms.TextInput):
    """A mobile number; phones show digits and offer the owner's number."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel-national", "inputmode": "numeric", "maxlength": 20, **(attrs or {})})


class CodeInput(forms.TextInput):
    """A 6-digit SMS code; phones offer it from the message, and the whole message may be pasted.

    Never kept, neither by the server nor by the browser (`data-no-draft`).
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 200}
        super().__init__({**usual, **NEVER_KEPT, **(attrs or {})})


class RegionInput(forms.TextInput):
    """A division's code, chosen in the region picker. Without JavaScript people type its name: the form field accepts both."""
