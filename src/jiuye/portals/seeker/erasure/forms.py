"""The form for requesting erasure."""

from django import forms


class ErasureForm(forms.Form):
    """The confirmation that the consequences were read."""

    understood = forms.BooleanField(
        label="我已了解注销的后果，确认注销",
        error_messages={"required": "请先阅读上面的说明，并勾选确认。"},
    )
