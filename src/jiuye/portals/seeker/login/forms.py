from typing import Any

from django import forms

from jiuye.design.fields import CodeField
from jiuye.design.widgets import PhoneInput

IN_LINE = "codes_in_line"
"""The code of the refusal that asks for the word."""


class PhoneForm(forms.Form):
    """Step 1. The accounts domain checks number and word. The word is asked for while others ask for many codes to the phone."""

    phone = forms.CharField(
        label="手机号", max_length=20, widget=PhoneInput, error_messages={"required": "请输入您的手机号。"}
    )
    word = forms.CharField(
        label="放行码",
        required=False,
        max_length=20,
        help_text="在我们发到这部手机的短信里，8 位字母和数字。没有收到可以不填。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    @property
    def asks_for_word(self) -> bool:
        """Whether the field is shown: only when it is needed, and as long as something is in it."""
        return self._is_asked or bool(self.data.get("word", "").strip())

    _is_asked = False

    def ask_for_word(self) -> None:
        """Show the field."""
        self._is_asked = True


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
