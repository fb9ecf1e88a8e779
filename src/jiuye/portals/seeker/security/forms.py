from django import forms

from jiuye.design.widgets import CodeInput, PhoneInput


class NewPhoneForm(forms.Form):
    """Whether the number is one, and another than the present, is the accounts domain's to say."""

    phone = forms.CharField(
        label="新手机号", max_length=20, widget=PhoneInput, error_messages={"required": "请输入新的手机号。"}
    )


class SmsCodeForm(forms.Form):
    """The six digits of a text message."""

    code = forms.CharField(
        label="短信验证码",
        max_length=20,
        widget=CodeInput,
        error_messages={"required": "请输入短信中的 6 位数字验证码。"},
    )


class AuthenticatorForm(forms.Form):
    """The six digits that an authenticator app shows, when it is being set up."""

    code = forms.CharField(
        label="应用显示的 6 位数字",
        max_length=20,
        widget=CodeInput,
        error_messages={"required": "请输入验证器应用显示的 6 位数字。"},
    )


class FactorForm(forms.Form):
    """The six digits of the app or, when it is lost, a recovery code: one field for both, so its keyboard has letters."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "请输入验证器应用显示的 6 位数字，或一个恢复码。"},
    )
