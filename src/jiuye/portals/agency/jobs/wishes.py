"""The form of an answer to an employer's wish for a change of a posting."""

from django import forms

from jiuye.domains.jobs.actions import WISH_LIMIT


class AnswerForm(forms.Form):
    """What was changed, or why not."""

    answer = forms.CharField(
        label="答复",
        required=False,
        max_length=WISH_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": WISH_LIMIT}),
        help_text="不修改时必填，企业会看到。",
        error_messages={"max_length": f"最多 {WISH_LIMIT} 个字，请写短一些。"},
    )
