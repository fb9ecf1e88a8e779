"""The form of a posting: typed text in, `PostingContent` out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from jiuye.design.controls import set_choices
from jiuye.design.widgets import DateInput, RegionInput
from jiuye.domains.jobs.actions import PostingContent
from jiuye.domains.jobs.experience import Experience, format_experience
from jiuye.domains.jobs.pay import monthly
from jiuye.domains.jobs.states import PayUnit
from jiuye.domains.organisations.actions import EmployerBasics
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind

OWN, OTHER = "own", "other"
EXPERIENCES = [(None, None), (0, None), (0, 0), (0, 1), (1, 3), (3, 5), (5, 10), (10, None)]
_BETWEEN_WORDS = re.compile(r"[、,，;；\n]+")
WHOLE = {"invalid": "请填写整数，如 5。"}
MONEY = {
    "invalid": "请填写数字，如 8000。",
    "max_digits": "金额太大，请检查单位。",
    "max_decimal_places": "最多两位小数。",
}


def span_value(minimum: int | None, maximum: int | None) -> str:
    """Years of experience as an option's value: `1-3`, `10-`, `-`."""
    return f"{'' if minimum is None else minimum}-{'' if maximum is None else maximum}"


def _area(rows: int, limit: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": limit})


class WordsField(forms.CharField):
    """Short words in one line, separated by 、 or commas; cleans to a list."""

    def clean(self, value: Any) -> Any:
        return [word.strip() for word in _BETWEEN_WORDS.split(super().clean(value)) if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "、".join(value)


class PostingForm(forms.Form):
    """All of a posting. A draft needs only the title; the requirements of publication are shown next to the form."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="职位名称",
        max_length=80,
        help_text="写常用的叫法，如“数控车床操作工”，不要写薪资和福利。",
        error_messages={"required": "请填写职位名称。", "max_length": "职位名称最多 80 字。"},
    )
    occupation = forms.CharField(
        label="职业类别",
        required=False,
        max_length=80,
        help_text="输入几个字，从提示中选择；不填时按职位名称判断。",
        widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"}),
    )
    headcount = forms.IntegerField(
        label="招聘人数",
        required=False,
        error_messages=WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )
    employment_type = forms.ChoiceField(
        label="用工类型", required=False, choices=[("", "请选择"), *EmploymentType.choices]
    )
    external_code = forms.CharField(
        label="本机构编号", required=False, max_length=64, help_text="您自己的编号，导入和查找时用。"
    )

    hiring_for = forms.ChoiceField(
        label="为谁招聘",
        choices=[(OTHER, "代其他单位招聘"), (OWN, "本机构自己招聘")],
        widget=forms.RadioSelect,
        initial=OTHER,
        help_text="代招的职位会标明“机构代招”和您的机构名称。",
        error_messages={"required": "请选择为谁招聘。"},
    )
    employer_name = forms.CharField(
        label="用人单位全称",
        required=False,
        max_length=100,
        help_text="与营业执照一致；填过的单位会出现提示。",
        widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"}),
    )
    employer_code = forms.CharField(
        label="统一社会信用代码",
        required=False,
        max_length=24,
        help_text="18 位，在营业执照上。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    employer_ownership = forms.ChoiceField(
        label="单位性质", required=False, choices=[("", "请选择"), *OwnershipKind.choices]
    )
    employer_size = forms.ChoiceField(label="单位规模", required=False, choices=[("", "请选择"), *EmployerSize.choices])
    industry = forms.ChoiceField(label="所属行业", required=False)

    region = forms.CharField(
        label="工作地点",
        required=False,
        widget=RegionInput(attrs={"placeholder": "如：成都市武侯区", "required": True}),
    )
    address = forms.CharField(label="详细地址", required=False, max_length=200, help_text="街道和门牌号。")

    pay_low = forms.DecimalField(
        label="最低薪资", required=False, max_digits=9, decimal_places=2, error_messages=MONEY, widget=forms.TextInput
    )
    pay_high = forms.DecimalField(
        label="最高薪资", required=False, max_digits=9, decimal_places=2, error_messages=MONEY, widget=forms.TextInput
    )
    pay_unit = forms.ChoiceField(label="单位", choices=PayUnit.choices, required=False)
    pay_months = forms.TypedChoiceField(
        label="每年发薪",
        choices=[(number, f"{number} 个月") for number in range(12, 25)],
        coerce=int,
        required=False,
    )
    pay_negotiable = forms.BooleanField(label="在此范围内可面议", required=False)

    education = forms.ChoiceField(label="最低学历", required=False, choices=[("", "学历不限"), *EducationLevel.choices])
    experience = forms.ChoiceField(label="工作经验", required=False)
    duties = forms.CharField(
        label="工作内容", required=False, max_length=5000, widget=_area(6, 5000), help_text="每天做什么，分条写更清楚。"
    )
    requirements = forms.CharField(
        label="招聘条件",
        required=False,
        max_length=5000,
        widget=_area(5, 5000),
        help_text="技能、证书等。不得限制性别、民族、婚育、户籍；没有特别要求可写“无特殊要求”。",
    )
    skills = WordsField(label="技能", required=False, max_length=600, help_text="用顿号隔开，如：识图、数控编程。")

    working_conditions = forms.CharField(
        label="工作条件",
        required=False,
        max_length=1000,
        widget=_area(3, 1000),
        help_text="工作时间、班次、休息、食宿、工作环境和防护。",
    )
    benefits = WordsField(label="福利", required=False, max_length=500, help_text="用顿号隔开，如：五险一金、包住。")
    tags = WordsField(label="职位标签", required=False, max_length=500, help_text="列表里最多显示 3 个。")
    valid_through = forms.DateField(
        label="招聘截止日期",
        required=False,
        widget=DateInput,
        help_text="当天仍可投递，次日自动下线；最长 180 天。",
        error_messages={"invalid": "日期不完整，请重新选择。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "industry", [("", "请选择"), *_industries()])
        spans = dict.fromkeys([*EXPERIENCES, _parse_span(self.initial.get("experience", "-"))])
        labels = [(span_value(*span), format_experience(Experience(*span))) for span in spans]
        set_choices(self, "experience", labels)

    def clean_occupation(self) -> str:
        """Return a code: typed, named exactly, or guessed from the title if nothing was typed."""
        typed = self.cleaned_data["occupation"].strip()
        if not typed:
            return reference.guess_occupation(self.cleaned_data.get("title", "")) or ""
        if reference.has_occupation(typed):
            return typed
        found = reference.search_occupations(typed, limit=5)
        if exact := next((one for one in found if one.name == typed), None):
            return exact.code
        similar = "、".join(one.name for one in found)
        raise forms.ValidationError(
            f"职业目录里没有“{typed}”，您是不是要找：{similar}？"
            if similar
            else f"职业目录里没有“{typed}”，请换个说法或留空。"
        )

    def clean_region(self) -> str:
        """Return a code: chosen in the picker, or found from the typed text."""
        typed = self.cleaned_data["region"].strip()
        if not typed or reference.has_region(typed):
            return typed
        found = reference.find_region(typed)
        if found is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请写到城市或区县，如“成都市武侯区”。")
        return found.code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hiring_for") == OTHER and cleaned.get("employer_code") and not cleaned.get("employer_name"):
            self.add_error("employer_name", "请填写这个信用代码对应的单位全称。")
        return cleaned

    def employer(self) -> EmployerBasics | None:
        """Return the stated employer, or None."""
        given = self.cleaned_data
        if given["hiring_for"] == OWN or not given["employer_name"]:
            return None
        return EmployerBasics(
            legal_name=given["employer_name"],
            credit_code=given["employer_code"],
            ownership=given["employer_ownership"],
            size=given["employer_size"],
            industry=given["industry"],
        )

    def content(self, employer_id: UUID | None) -> PostingContent:
        """Return the content of a valid form."""
        given = self.cleaned_data
        unit = given["pay_unit"] or "month"
        minimum, maximum = _parse_span(given["experience"])
        same = ("title", "occupation", "industry", "region", "address", "headcount", "employment_type", "education")
        texts = (
            "duties",
            "requirements",
            "working_conditions",
            "tags",
            "benefits",
            "skills",
            "valid_through",
            "external_code",
        )
        return PostingContent(
            employer_id=employer_id,
            experience_min=minimum,
            experience_max=maximum,
            pay_min=_monthly(given["pay_low"], unit),
            pay_max=_monthly(given["pay_high"], unit),
            pay_unit=unit,
            pay_months=12 if unit == "year" else given["pay_months"] or 12,
            pay_negotiable=given["pay_negotiable"],
            **{name: given[name] for name in (*same, *texts)},
        )

    def show(self, faults: Mapping[str, str]) -> None:
        """Attach the domain's errors to the visible fields."""
        for name, message in faults.items():
            field = _SHOWN_AT.get(name, name)
            self.add_error(field if field in self.fields else None, message)


# Fields whose name in the form differs from the domain's.
_SHOWN_AT = {
    "pay": "pay_low",
    "pay_min": "pay_low",
    "pay_max": "pay_high",
    "experience_min": "experience",
    "employer": "employer_name",
    "legal_name": "employer_name",
    "credit_code": "employer_code",
    "ownership": "employer_ownership",
    "size": "employer_size",
}


def field_id(element: str) -> str:
    """Return the id of the input of an element of `missing_elements`."""
    return f"id_{_SHOWN_AT.get(element, element)}"


def _industries() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """The divisions, grouped by section."""
    return [
        (section.name, [(division.code, division.name) for division in reference.industries(section.code)])
        for section in reference.industries()
    ]


def _parse_span(text: str) -> tuple[int | None, int | None]:
    low, _, high = text.partition("-")
    return (int(low) if low else None, int(high) if high else None)


def _monthly(amount: Any, unit: str) -> int | None:
    return None if amount is None else monthly(float(amount), unit)  # type: ignore[arg-type]
