"""The form for reporting a posting."""

from django import forms

from jiuye.domains.reports.queries import CONTACT_LIMIT, TEXT_LIMIT
from jiuye.domains.reports.states import Reason


class ReportForm(forms.Form):
    """One reason, the facts, and a contact for questions."""

    reason = forms.ChoiceField(
        label="举报原因",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择举报原因。", "invalid_choice": "请从给出的原因中选择。"},
    )
    text = forms.CharField(
        label="具体情况",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": TEXT_LIMIT}),
        help_text="什么时候、对方怎么说、收了什么费用。写得越具体，核查越快。",
        error_messages={"max_length": f"最多 {TEXT_LIMIT} 字，请写短一些。"},
    )
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=CONTACT_LIMIT,
        help_text="需要向您了解情况时使用，只有平台审核员能看到。",
        error_messages={"max_length": f"最多 {CONTACT_LIMIT} 字。"},
    )
