"""Forms for an agency's shop."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from jiuye.domains.organisations import actions
from jiuye.domains.organisations.states import Section

BLANK = 2


class ShopForm(forms.Form):
    """The texts of the shop."""

    slogan = forms.CharField(
        label="一句话介绍",
        required=False,
        max_length=60,
        help_text="显示在店名下面，如“扎根本地二十年，只做蓝领招聘”。",
    )
    introduction = forms.CharField(
        label="机构简介",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": 3000}),
        help_text="成立时间、擅长的行业和地区、服务过哪些求职者和单位。",
    )
    announcement = forms.CharField(
        label="公告",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text="近期的招聘会、服务时间调整等；留空则不显示。",
    )
    services = forms.CharField(
        label="服务项目", required=False, max_length=400, help_text="用顿号隔开，最多 12 个，如：职业介绍、创业指导。"
    )
    fees = forms.CharField(
        label="收费说明",
        max_length=200,
        help_text="必须公示（《人力资源市场暂行条例》第三十二条）。",
        error_messages={"required": "请写明收费情况，如“不向求职者收费”。"},
    )

    def texts(self) -> actions.ShopTexts:
        """Return the cleaned texts for the action."""
        given: dict[str, Any] = self.cleaned_data
        return actions.ShopTexts(**{**given, "services": re.split(r"[、,，;；\n]+", given["services"])})


class PictureForm(forms.Form):
    """Another picture."""

    picture = forms.FileField(
        label="图片",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPG、PNG 或 WebP，不超过 8 MB。拍摄地点等隐藏信息会被去掉；有人脸的，请先征得本人同意。",
        error_messages={"required": "请选择一张图片。", "empty": "这个文件是空的，请重新选择。"},
    )
    caption = forms.CharField(
        label="图片说明",
        max_length=actions.CAPTION_LIMIT,
        help_text="图片里有什么，如“一楼服务大厅，设六个窗口”。",
        error_messages={"required": "请写一句图片说明。", "max_length": f"最多 {actions.CAPTION_LIMIT} 字。"},
    )


class EntrySet(forms.BaseFormSet):  # type: ignore[type-arg]  # no generic while running
    """The entries of a section and some blank ones, each with its position and a delete box."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "顺序"
        form.fields["DELETE"].label = "删除这一条"

    def entries(self) -> list[Mapping[str, str]]:
        """Return the entries in the chosen order, without deleted ones."""
        return [form.cleaned_data for form in self.kept()]

    def kept(self) -> list[forms.Form]:
        """Return the forms of `entries`."""
        return [form for form in self.ordered_forms if form.has_changed() or form.initial]


def entry_set(section: Section, data: Mapping[str, Any] | None, initial: Sequence[Mapping[str, Any]]) -> EntrySet:
    """Return the form set of a section."""
    fields = {
        column.name: forms.CharField(
            label=column.label,
            required=column.is_required,
            max_length=column.limit,
            help_text=column.hint,
            error_messages={"required": f"请填写{column.label}。", "max_length": f"最多 {column.limit} 字。"},
        )
        for column in section.columns
    }
    form = type("EntryForm", (forms.Form,), fields)
    kind = forms.formset_factory(
        form, formset=EntrySet, extra=BLANK, can_order=True, can_delete=True, max_num=section.most
    )
    return cast(EntrySet, kind(data, prefix="entry", initial=initial))
