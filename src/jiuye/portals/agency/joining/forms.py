"""The profile that an agency must display."""

import re

from django import forms

from jiuye.design.widgets import RegionInput
from jiuye.domains.qualifications.actions import Profile
from jiuye.domains.reference import queries as reference
from jiuye.portals.editing import one_line


class ProfileForm(forms.Form):
    """What visitors of the shop see (人力资源市场暂行条例 art. 32)."""

    short_name = one_line("帐号名称", 30, "显示在职位旁边；由单位全称里的字按顺序组成。", required=True)
    region = forms.CharField(
        label="所在地",
        widget=RegionInput(attrs={"placeholder": "如：成都市武侯区"}),
        error_messages={"required": "请选择所在地。"},
    )
    address = one_line("地址", 200, "街道和门牌号，求职者凭它找到您。", required=True)
    phone = one_line("服务电话", 30, "对外公开的座机或服务热线，不要写个人手机。", required=True)
    services = forms.CharField(
        label="服务项目",
        max_length=400,
        help_text="用顿号隔开，最多 12 个，如：职业介绍、职业指导。",
        error_messages={"required": "请至少写一个服务项目，如“职业介绍”。"},
    )
    fees = one_line("收费情况", 200, "如“不向求职者收费；用人单位服务费按合同约定”。", required=True)
    supervising_body = one_line("监管部门", 100, "如“武侯区人力资源和社会保障局”。", required=True)
    supervising_phone = one_line("监督电话", 30, "如 12333。", required=True)

    def clean_region(self) -> str:
        """Return a code: chosen in the picker, or found from the typed text."""
        typed = self.cleaned_data["region"].strip()
        if reference.has_region(typed):
            return typed
        found = reference.find_region(typed)
        if found is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请写到城市或区县，如“成都市武侯区”。")
        return found.code

    def profile(self) -> Profile:
        """Return the cleaned input for the action."""
        given = dict(self.cleaned_data)
        return Profile(**{**given, "services": re.split(r"[、,，;；\n]+", given["services"])})
