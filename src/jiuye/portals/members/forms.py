"""Forms about the members of an organisation."""

from django import forms

from jiuye.design.widgets import PhoneInput
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations.actions import MEMBERSHIP_REASON_LIMIT
from jiuye.domains.organisations.states import PhoneReason

ROLES = [
    (Role.RECRUITER, "招聘专员：处理日常招聘工作"),
    (Role.VIEWER, "只读：只能查看，不能修改"),
    (Role.OWNER, "管理员：还能管理成员、资质和机构资料"),
]


def _role() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="角色", choices=ROLES, widget=forms.RadioSelect, error_messages={"required": "请选择角色。"}
    )


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=PhoneInput(attrs={"autocomplete": "off"}),
        help_text="只有这个手机号的本人能接受。没有账号也可以，接受时会自动注册。",
        error_messages={"required": "请填写要邀请的手机号。"},
    )
    role = _role()


class RoleForm(forms.Form):
    """A member's role."""

    role = _role()


class PhoneForm(forms.Form):
    """Why a complete phone is looked at."""

    reason = forms.ChoiceField(
        label="为什么查看",
        choices=PhoneReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择查看的原因。", "invalid_choice": "请选择查看的原因。"},
    )


class RefusalForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label="谢绝的原因",
        max_length=MEMBERSHIP_REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MEMBERSHIP_REASON_LIMIT}),
        help_text="申请人会看到，例如“不是本机构员工”。",
        error_messages={
            "required": "请写明原因，申请人会看到，例如“不是本机构员工”。",
            "max_length": f"最多 {MEMBERSHIP_REASON_LIMIT} 字，请写短一些。",
        },
    )
