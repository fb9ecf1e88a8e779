"""The form of a saved search."""

from django import forms

from jiuye.alerts.actions import LONGEST_NAME
from jiuye.alerts.states import Frequency


class SavedSearchForm(forms.Form):
    """Its name and frequency."""

    name = forms.CharField(label="名字", max_length=LONGEST_NAME, error_messages={"required": "请给这个搜索起个名字。"})
    frequency = forms.ChoiceField(
        label="有新职位时提醒我",
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择多久提醒一次。", "invalid_choice": "请从给出的选项中选择。"},
    )
    by_sms = forms.BooleanField(label="同时发短信（每天最多一条，可一键退订）", required=False)
