"""What every decision on reports asks for beside its verdict."""

from django import forms

from jiuye.domains.reports.queries import ANSWER_LIMIT


class ReportDecisionForm(forms.Form):
    """The words for those concerned; `through` names the latest report on the page. A feature adds its `verdict`."""

    field_order = ("verdict", "answer", "through")

    answer = forms.CharField(
        label="说明",
        max_length=ANSWER_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": ANSWER_LIMIT}),
        error_messages={"required": "请写明核查了什么、结果怎样。"},
    )
    through = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "请刷新页面后再提交。"})
