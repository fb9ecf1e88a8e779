"""Fields of the resume's forms: months, places, occupations as people write them, and conflicting edits."""

from datetime import date
from typing import Any

from django import forms

from jiuye.design.widgets import MonthInput, RegionInput
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.merge import ChangedElsewhere

MONTHS = ["%Y-%m", "%Y.%m", "%Y/%m", "%Y年%m月", "%Y%m", "%Y-%m-%d"]


class MonthField(forms.DateField):
    """A month, represented by its first day. Typed in any usual way if the browser has no picker."""

    widget = MonthInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"]["invalid"] = "请按“年-月”填写，例如 2021-09。"
        super().__init__(input_formats=MONTHS, **kwargs)

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        return found.replace(day=1) if found else None


class RegionField(forms.CharField):
    """A division: its code from the picker, or its name as people write it."""

    widget = RegionInput

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text or reference.has_region(text):
            return text
        found = reference.find_region(text)
        if found is None or found.rest:
            raise forms.ValidationError("没有认出这个地区，请写到市或区县，例如“四川省成都市武侯区”。")
        return found.code


class OccupationField(forms.CharField):
    """An occupation by its name or a usual title; cleans to its code."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text or reference.has_occupation(text):
            return text
        found = reference.search_occupations(text, 1)
        if not found:
            raise forms.ValidationError("没有认出这个职业，请换一种说法，或留空。")
        return found[0].code


class ResumeForm(forms.Form):
    """A form whose fields may have been changed elsewhere meanwhile: `elsewhere` names them after submission."""

    elsewhere: ChangedElsewhere | None = None

    def stands_elsewhere(self) -> list[tuple[str, str]]:
        """Return label and text of the stored values of conflicting fields."""
        if self.elsewhere is None:
            return []
        return [(str(self.fields[name].label), self._shown(name)) for name in self.elsewhere.names]

    def _shown(self, name: str) -> str:
        value = self.elsewhere.stored[name] if self.elsewhere else ""
        field = self.fields[name]
        if value is None or value == "":
            return "（空着）"
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        if isinstance(field, RegionField):
            return reference.full_name(value)
        if isinstance(field, OccupationField):
            return reference.occupation(value).name
        return f"{value:%Y-%m}" if isinstance(value, date) else str(value)
