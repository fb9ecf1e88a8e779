"""What a template needs to draw a Django form field: its kind, ids, options, hint, errors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from jiuye.design.widgets import CodeInput, RegionInput

Choice = tuple[str, str | Sequence[tuple[str, str]]]
"""A value with its label, or a group's label with its choices."""

GROUPS = frozenset({"radios", "checkboxes"})


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox of a group."""

    id: str
    name: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Control:
    """A field ready to be drawn. `kind`: text, textarea, select, radios, checkboxes, checkbox, file, code, region, hidden."""

    kind: str
    id: str
    base: str
    name: str
    label: str
    value: object
    required: bool
    hint: str
    errors: list[str]
    described_by: str
    limit: int | None
    html: SafeString
    options: list[Option] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Whether it is several inputs under one question, drawn as fieldset and legend."""
        return self.kind in GROUPS

    @property
    def target(self) -> str:
        """The target of a link in the error summary: the input, or a group's fieldset."""
        return self.base if self.is_group else self.id


def set_choices(form: forms.BaseForm, name: str, choices: Sequence[Choice]) -> None:
    """Set the choices of the choice field `name`, where only the form's instance knows them."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def kind_of(widget: forms.Widget) -> str:
    """Return the kind of control for a widget; the order matters for subclasses."""
    kinds: list[tuple[type[forms.Widget], str]] = [
        (RegionInput, "region"),
        (CodeInput, "code"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
        (forms.HiddenInput, "hidden"),
    ]
    return next((kind for one, kind in kinds if isinstance(widget, one)), "text")


def _options(bound: BoundField) -> list[Option]:
    return [
        Option(
            id=str(one.data["attrs"].get("id", "")),
            name=str(one.data["name"]),
            value=str(one.data["value"]),
            label=str(one.data["label"]),
            checked=bool(one.data["selected"]),
        )
        for one in bound.subwidgets
        if str(one.data["value"])
    ]


def _kept(widget: forms.Widget) -> forms.Widget | None:
    """Use a text input with a numeric keyboard for numbers: `type=number` drops what it cannot read as one."""
    if not isinstance(widget, forms.NumberInput):
        return None
    attrs = {name: value for name, value in widget.attrs.items() if name not in {"min", "max", "step"}}
    return forms.TextInput({"inputmode": "decimal" if widget.attrs.get("step") else "numeric", **attrs})


def describe(bound: BoundField, hint: str | None = None, label: str | None = None, **attributes: object) -> Control:
    """Return a bound Django field as a `Control`; `attributes` go to the input (`inputmode="numeric"`, `data_wait=60`)."""
    kind = kind_of(bound.field.widget)
    hint = str(bound.help_text or "") if hint is None else hint
    errors = [str(error) for error in bound.errors]
    base = bound.auto_id or bound.html_name
    limit = bound.field.widget.attrs.get("maxlength") if kind == "textarea" else None
    notes = {"hint": hint, "error": errors, "count": limit}
    described = " ".join(f"{base}-{name}" for name, there in notes.items() if there)
    given: dict[str, Any] = {name.replace("_", "-"): value for name, value in attributes.items()}
    if described:
        given["aria-describedby"] = described
    return Control(
        kind=kind,
        id=bound.id_for_label or base,
        base=base,
        name=bound.html_name,
        label=str(bound.label if label is None else label),
        value=bound.value(),
        required=bound.field.required,
        hint=hint,
        errors=errors,
        described_by=described,
        limit=int(limit) if limit else None,
        html=SafeString("") if kind in GROUPS else bound.as_widget(widget=_kept(bound.field.widget), attrs=given),
        options=_options(bound) if kind in GROUPS else [],
    )
