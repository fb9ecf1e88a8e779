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


class MappingForm(forms.Form):
    """Column mapping and defaults. Fields: `column_<n>`, `default_<code>`, `publish`."""

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
    ) -> None:
        super().__init__(data, initial={"publish": publish})
        self.columns = columns
        meanings = [("", "不导入"), *((field.code, field.label) for field in imports.sheet_fields())]
        for column in columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.header, choices=meanings, required=False, initial=column.field
            )
        for field in imports.defaultable_fields():
            label = f"{field.label}（发布必备）" if field.legal else field.label
            self.fields[f"default_{field.code}"] = _default_field(field.code, label, defaults)

    def default_names(self) -> tuple[list[str], list[str]]:
        """Return the names of the defaults without a guessed column, and of the rest."""
        mapped = {column.field for column in self.columns}
        codes = [field.code for field in imports.defaultable_fields()]
        lacking, provided = [code for code in codes if code not in mapped], [code for code in codes if code in mapped]
        return [f"default_{code}" for code in lacking], [f"default_{code}" for code in provided]

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
