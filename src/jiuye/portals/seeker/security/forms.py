from django import forms

from jiuye.design.fields import CodeField
from jiuye.design.widgets import NEVER_KEPT, PhoneInput


class NewPhoneForm(forms.Form):
    """A new phone number. The accounts domain checks that it is valid and differs from the present one."""

    phone = forms.CharField(
        label="新手机号", max_length=20, widget=PhoneInput, error_messages={"required": "请输入新的手机号。"}
    )


class SmsCodeForm(forms.Form):
    """The six digits of a text message."""

    code = CodeField(label="短信验证码", error_messages={"required": "请输入短信中的 6 位数字验证码。"})


class AuthenticatorForm(forms.Form):
    """The six digits of an authenticator app during its set-up."""

    code = CodeField(label="应用显示的 6 位数字", error_messages={"required": "请输入验证器应用显示的 6 位数字。"})


class FactorForm(forms.Form):
    """The six digits of the app, or a recovery code if the app is lost: one field for both, hence a keyboard with letters."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", **NEVER_KEPT}
        ),
        error_messages={"required": "请输入验证器应用显示的 6 位数字，或一个恢复码。"},
    )
