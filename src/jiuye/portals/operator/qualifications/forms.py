"""The verdict form of a case: for each item a verdict, a canned reason and own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms

from jiuye.domains.qualifications.actions import NOTE_LIMIT, REASON_LIMIT, ItemVerdict
from jiuye.domains.qualifications.queries import ItemFile

_WORDS = 300


@dataclass(frozen=True)
class ItemFields:
    """An item with its three fields."""

    item: ItemFile
    verdict: forms.BoundField
    reason: forms.BoundField
    words: forms.BoundField


class VerdictForm(forms.Form):
    """`version`: of the case on the page on which the auditor decides."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "请刷新页面后再提交。"})
    reason = forms.CharField(
        label="给机构的话",
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": REASON_LIMIT}),
        help_text="退回时写在各项原因的前面。",
    )

    def __init__(self, items: Sequence[ItemFile], *args: Any, keeps_accepted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items = items
        for item in items:
            accepted = keeps_accepted and item.verdict == "accepted"
            self.fields[f"verdict-{item.kind}"] = forms.ChoiceField(
                label="结论",
                choices=[("accepted", "通过"), ("refused", "需补正")],
                widget=forms.RadioSelect,
                required=False,
                initial="accepted" if accepted else "",
            )
            self.fields[f"reason-{item.kind}"] = forms.ChoiceField(
                label="需补正的原因",
                choices=[("", "选择原因"), *((one.code, f"{one.label}：{one.text}") for one in item.reasons)],
                required=False,
            )
            self.fields[f"words-{item.kind}"] = forms.CharField(
                label="补充说明", required=False, max_length=_WORDS, widget=forms.TextInput(attrs={"maxlength": _WORDS})
            )

    def rows(self) -> Iterator[ItemFields]:
        """Yield each item with its fields, in the form's order."""
        for item in self._items:
            yield ItemFields(
                item, self[f"verdict-{item.kind}"], self[f"reason-{item.kind}"], self[f"words-{item.kind}"]
            )

    def stated(self) -> dict[str, ItemVerdict]:
        """Return the verdicts of a valid form by kind of item."""
        given = self.cleaned_data
        return {
            item.kind: ItemVerdict(
                given[f"verdict-{item.kind}"] or "pending", given[f"reason-{item.kind}"], given[f"words-{item.kind}"]
            )
            for item in self._items
        }

    def add_faults(self, faults: dict[str, str]) -> None:
        """Put the action's faults to their fields."""
        for name, message in faults.items():
            field = f"verdict-{name}" if f"verdict-{name}" in self.fields else None
            self.add_error(field or ("reason" if name == "reason" else None), message)


class NoteForm(forms.Form):
    """A text that only operators see."""

    text = forms.CharField(
        label="内部备注",
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LIMIT}),
        help_text="只有运营人员能看到。",
        error_messages={"required": "请写下备注。"},
    )


class ComplaintForm(NoteForm):
    """What was complained of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.CharField, self.fields["text"])
        field.label = "投诉了什么"
        field.error_messages["required"] = "请写明投诉的内容和来源。"


class ReverseForm(forms.Form):
    """The reason of a reversal, for the organisation."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "请刷新页面后再提交。"})
    reason = forms.CharField(
        label="撤销的原因",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": REASON_LIMIT}),
        help_text="机构会看到：查明了什么、依据是什么、怎样重新提交或申诉。",
        error_messages={"required": "请写明撤销的原因。"},
    )
