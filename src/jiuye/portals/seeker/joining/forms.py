"""The registration of an organisation."""

from django import forms

from jiuye.design.widgets import RegionInput
from jiuye.domains.qualifications.actions import Registration
from jiuye.domains.reference import queries as reference

MARKET, PUBLIC = "market", "public"


class RegistrationForm(forms.Form):
    """What a new organisation states. An agency also says of which kind it is."""

    applicant = forms.ChoiceField(
        label="机构类型",
        choices=[
            (MARKET, "市场化职介：经营性人力资源服务机构，有人力资源服务许可证"),
            (PUBLIC, "公共职介：人社部门举办的公共就业服务机构"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择机构类型。", "invalid_choice": "请选择机构类型。"},
    )
    credit_code = forms.CharField(
        label="统一社会信用代码",
        help_text="18 位，在营业执照或法人证书上。",
        error_messages={"required": "请填写 18 位统一社会信用代码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": 30}),
    )
    legal_name = forms.CharField(
        label="单位全称",
        help_text="与证照上的名称一字不差。",
        error_messages={"required": "请填写单位全称。"},
        widget=forms.TextInput(attrs={"autocomplete": "organization", "maxlength": 100}),
    )
    region = forms.CharField(
        label="所在地",
        widget=RegionInput(attrs={"placeholder": "如：成都市武侯区"}),
        error_messages={"required": "请选择单位所在地。"},
    )
    agreement = forms.BooleanField(
        label="我受单位委托办理登记，所填内容和提交的材料真实、有效；同意平台为审核而核对它们，并按规定公示单位名称、许可和监督信息",
        error_messages={"required": "请先阅读并勾选同意，再继续。"},
    )

    def for_employer(self) -> "RegistrationForm":
        """Return the form without the agency's kind."""
        del self.fields["applicant"]
        return self

    def clean_region(self) -> str:
        """Return a code: chosen in the picker, or found from the typed text."""
        typed = self.cleaned_data["region"].strip()
        if reference.has_region(typed):
            return typed
        found = reference.find_region(typed)
        if found is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请写到城市或区县，如“成都市武侯区”。")
        return found.code

    def registration(self) -> Registration:
        """Return the cleaned input for the action."""
        given = self.cleaned_data
        return Registration(
            given.get("applicant", "employer"), given["legal_name"], given["credit_code"], given["region"]
        )
