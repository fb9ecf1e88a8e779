"""What a seeker fills in when applying and answering."""

from uuid import uuid4

from django import forms


class ApplyForm(forms.Form):
    """Consent to each recipient, and, for someone without a resume, the two things that a first application needs."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label="姓名", max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    title = forms.CharField(
        label="想找的工作",
        max_length=60,
        required=False,
        help_text="例如：仓库管理员。之后可以随时在简历里补充更多经历。",
    )

    def __init__(self, *args: object, recipients: list[tuple[str, str]], quick_start: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.recipients = recipients
        self.quick_start = quick_start
        for identifier, name in recipients:
            self.fields[f"consent_{identifier}"] = forms.BooleanField(
                label=f"我同意将本简历提供给“{name}”，仅用于这次招聘",
                error_messages={"required": f"需要您同意提供给“{name}”才能投递；不同意则不会发出任何信息。"},
            )
        if quick_start:
            self.fields["name"].required = True
            self.fields["name"].error_messages["required"] = "请填写姓名，招聘方才知道怎样称呼您。"
            self.fields["title"].required = True
            self.fields["title"].error_messages["required"] = "请填写想找的工作，例如“收银员”。"
        else:
            del self.fields["name"], self.fields["title"]

    @staticmethod
    def new_key() -> str:
        """A key that makes a double click or a retry the same application."""
        return uuid4().hex

    def consents(self) -> list[forms.BoundField]:
        """The consent fields, one for each recipient."""
        return [self[f"consent_{identifier}"] for identifier, _ in self.recipients]


class AnswerForm(forms.Form):
    """An answer to an invitation or a notice."""

    answer = forms.ChoiceField(choices=[("accept", "接受"), ("decline", "谢绝")])
    invitation = forms.UUIDField(required=False)
    note = forms.CharField(max_length=300, required=False)
