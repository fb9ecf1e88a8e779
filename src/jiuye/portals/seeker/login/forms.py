from typing import Any

from django import forms

from jiuye.design.fields import CodeField
from jiuye.design.widgets import PhoneInput


class PhoneForm(forms.Form):
    """Step 1. The accounts domain checks the number."""

    phone = forms.CharField(
        label="手机号", max_length=20, widget=PhoneInput, error_messages={"required": "请输入您的手机号。"}
    )


class NewPhoneForm(forms.Form):
    """Another phone number, for a card whose own number has somebody else's account."""

    phone = forms.CharField(
        label="您现在使用的手机号", max_length=20, widget=PhoneInput, error_messages={"required": "请输入您的手机号。"}
    )


class CodeForm(forms.Form):
    """Step 2."""

    code = CodeField(label="短信验证码", error_messages={"required": "请输入短信中的 6 位数字验证码。"})

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # After an error the error summary has the focus.
        if not self.is_bound:
            self.fields["code"].widget.attrs["autofocus"] = True
