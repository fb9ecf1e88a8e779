"""Operators' forms about a person."""

from django import forms

from jiuye.design.widgets import PhoneInput


class PhoneForm(forms.Form):
    """The phone to look up. Sent by POST: a number in a URL would stay in logs and histories."""

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=PhoneInput(attrs={"autocomplete": "off"}),
        help_text="完整的 11 位手机号。查询会记入审计日志。",
        error_messages={"required": "请输入要查找的手机号。"},
    )


class ReasonForm(forms.Form):
    """The reason."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
        help_text="写清楚来由和怎样核对了本人身份，会记入审计日志。",
        error_messages={"required": "请写清楚原因，会记入审计日志。"},
    )
