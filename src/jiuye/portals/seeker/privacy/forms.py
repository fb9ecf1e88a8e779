"""Forms for the resume's visibility."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from jiuye.design.widgets import RegionInput
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.queries import (
    MOST_PLACES,
    WHOLE_COUNTRY,
    VisibilityView,
    fault_of_place,
    place_name,
)
from jiuye.domains.resumes.states import VisibilityLevel


class VisibilityForm(forms.Form):
    """The three choices, the places of the second, and the consent to it.

    A place is typed or picked in `add`; it counts when the form is submitted, and is among `places` when it is
    rendered again.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = forms.ChoiceField(
        label="谁可以看到您的简历",
        choices=VisibilityLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一项。", "invalid_choice": "请选择列出的一项。"},
    )
    places = forms.MultipleChoiceField(
        label="地区",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有找到这个地区，请在列表里选择省或市。"},
    )
    add = forms.CharField(
        label="添加地区",
        required=False,
        max_length=60,
        widget=RegionInput(attrs={"placeholder": "如：四川省，或成都市"}),
        error_messages={"max_length": "请只写一个省或市的名称。"},
    )
    consent = forms.BooleanField(
        label="我同意让所选地区的职介看到我的简历，不含全名、电话、邮箱、照片、出生年份和证书编号；随时可以撤回",
        required=False,
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, view: VisibilityView) -> None:
        self._view = view
        shown: dict[str, Any] = {
            "version": view.version,
            "level": view.level,
            "places": [code for code, _ in view.places],
        }
        super().__init__(data, initial=shown)
        # Any value may be chosen here: `clean` and the action report invalid ones at the field.
        given = data.getlist("places") if isinstance(data, QueryDict) else []
        known = [code for code in given if code == WHOLE_COUNTRY or reference.has_region(code)]
        codes = dict.fromkeys([WHOLE_COUNTRY, *shown["places"], *known[: 2 * MOST_PLACES]])
        cast(forms.MultipleChoiceField, self.fields["places"]).choices = [(code, place_name(code)) for code in codes]

    def clean_add(self) -> str:
        """Return the code of the typed or picked place; "" for none."""
        text = str(self.cleaned_data["add"]).strip()
        if not text:
            return ""
        code = text
        if not reference.has_region(text):
            found = reference.find_region(text)
            if found is None or found.rest:
                raise forms.ValidationError("没有认出这个地区，请写省或市的名称，例如“四川省”“成都市”。")
            code = found.code
        if fault := fault_of_place(code):
            raise forms.ValidationError(fault)
        return code

    def chosen(self) -> list[str]:
        """Return the ticked codes and the added one."""
        return [*self.cleaned_data["places"], *filter(None, [self.cleaned_data.get("add", "")])]

    def with_added(self) -> "VisibilityForm":
        """Return the form with the added place among the ticked ones."""
        data = cast(QueryDict, self.data).copy()
        data.setlist("places", list(dict.fromkeys(self.chosen())))
        data["add"] = ""
        return VisibilityForm(data, view=self._view)


class NameForm(forms.Form):
    """An organisation's name: the present employer in the resume."""

    name = forms.CharField(max_length=100)
