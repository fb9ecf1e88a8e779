"""What somebody says who wants their account erased."""

from django import forms


class ErasureForm(forms.Form):
    """That they have read what goes and what stays."""

    understood = forms.BooleanField(
        label="我已了解注销的后果，确认注销",
        error_messages={"required": "请先阅读上面的说明，并勾选确认。"},
    )
