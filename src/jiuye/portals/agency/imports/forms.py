"""An agency's forms for importing a sheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from jiuye.domains.jobs.queries import imports

LONG_TEXT = frozenset({"duties", "requirements", "working_conditions"})
SUGGESTED = {"valid_through": "30天"}
HINTS = {
    "valid_through": "一个日期，或从导入日算起的天数，如“30天”；最长 180 天。",
    "employer_name": "整张表为同一家单位招聘时填写；为本机构招聘时写本机构全称。",
    "duties": "只在各行都适用时填写；逐行不同的请写在表格里。",
    "requirements": "表格里有学历、经验或技能的行会据此自动写出，不必填。",
    "region": "如“江苏省苏州市昆山市”。",
}


class UploadForm(forms.Form):
    """The sheet."""

    file = forms.FileField(
        label="职位表格",
        help_text="支持 .xlsx、.xls、.csv，最大 20 MB、100,000 行。",
        error_messages={"required": "请选择要导入的表格。", "empty": "文件是空的，请检查后重新选择。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


UNKNOWN = "unknown"


class MappingForm(forms.Form):
    """Column mapping, defaults and choices for all rows.

    Fields: `column_<n>`, `unit_<code>` for pay columns whose unit nothing says, `default_<code>`, `split_places`,
    `whole_description`, `publish`. A column chosen to be pay only now is asked for on the next page.
    """

    split_places = forms.BooleanField(
        label="一行写了几个工作地点时，每个地点发一个职位",
        required=False,
        help_text="如“苏州、上海”会成为两个职位。不勾选则存为草稿，由您选一个地点。",
    )
    whole_description = forms.BooleanField(
        label="职位描述没有分“职责”“要求”时，整段同时作为工作内容和招聘条件",
        required=False,
        help_text="有小标题的描述总会按小标题分开。不勾选则整段作为工作内容。",
    )

    publish = forms.BooleanField(
        label="内容齐全的职位导入后立即发布",
        required=False,
        help_text="缺内容的行存为草稿，并说明缺什么。不勾选则全部存为草稿。",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        columns: Sequence[imports.Column],
        defaults: Mapping[str, str],
        publish: bool,
        choices: imports.Choices,
        remembered: Mapping[str, str],
    ) -> None:
        initial = {
            "publish": publish,
            "split_places": choices.split_places,
            "whole_description": choices.whole_description,
        }
        super().__init__(data, initial=initial)
        self.columns = columns
        self.remembered = remembered
        meanings = [("", "不导入"), *((field.code, field.label) for field in imports.sheet_fields())]
        for column in columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.header, choices=meanings, required=False, initial=column.field
            )
        for field in imports.defaultable_fields():
            label = f"{field.label}（发布必备）" if field.legal else field.label
            self.fields[f"default_{field.code}"] = _default_field(field.code, label, {**remembered, **defaults})
        for code, column in self._without_unit():
            self.fields[f"unit_{code}"] = _unit_field(column)

    def _without_unit(self) -> list[tuple[str, imports.Column]]:
        """Return the pay columns, as chosen, whose unit is to be asked, with their fields."""
        if self.is_bound:
            chosen = [(self.data.get(f"column_{column.index}", ""), column) for column in self.columns]
        else:
            chosen = [(column.field, column) for column in self.columns]
        return [(code, column) for code, column in chosen if imports.is_pay(code) and column.asks_unit]

    def unit_names(self) -> list[str]:
        """Return the names of the units that are asked."""
        return [name for name in self.fields if name.startswith("unit_")]

    def has_description(self) -> bool:
        """Return whether a column is mapped to the description."""
        return any(column.field == "description" for column in self.columns)

    def choices(self) -> imports.Choices:
        """Return the choices for all rows."""
        chosen = {name.removeprefix("unit_"): self.cleaned_data.get(name, "") for name in self.unit_names()}
        return imports.Choices(
            units={code: unit for code, unit in chosen.items() if unit and unit != UNKNOWN},
            split_places=self.cleaned_data["split_places"],
            whole_description=self.cleaned_data["whole_description"],
        )

    def default_names(self) -> tuple[list[str], list[str], list[str]]:
        """Return the names of the defaults without a guessed column, of those remembered for one that has, and of the rest."""
        mapped = {column.field for column in self.columns}
        codes = [field.code for field in imports.defaultable_fields()]
        lacking = [code for code in codes if code not in mapped]
        again = [code for code in codes if code in mapped and code in self.remembered]
        provided = [code for code in codes if code in mapped and code not in self.remembered]
        return tuple([f"default_{code}" for code in some] for some in (lacking, again, provided))  # type: ignore[return-value]

    def is_optional(self, name: str) -> bool:
        """Return whether a posting can be public without this default's field."""
        return not str(self.fields[name].label).endswith("（发布必备）")

    def has_errors_in(self, names: Sequence[str]) -> bool:
        return any(name in self.errors for name in names)

    def mapping(self) -> dict[str, int]:
        """Return field → column. If two columns have one field, `clean` reports the second."""
        chosen = ((self.cleaned_data.get(f"column_{column.index}"), column.index) for column in self.columns)
        return {code: index for code, index in chosen if code}

    def defaults(self) -> dict[str, str]:
        """Return field → text."""
        found = {
            field.code: self.cleaned_data.get(f"default_{field.code}", "") for field in imports.defaultable_fields()
        }
        return {code: text for code, text in found.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for column in self.columns:
            code = cleaned.get(f"column_{column.index}")
            if not code:
                continue
            if code in taken:
                self.add_error(f"column_{column.index}", f"“{taken[code]}”列已选了同一含义，请把其中一列改为“不导入”。")
            taken.setdefault(code, column.header)
        return cleaned

    def take_faults(self, faults: Mapping[str, str]) -> None:
        """Attach the action's errors to their fields."""
        chosen = {code: f"column_{index}" for code, index in self.mapping().items()}
        for name, message in faults.items():
            self.add_error(name if name in self.fields else chosen.get(name), message)


def _unit_field(column: imports.Column) -> forms.ChoiceField:
    shown = "、".join(column.samples)
    return forms.ChoiceField(
        label=f"“{column.header}”里的 {shown} 是什么单位？",
        choices=[("", "请选择"), *imports.units(), (UNKNOWN, "说不准，看不出单位的行存为草稿")],
        initial=column.unit,
        error_messages={"required": "列名和内容都看不出单位，请选一个。"},
    )


def _default_field(code: str, label: str, defaults: Mapping[str, str]) -> forms.CharField:
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if code in LONG_TEXT else forms.TextInput()
    if choices := imports.choices_of(code):
        widget = forms.Select(choices=[("", "不填"), *((text, text) for text in choices)])
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000 if code in LONG_TEXT else 100,
        widget=widget,
        initial=defaults.get(code, ""),
        help_text=HINTS.get(code, ""),
    )
