"""Editors' forms for a policy. The actions hold the rules; the forms only parse."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from django import forms

from jiuye.design.widgets import DateInput, RegionInput
from jiuye.domains.policies.actions import LIMITS, REASON_LIMIT, PolicyContent
from jiuye.domains.policies.queries import MOST_CONDITIONS, Condition, PolicyDesk
from jiuye.domains.policies.states import Audience, Topic
from jiuye.domains.reference import queries as reference
from jiuye.portals.editing import one_line

BLANK = 2
_DATE = {"invalid": "日期不完整，请重新选择。"}


class PolicyForm(forms.Form):
    """A policy's texts, audience, region and dates."""

    title = one_line("标题", LIMITS["title"], required=True)
    summary = forms.CharField(
        label="摘要",
        required=False,
        max_length=LIMITS["summary"],
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LIMITS["summary"]}),
        help_text="一两句话：给谁、给什么。显示在列表里。",
    )
    body = forms.CharField(
        label="正文",
        required=False,
        max_length=LIMITS["body"],
        widget=forms.Textarea(attrs={"rows": 18, "maxlength": LIMITS["body"]}),
        help_text="直接粘贴文字。空一行是新的段落；单独一行的“一、适用对象”“（一）申请条件”“第一章 总则”会显示为小标题。",
    )
    topic = forms.ChoiceField(label="主题", required=False, choices=[("", "请选择"), *Topic.choices])
    audiences = forms.MultipleChoiceField(
        label="适用人群",
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="用来筛选，可以多选。",
    )
    audience = one_line(
        "适用人群说明", LIMITS["audience"], hint="写给读者看的一句话，如“取得职业技能等级证书的参保职工”。"
    )
    region = forms.CharField(
        label="适用地区",
        required=False,
        widget=RegionInput(attrs={"placeholder": "留空为全国"}),
        help_text="省、市或区县；全国适用的留空。",
    )
    issuer = one_line("发布机关", LIMITS["issuer"], hint="全称，如“四川省人力资源和社会保障厅”。")
    document_number = one_line("文号", LIMITS["document_number"], hint="如“川人社发〔2026〕12号”，没有的留空。")
    published_on = forms.DateField(
        label="发布日期", required=False, widget=DateInput, help_text="文件上的日期，留空为今天。", error_messages=_DATE
    )
    valid_until = forms.DateField(
        label="有效期至", required=False, widget=DateInput, help_text="没有写明的留空。", error_messages=_DATE
    )

    def clean_region(self) -> str:
        """Return a code: chosen in the picker, or found from the typed text."""
        typed = str(self.cleaned_data["region"]).strip()
        if not typed or typed == "全国" or reference.has_region(typed):
            return "" if typed == "全国" else typed
        found = reference.find_region(typed)
        if found is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请写省、市或区县的名称，如“成都市”。")
        return found.code

    def content(self) -> PolicyContent:
        """Return the content of a valid form."""
        return PolicyContent(**self.cleaned_data)

    @staticmethod
    def initial_of(policy: PolicyDesk) -> dict[str, Any]:
        """Return the form's initial values for a policy."""
        return {name: getattr(policy, name) for name in PolicyForm.base_fields}


class ConditionForm(forms.Form):
    """One condition of a policy."""

    question = forms.CharField(
        label="问题",
        max_length=80,
        help_text="问本人的话，如“您的失业保险累计缴了多少个月？”",
        error_messages={"required": "请填写问题。", "max_length": "最多 80 字。"},
    )
    clause = forms.CharField(
        label="依据",
        max_length=40,
        help_text="正文的哪一条，如“第三条”。",
        error_messages={"required": "请填写依据。", "max_length": "最多 40 字。"},
    )
    wants = forms.ChoiceField(
        label="要求的回答",
        initial="yes",
        choices=[("yes", "要回答“是”"), ("no", "要回答“否”"), ("number", "一个数，在范围内")],
    )
    least = forms.IntegerField(label="不少于", required=False, error_messages={"invalid": "请填整数。"})
    most = forms.IntegerField(label="不超过", required=False, error_messages={"invalid": "请填整数。"})
    unit = forms.CharField(
        label="单位",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"placeholder": "如：个月"}),
        error_messages={"max_length": "最多 10 字。"},
    )


class ConditionSet(forms.BaseFormSet):  # type: ignore[type-arg]  # no generic while running
    """The conditions and some blank ones, each with its position and a delete box."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "顺序"
        form.fields["DELETE"].label = "删除这一条"

    def kept(self) -> list[forms.Form]:
        """Return the filled forms in the chosen order, without deleted ones."""
        return [form for form in self.ordered_forms if form.has_changed() or form.initial]

    def conditions(self) -> list[Condition]:
        """Return the conditions of `kept`."""
        names = ("question", "clause", "wants", "least", "most", "unit")
        return [Condition(**{name: form.cleaned_data[name] for name in names}) for form in self.kept()]


def condition_set(data: Mapping[str, Any] | None, conditions: Sequence[Condition]) -> ConditionSet:
    """Return the form set of a policy's conditions."""
    kind = forms.formset_factory(
        ConditionForm, formset=ConditionSet, extra=BLANK, can_order=True, can_delete=True, max_num=MOST_CONDITIONS
    )
    return cast(ConditionSet, kind(data, prefix="condition", initial=[asdict(one) for one in conditions]))


class FileForm(forms.Form):
    """Another attachment."""

    file = forms.FileField(
        label="添加附件",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        help_text="PDF 或图片，每个不超过 10 MB。表格和 Word 文件请先另存为 PDF。",
        error_messages={"required": "请选择一个文件。", "empty": "这个文件是空的，请重新选择。"},
    )


class ReasonForm(forms.Form):
    """Why a policy is withdrawn."""

    reason = forms.CharField(
        label="撤下的原因",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": REASON_LIMIT}),
        help_text="打开旧链接的人会看到，例如“内容有误，更正后重新发布”。",
        error_messages={
            "required": "请写明撤下的原因，打开旧链接的人会看到。",
            "max_length": f"最多 {REASON_LIMIT} 字。",
        },
    )


class AbolishForm(forms.Form):
    """The day from which a policy no longer applies."""

    on = forms.DateField(
        label="废止日期",
        widget=DateInput,
        help_text="从这一天起不再执行，可以是将来的日期。",
        error_messages={"required": "请选择废止日期。", **_DATE},
    )
