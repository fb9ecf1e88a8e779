"""A decision on all open reports of one subject."""

from typing import Any, cast

from django import forms

from jiuye.domains.reports.queries import ANSWER_LIMIT
from jiuye.portals.operator.reports.subjects import Subject


class DecisionForm(forms.Form):
    """The decision, for everybody concerned; `through` names the latest report on the page."""

    verdict = forms.ChoiceField(
        label="核查结果", widget=forms.RadioSelect, error_messages={"required": "请选择核查结果。"}
    )
    answer = forms.CharField(
        label="说明",
        max_length=ANSWER_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": ANSWER_LIMIT}),
        error_messages={"required": "请写明核查了什么、结果怎样。"},
    )
    through = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "请刷新页面后再提交。"})

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["verdict"]).choices = subject.verdicts
        self.fields["answer"].help_text = subject.answer_hint
