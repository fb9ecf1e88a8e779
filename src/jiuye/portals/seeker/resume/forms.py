"""Forms of the resume pages. They only parse; the domain validates."""

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms

from jiuye.design.controls import set_choices
from jiuye.design.widgets import PhoneInput
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.domains.resumes import queries
from jiuye.domains.resumes.actions import (
    Basics,
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    Entry,
    IntentionEntry,
    ProjectEntry,
    SkillEntry,
)
from jiuye.domains.resumes.queries import ResumeView
from jiuye.domains.resumes.states import Availability, SectionKind, SkillLevel
from jiuye.portals.seeker.resume.fields import MonthField, OccupationField, RegionField, ResumeForm

NOT_SAID = ("", "请选择")


def _required(what: str) -> dict[str, str]:
    return {"required": f"请填写{what}。"}


def _description(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": 5}))


class BasicsForm(ResumeForm):
    """The resume's head."""

    name = forms.CharField(
        label="姓名",
        error_messages=_required("姓名"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 40}),
    )
    phone = forms.CharField(
        label="联系电话",
        required=False,
        help_text="留空则使用登录手机号。",
        widget=PhoneInput(attrs={"autocomplete": "tel-national"}),
    )
    email = forms.CharField(
        label="邮箱", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": 100})
    )
    region = RegionField(label="现居住地", required=False, help_text="用于推荐附近的职位。")
    experience_years = forms.IntegerField(
        label="工作年限",
        required=False,
        help_text="没有工作过填 0。",
        error_messages={"invalid": "请填写整数。"},
        widget=forms.NumberInput(attrs={"min": 0, "max": 70, "inputmode": "numeric"}),
    )
    education = forms.ChoiceField(label="最高学历", required=False, choices=[NOT_SAID, *EducationLevel.choices])
    birth_year = forms.IntegerField(
        label="出生年份",
        required=False,
        help_text="只用于核对年限和确认年满 16 周岁。",
        error_messages={"invalid": "请填写四位数的年份，例如 1995。"},
        widget=forms.NumberInput(attrs={"min": 1920, "max": 2100, "inputmode": "numeric", "autocomplete": "bday-year"}),
    )
    availability = forms.ChoiceField(
        label="求职状态", required=False, choices=[("", "不填写"), *Availability.choices], widget=forms.RadioSelect
    )

    @staticmethod
    def initial_of(view: ResumeView) -> dict[str, Any]:
        """Return the form's values for a resume."""
        return {
            "name": view.name,
            "phone": view.phone,
            "email": view.email,
            "region": view.region.name if view.region else "",
            "experience_years": view.experience_years,
            "education": view.education.code if view.education else "",
            "birth_year": view.birth_year,
            "availability": view.availability.code if view.availability else "",
        }

    def basics(self) -> Basics:
        """Return the typed values."""
        return Basics(**self.cleaned_data)


class SelfForm(ResumeForm):
    """The self description."""

    self_description = forms.CharField(
        label="自我描述",
        required=False,
        help_text="两三句话说明您的长处、做过什么、想找什么样的工作。请不要写身份证号、住址门牌等信息。",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
    )

    @staticmethod
    def initial_of(view: ResumeView) -> dict[str, Any]:
        """Return the form's values for a resume."""
        return {"self_description": view.self_description}


class EntryForm(ResumeForm):
    """A section's entry. Subclasses name their entry's class; the form's fields are named like the entry's."""

    entry_class: ClassVar[type[Entry]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, limit in queries.text_limits(self.entry_class.kind).items():
            self.fields[name].widget.attrs["maxlength"] = limit

    @classmethod
    def initial_of(cls, entry: Entry) -> dict[str, Any]:
        """Return the form's values for an entry."""
        return asdict(entry)

    def entry(self) -> Entry:
        """Return the typed values."""
        return self.entry_class(**self.cleaned_data)


class IntentionForm(EntryForm):
    """求职意向."""

    entry_class = IntentionEntry
    title = forms.CharField(
        label="想找的工作", error_messages=_required("想找的工作"), help_text="例如：电焊工、收银员、会计。"
    )
    region = RegionField(label="期望地点", required=False)
    pay_min = forms.IntegerField(
        label="最低月薪",
        required=False,
        error_messages={"invalid": "请填写整数。"},
        widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
    )
    pay_max = forms.IntegerField(
        label="最高月薪",
        required=False,
        error_messages={"invalid": "请填写整数。"},
        widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
    )
    employment_type = forms.ChoiceField(
        label="用工类型", required=False, choices=[("", "不限"), *EmploymentType.choices]
    )
    industry = forms.ChoiceField(label="期望行业", required=False)
    occupation = OccupationField(
        label="职业分类",
        required=False,
        help_text="按《职业分类大典》归类，推荐更准。",
        widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off", "maxlength": 80}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(one.code, one.name) for one in reference.industries()]
        set_choices(self, "industry", [("", "不限"), *sections])

    @classmethod
    def initial_of(cls, entry: Entry) -> dict[str, Any]:
        """Return codes as names, so that they can be read and edited without a picker."""
        values = asdict(entry)
        if values["region"]:
            values["region"] = reference.full_name(values["region"])
        if values["occupation"]:
            values["occupation"] = reference.occupation(values["occupation"]).name
        return values


class PeriodForm(EntryForm):
    """An entry with months."""

    start_on = MonthField(label="开始时间", error_messages=_required("开始时间"))
    end_on = MonthField(label="结束时间", required=False, help_text="留空表示至今。")


class EmploymentForm(PeriodForm):
    """工作经历."""

    entry_class = EmploymentEntry
    employer_name = forms.CharField(
        label="单位名称",
        error_messages=_required("单位名称"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    title = forms.CharField(label="职位", error_messages=_required("职位"))
    description = _description("工作内容", "做什么、用什么设备或方法、做到什么程度。")
    field_order = ("employer_name", "title", "start_on", "end_on", "description")


class EducationForm(PeriodForm):
    """教育经历."""

    entry_class = EducationEntry
    school = forms.CharField(label="学校名称", error_messages=_required("学校名称"))
    level = forms.ChoiceField(
        label="学历", choices=[NOT_SAID, *EducationLevel.choices], error_messages={"required": "请选择学历。"}
    )
    major = forms.CharField(label="专业", required=False)
    description = _description("在校经历", "主修课程、实训、奖励等。")
    end_on = MonthField(label="结束时间", required=False, help_text="在读可填预计毕业时间，留空表示至今。")
    field_order = ("school", "level", "major", "start_on", "end_on", "description")


class ProjectForm(PeriodForm):
    """项目经历."""

    entry_class = ProjectEntry
    name = forms.CharField(label="项目名称", error_messages=_required("项目名称"))
    role = forms.CharField(label="担任角色", required=False)
    description = _description("项目描述", "项目是什么、您负责什么、结果如何。")
    field_order = ("name", "role", "start_on", "end_on", "description")


class SkillForm(EntryForm):
    """技能."""

    entry_class = SkillEntry
    name = forms.CharField(
        label="技能名称", error_messages=_required("技能名称"), help_text="例如：氩弧焊、Excel、普通话、叉车驾驶。"
    )
    level = forms.ChoiceField(
        label="熟练程度", required=False, choices=[("", "不填写"), *SkillLevel.choices], widget=forms.RadioSelect
    )


class CertificateForm(EntryForm):
    """证书."""

    entry_class = CertificateEntry
    name = forms.CharField(
        label="证书名称", error_messages=_required("证书名称"), help_text="例如：焊工证（特种作业操作证）。"
    )
    issuer = forms.CharField(label="颁发机构", required=False)
    issued_on = MonthField(label="取得时间", required=False)
    number = forms.CharField(
        label="证书编号",
        required=False,
        help_text="投递后招聘方可以看到，用于核对。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "issuer", "issued_on", "number")


ENTRY_FORMS: dict[SectionKind, type[EntryForm]] = {
    SectionKind.INTENTION: IntentionForm,
    SectionKind.EMPLOYMENT: EmploymentForm,
    SectionKind.EDUCATION: EducationForm,
    SectionKind.PROJECT: ProjectForm,
    SectionKind.SKILL: SkillForm,
    SectionKind.CERTIFICATE: CertificateForm,
}
