"""The form for notification preferences: a checkbox per group and channel, and quiet hours."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from jiuye.notifications.kinds import Group, Way, groups
from jiuye.notifications.preferences import LONGEST_QUIET
from jiuye.notifications.wishes import QuietHours, Wishes

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]
_NIGHT = QuietHours(22, 8)


class WishesForm(forms.Form):
    """One checkbox per group and channel; the fields are named group-way."""

    quiet = forms.ChoiceField(
        label="勿扰时段",
        choices=[("on", "到了勿扰时段，短信等到结束后再发"), ("off", "不设勿扰，短信随时发")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择要不要设勿扰时段。", "invalid_choice": "请从两项里选一项。"},
    )
    quiet_from = forms.TypedChoiceField(
        label="从",
        choices=HOURS,
        coerce=int,
        error_messages={"invalid_choice": "请从列表里选开始的钟点。", "required": "请选开始的钟点。"},
    )
    quiet_until = forms.TypedChoiceField(
        label="到",
        choices=HOURS,
        coerce=int,
        error_messages={"invalid_choice": "请从列表里选结束的钟点。", "required": "请选结束的钟点。"},
    )

    def __init__(self, data: Any = None, *, wishes: Wishes, of_staff: bool) -> None:
        self.groups = groups(of_staff=of_staff)
        hours = wishes.quiet or _NIGHT
        initial: dict[str, object] = {
            "quiet": "on" if wishes.quiet else "off",
            "quiet_from": hours.begin,
            "quiet_until": hours.end,
        }
        initial |= {_name(group, way): wishes.wants(group, way) for group, way in self._switches()}
        super().__init__(data, initial=initial)
        for group, way in self._switches():
            label = f"{group.label}：{way.label}"
            self.fields[_name(group, way)] = forms.BooleanField(label=label, required=False)

    def rows(self) -> Iterator[tuple[Group, BoundField | None, BoundField | None]]:
        """Yield each group with its checkboxes for the centre and for text messages; None where there is no choice."""
        for group in self.groups:
            boxes = {way: self[_name(group, way)] for way in group.switches}
            yield group, boxes.get(Way.CENTRE), boxes.get(Way.SMS)

    def on(self) -> Sequence[tuple[str, str]]:
        """Return the ticked checkboxes as (group, channel)."""
        return [(group.code, way.value) for group, way in self._switches() if self.cleaned_data[_name(group, way)]]

    def quiet_hours(self) -> QuietHours | None:
        """Return the quiet hours; None if there are none."""
        if self.cleaned_data["quiet"] == "off":
            return None
        return QuietHours(self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"])

    @property
    def longest(self) -> int:
        """The maximum number of quiet hours."""
        return LONGEST_QUIET

    def _switches(self) -> Iterator[tuple[Group, Way]]:
        for group in self.groups:
            for way in group.switches:
                yield group, way


def _name(group: Group, way: Way) -> str:
    return f"{group.code}-{way.value}"
