"""Administrators' forms about operators."""

from django import forms

from jiuye.design.widgets import PhoneInput
from jiuye.domains.accounts.queries import ROLES

LEAVES = "none"
"""The choice that ends a person's role."""


class ChangeForm(forms.Form):
    """The role that an operator is to have."""

    role = forms.ChoiceField(
        label="变更为",
        choices=[*ROLES, (LEAVES, "不再是运营人员（立即退出所有设备）")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择角色。", "invalid_choice": "请选择一个运营角色。"},
    )
    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
        help_text="例如“接替离职的同事”。确认的管理员会看到，并记入审计日志。",
        error_messages={"required": "请写清楚原因，会记入审计日志。"},
    )

    @property
    def chosen_role(self) -> str:
        """The role, empty for none."""
        role: str = self.cleaned_data["role"]
        return "" if role == LEAVES else role


class NewOperatorForm(ChangeForm):
    """The account that is to become an operator's."""

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=PhoneInput(attrs={"autocomplete": "off"}),
        help_text="对方要先用这个手机号登录过本站。查询会记入审计日志。",
        error_messages={"required": "请输入对方的手机号。"},
    )
    role = forms.ChoiceField(
        label="角色",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择角色。", "invalid_choice": "请选择一个运营角色。"},
    )
    field_order = ("phone", "role", "reason")
