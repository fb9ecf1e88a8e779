"""The forms of applying and answering."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django import forms

from jiuye.design.widgets import DateTimeInput
from jiuye.domains.applications.queries import Recipient

LONGEST_KEY = 64
_TOO_LONG = "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"
_CONSENT = "consent_"


def new_key() -> str:
    """Return a key by which a double click or retry is recognised as the same application."""
    return uuid4().hex


class ApplyForm(forms.Form):
    """Consent to each receiver and, for someone without a resume, a name and a wanted job."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY)
    name = forms.CharField(
        label="姓名",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "请填写姓名，招聘方才知道怎样称呼您。"},
    )
    title = forms.CharField(
        label="想找的工作",
        max_length=60,
        help_text="已按这个职位填好，可以改。之后可以随时在简历里补充更多经历。",
        error_messages={"required": "请填写想找的工作，例如“收银员”。"},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        recipients: Sequence[Recipient],
        quick_start: bool,
        name: str = "",
        title: str = "",
    ) -> None:
        super().__init__(data, initial={"key": new_key(), "name": name, "title": title[:60]})
        self.recipients = recipients
        for one in recipients:
            self.fields[f"{_CONSENT}{one.id}"] = forms.BooleanField(
                label=f"我同意将本简历提供给“{one.name}”，仅用于这次招聘",
                error_messages={"required": f"需要您同意提供给“{one.name}”才能投递；不同意则不会发出任何信息。"},
            )
        if not quick_start:
            del self.fields["name"], self.fields["title"]

    def leave_to_file(self, *, has_name: bool, has_wish: bool) -> None:
        """Ask for nothing that the uploaded resume says, which is confirmed with the application."""
        for name, is_there in (("name", has_name), ("title", has_wish)):
            if is_there:
                self.fields.pop(name, None)

    def consents(self) -> list[tuple[Recipient, forms.BoundField]]:
        """Return each receiver with its consent field."""
        return [(one, self[f"{_CONSENT}{one.id}"]) for one in self.recipients]


def consented_in(data: Mapping[str, str]) -> set[UUID]:
    """Return the ids of the receivers that were ticked; the action checks whether they are the right ones."""
    found = set()
    for field in data:
        if field.startswith(_CONSENT) and data[field]:
            try:
                found.add(UUID(field.removeprefix(_CONSENT)))
            except ValueError:
                continue
    return found


class AnswerForm(forms.Form):
    """An answer to an invitation or notice; `invitation` is the one shown on the page."""

    answer = forms.ChoiceField(
        choices=[("accept", "接受"), ("decline", "谢绝")],
        error_messages={"required": "请选择“接受”或“谢绝”。", "invalid_choice": "请选择“接受”或“谢绝”。"},
    )
    invitation = forms.UUIDField(required=False)
    note = forms.CharField(
        label="给对方留言",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        error_messages={"max_length": "留言最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"},
    )

    @property
    def accepts(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == "accept")


def _time(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=DateTimeInput,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "日期时间不完整，请重新选择。"},
    )


class AnotherTimeForm(forms.Form):
    """A request for another interview time, with a reason and proposals."""

    invitation = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        help_text="例如：当天已有别的面试。职介会看到。",
        error_messages={"required": "请写明原因，例如“当天已有安排”。", "max_length": _TOO_LONG},
    )
    first = _time("合适的时间")
    second = _time("或者")
    third = _time("或者")

    def times(self) -> list[datetime]:
        """Return the proposals that were filled in."""
        return [moment for name in ("first", "second", "third") if (moment := self.cleaned_data[name])]
