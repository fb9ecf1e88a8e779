"""The appeal."""

from django import forms

from jiuye.domains.sanctions.queries import APPEAL_LIMIT, MOST_FILES
from jiuye.portals.uploads import FilesField, FilesInput


class AppealForm(forms.Form):
    """Why the sanction is wrong, with files."""

    text = forms.CharField(
        label="申诉理由",
        max_length=APPEAL_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": APPEAL_LIMIT}),
        help_text="哪里与事实不符、已经怎样改正。请不要写求职者的电话和证件号。",
        error_messages={
            "required": "请写明您认为哪里不对，并说明事实和理由。",
            "max_length": f"最多 {APPEAL_LIMIT} 字，请写短一些。",
        },
    )
    attachments = FilesField(
        label="证明材料",
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=f"最多 {MOST_FILES} 个，每个不超过 10 MB，JPG、PNG、WebP 图片或 PDF。",
    )
