"""Forms for reviewing, and for reporting a review."""

from django import forms

from jiuye.domains.reviews.queries import MOST_TAGS, TEXT_LIMIT
from jiuye.domains.reviews.states import ReviewReason, Tag

STARS = [(5, "5 星，很满意"), (4, "4 星，满意"), (3, "3 星，一般"), (2, "2 星，不满意"), (1, "1 星，很不满意")]


class ReviewForm(forms.Form):
    """Stars, tags and text."""

    stars = forms.TypedChoiceField(
        label="总体评价",
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择 1 到 5 星。", "invalid_choice": "请选择 1 到 5 星。"},
    )
    tags = forms.MultipleChoiceField(
        label="印象",
        choices=Tag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"最多选 {MOST_TAGS} 个。",
        error_messages={"invalid_choice": "请从给出的标签中选择。"},
    )
    text = forms.CharField(
        label="经过和感受",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": TEXT_LIMIT}),
        help_text="所有人可见，请不要写姓名、电话、微信等个人信息。",
        error_messages={"max_length": f"最多 {TEXT_LIMIT} 字，请写短一些。"},
    )


class ReviewReportForm(forms.Form):
    """Why a review should be hidden."""

    reason = forms.ChoiceField(
        label="举报原因",
        choices=ReviewReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择举报原因。", "invalid_choice": "请从给出的原因中选择。"},
    )
    text = forms.CharField(
        label="具体情况",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": TEXT_LIMIT}),
        error_messages={"max_length": f"最多 {TEXT_LIMIT} 字，请写短一些。"},
    )
