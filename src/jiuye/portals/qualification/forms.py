"""The form of one item: its fields as the requirement lists them. The domain checks the values."""

from collections.abc import Mapping
from typing import Any

from django import forms

from jiuye.design.widgets import DateInput
from jiuye.domains.qualifications.queries import ItemView
from jiuye.domains.qualifications.requirements import LONG_TERM

LONG = "_is_long_term"
"""Suffix of the box 长期 beside a date that may have no end."""


class ItemForm(forms.Form):
    """The facts of an item. Empty and wrong values are said by the domain, beside the field."""

    def __init__(self, data: Mapping[str, Any] | None, item: ItemView) -> None:
        super().__init__(data, initial=_initial(item.facts))
        self.item = item
        for one in item.requirement.fields:
            self.fields[one.name] = forms.CharField(
                label=one.label, required=False, help_text=one.hint, widget=_widget(one.kind, one.limit)
            )
            if one.kind == "date_or_long_term":
                self.fields[one.name + LONG] = forms.BooleanField(label="长期有效", required=False)

    def values(self) -> dict[str, str]:
        """Return the typed values for the action."""
        given = self.cleaned_data
        return {
            one.name: LONG_TERM if given.get(one.name + LONG) else given[one.name]
            for one in self.item.requirement.fields
        }

    def filled(self, name: str) -> "ItemForm":
        """Return an unbound form with what was typed, and with a suggestion in the field `name`; nothing is saved."""
        self.is_valid()
        suggestion = self.item.suggestions.get(name)
        form = ItemForm(None, self.item)
        form.initial = dict(self.cleaned_data)
        if suggestion:
            form.initial |= _initial({name: suggestion.value})
        return form

    def blame(self, faults: Mapping[str, str]) -> None:
        """Add each fault to its field; those of files and ways are said elsewhere on the page."""
        for name, message in faults.items():
            if name in self.fields:
                self.add_error(name, message)


def _initial(facts: Mapping[str, str]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for name, value in facts.items():
        initial |= {name: "", name + LONG: True} if value == LONG_TERM else {name: value}
    return initial


def _widget(kind: str, limit: int) -> forms.Widget:
    if kind in ("date", "date_or_long_term"):
        return DateInput()
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": 4, "maxlength": limit})
    plain = {"autocomplete": "off", "spellcheck": "false"} if kind in ("credit_code", "licence_number") else {}
    return forms.TextInput(attrs={"maxlength": limit + 10, **plain})
