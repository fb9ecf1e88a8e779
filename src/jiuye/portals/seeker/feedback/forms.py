"""Forms for feedback."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.datastructures import MultiValueDict

from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.feedback.queries import LONGEST, MOST_FILES
from jiuye.domains.feedback.states import Category
from jiuye.kernel.errors import ProductError
from jiuye.portals.uploads import FilesField, FilesInput


class FeedbackForm(forms.Form):
    """The base of the forms here. `status` is the HTTP status of a response that shows the form with its errors; `refusal` what
    the domain refused as a whole.
    """

    status = 422
    refusal: ProductError | None = None


class AskForm(FeedbackForm):
    """New feedback. `submission` identifies this form, so that pressing twice sends once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    category = forms.ChoiceField(
        label="关于什么",
        choices=[("", "请选择"), *Category.choices],
        error_messages={"required": "请选择一个类别。", "invalid_choice": "请从列表中选择。"},
    )
    text = forms.CharField(
        label="请说说情况",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}),
        help_text="在哪一步、看到什么、希望怎样。请不要写身份证号、验证码。",
        error_messages={"required": "请写下要反馈的内容。", "max_length": f"请不要超过 {LONGEST} 个字。"},
    )
    attachments = FilesField(
        label="截图或材料",
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=f"最多 {MOST_FILES} 个，每个不超过 10 MB，JPG、PNG、WebP 图片或 PDF。图片里的拍摄位置等信息会自动去掉。",
    )
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=60,
        help_text="电话或邮箱，只在需要了解情况时使用，加密保存。",
        error_messages={"max_length": "联系方式请不要超过 60 个字。"},
    )

    def __init__(self, data: Any = None, files: "MultiValueDict[str, Any] | None" = None, **more: Any) -> None:
        super().__init__(data, files, initial={"submission": uuid4(), **more.pop("initial", {})}, **more)

    def clean_submission(self) -> UUID:
        """A form without an id gets a new one."""
        given: UUID | None = self.cleaned_data["submission"]
        return given or uuid4()


class LookUpForm(FeedbackForm):
    """Number and code of feedback without an account."""

    number = forms.CharField(
        label="反馈编号",
        max_length=20,
        error_messages={"required": "请填写编号，以 YJ 开头。", "max_length": "编号没有这么长，请核对。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", **NEVER_KEPT}
        ),
        error_messages={"required": "请填写提交成功时给出的 8 位查询码。", "max_length": "查询码是 8 位，请核对。"},
    )


class MoreForm(FeedbackForm):
    """A follow-up."""

    text = forms.CharField(
        label="补充或追问",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        error_messages={"required": "请写下要补充的内容。", "max_length": f"请不要超过 {LONGEST} 个字。"},
    )


STARS = [
    ("5", "5 星，很满意"),
    ("4", "4 星，满意"),
    ("3", "3 星，一般"),
    ("2", "2 星，不满意"),
    ("1", "1 星，很不满意"),
]


class RateForm(FeedbackForm):
    """A rating."""

    stars = forms.TypedChoiceField(
        label="您对答复满意吗",
        coerce=int,
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择 1 到 5 星。", "invalid_choice": "请选择 1 到 5 星。"},
    )
