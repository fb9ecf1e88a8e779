"""Operators' forms for a partner app."""

from django import forms

from jiuye.design.widgets import NEVER_KEPT


class ChannelForm(forms.Form):
    """The editable fields. The action holds the rules; the form only parses."""

    name = forms.CharField(
        label="名称",
        max_length=40,
        help_text="求职者登录时会看到，例如“惠民银行”。",
        error_messages={"required": "请填写名称，求职者登录时会看到。"},
    )
    origin = forms.CharField(
        label="网页来源",
        required=False,
        max_length=300,
        help_text="允许把本站放在框架里的页面来源：https://域名，可带端口，不带路径。留空则不允许。",
        widget=forms.TextInput(
            attrs={"inputmode": "url", "placeholder": "https://app.example.cn", "spellcheck": "false"}
        ),
    )


class NewChannelForm(ChannelForm):
    """A channel's code is chosen once."""

    code = forms.CharField(
        label="代码",
        max_length=40,
        help_text="写在登录地址里，登记后不能修改。小写字母、数字和连字符，例如 app-bank。",
        error_messages={"required": "请填写代码，例如 app-pay。"},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off", **NEVER_KEPT}
        ),
    )
    field_order = ("name", "code", "origin")


class ReasonForm(forms.Form):
    """Why a channel is switched."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
        help_text="会记入变更记录。",
        error_messages={"required": "请写明原因，会记入变更记录。"},
    )
