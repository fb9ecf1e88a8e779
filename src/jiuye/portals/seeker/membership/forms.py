"""Forms of people who become members of an organisation."""

from django import forms

from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.organisations.actions import MEMBERSHIP_NOTE_LIMIT


def _name(*, is_needed: bool) -> forms.CharField:
    return forms.CharField(
        label="您的姓名",
        max_length=30,
        required=is_needed,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="同事会看到，请填写真实姓名。",
        error_messages={"required": "请填写您的真实姓名。"},
    )


class AcceptanceForm(forms.Form):
    """The name, for people whose account has none."""

    def __init__(self, *args: object, has_name: bool, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        if not has_name:
            self.fields["name"] = _name(is_needed=True)


class CodeForm(forms.Form):
    """The organisation's credit code."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", **NEVER_KEPT}),
        help_text="18 位，在营业执照或法人证书上。",
        error_messages={"required": "请填写 18 位统一社会信用代码。"},
    )


class RequestForm(AcceptanceForm):
    """Which of the organisations with this code, and why."""

    code = forms.CharField(max_length=30, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="加入哪一个", widget=forms.RadioSelect, error_messages={"required": "请选择要加入的机构。"}
    )
    note = forms.CharField(
        label="给管理员的说明",
        max_length=MEMBERSHIP_NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MEMBERSHIP_NOTE_LIMIT}),
        help_text="例如您的部门和职务，方便管理员认出您。",
        error_messages={"max_length": f"说明最多 {MEMBERSHIP_NOTE_LIMIT} 字，请写短一些。"},
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.order_fields(["kind", "name", "note"])
