"""Forms about webhooks. The actions hold the rules; the forms only parse."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from jiuye.design.widgets import NEVER_KEPT, DateTimeInput
from jiuye.kernel import clock
from jiuye.webhooks import catalogue
from jiuye.webhooks.queries import ClientChoice

GROUPS = {
    "job": "职位",
    "application": "投递",
    "interview": "面试",
    "onboarding": "入职通知",
    "outcome": "入职结果",
    "consent": "同意的撤回",
    "resume": "简历的删除",
    "affiliation": "关联企业",
    "fair": "招聘会",
    "review": "评价",
    "qualification": "资质",
    "member": "成员",
    "import": "批量导入",
    "sanction": "处置",
    "quota": "接口限额",
}
"""Groups of types that people choose from, with their names."""
OVERLAPS = {"24": "24 小时", "168": "7 天", "720": "30 天", "0": "马上停用（密钥可能已经泄露）"}


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all types with their labels, grouped for a select."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in catalogue.TYPES.values():
        grouped.setdefault(GROUPS.get(one.group, "试推送"), []).append((one.name, f"{one.label}（{one.name}）"))
    return list(grouped.items())


class EndpointForm(forms.Form):
    """Where to send what."""

    url = forms.CharField(
        label="网址",
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://hr.example.com/hooks", "spellcheck": "false"}),
        help_text="您的系统接收推送的地址，https 开头，能从公网访问。",
        error_messages={"required": "请填写网址，如 https://hr.example.com/hooks。"},
    )
    types = forms.MultipleChoiceField(
        label="推送哪些事件",
        required=False,
        choices=[(f"{name}.*", label) for name, label in GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="一个都不勾就是全部，以后新增的也包括。",
    )
    description = forms.CharField(
        label="说明", max_length=100, required=False, help_text="给自己和同事看，例如“人事系统”。"
    )


class NewEndpointForm(EndpointForm):
    """Whose events: those of the live data, or of the test data of a client."""

    source = forms.ChoiceField(
        label="推送谁的事件",
        widget=forms.RadioSelect,
        help_text="创建后不能更改。",
        error_messages={"required": "请选择推送谁的事件。"},
    )
    field_order = ("url", "source", "types", "description")

    def __init__(self, *args: Any, clients: list[ClientChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        tests = [(str(one.id), f"测试客户端“{one.name}”的测试数据") for one in clients]
        field.choices = [("live", "本机构的正式数据"), *tests]

    def given(self) -> dict[str, Any]:
        """Return the cleaned input for the action."""
        found = dict(self.cleaned_data)
        source = found.pop("source")
        return found | ({"mode": "live"} if source == "live" else {"mode": "test", "client_id": UUID(source)})


class ReplaceForm(forms.Form):
    """Until when the present secret goes on signing."""

    overlap_hours = forms.ChoiceField(
        label="旧密钥还并用多久",
        choices=list(OVERLAPS.items()),
        widget=forms.RadioSelect,
        initial="24",
        help_text="这段时间里每条推送带两个签名，任何一个对得上即可，您可以不停机地换上新的。",
    )

    def overlap(self) -> timedelta:
        """Return it as a duration."""
        return timedelta(hours=int(self.cleaned_data["overlap_hours"]))


class TestForm(forms.Form):
    """The type of a test event."""

    __test__ = False  # no test class

    type = forms.ChoiceField(label="事件", choices=type_choices, initial="webhook.test")


class ReplayForm(forms.Form):
    """A range of messages to send again."""

    since = forms.DateTimeField(
        label="从", widget=DateTimeInput, error_messages={"required": "请选择开始时间。", "invalid": "请选择时间。"}
    )
    until = forms.DateTimeField(
        label="到", widget=DateTimeInput, error_messages={"required": "请选择结束时间。", "invalid": "请选择时间。"}
    )
    types = forms.MultipleChoiceField(
        label="哪些事件",
        required=False,
        choices=[(f"{name}.*", label) for name, label in GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="一个都不勾就是全部。",
    )
    only_failed = forms.BooleanField(label="只重发没有送达的", required=False, initial=True)

    @staticmethod
    def usual() -> dict[str, Any]:
        """Return what is filled in at first: the last day."""
        moment = clock.local(clock.real_now()).replace(second=0, microsecond=0)
        return {
            "since": moment - timedelta(days=1),
            "until": moment + timedelta(minutes=1),
            "only_failed": True,
        }


class VerifyForm(forms.Form):
    """A delivery as it was received."""

    endpoint = forms.ChoiceField(label="推送地址", required=False)
    secret = forms.CharField(
        label="密钥",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **NEVER_KEPT}),
        help_text="要核对别的密钥时填，whsec_ 或 whpk_ 开头。不会保存。",
    )
    headers = forms.CharField(
        label="请求头",
        max_length=4000,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "spellcheck": "false",
                "placeholder": "webhook-id: msg_…\nwebhook-timestamp: 1764400000\nwebhook-signature: v1,…",
            }
        ),
        help_text="三行，从您的日志里原样复制。",
        error_messages={"required": "请贴三行请求头：webhook-id、webhook-timestamp、webhook-signature。"},
    )
    body = forms.CharField(
        label="内容",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="一个字符也不要改，不要重新排版。",
        error_messages={"required": "请贴收到的内容。"},
    )

    def __init__(self, *args: Any, endpoints: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["endpoint"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", "不用，我在下面填密钥"), *endpoints]

    def header_lines(self) -> dict[str, str]:
        """Return the headers by their names."""
        lines = (line.partition(":") for line in self.cleaned_data["headers"].splitlines())
        return {name.strip(): value.strip() for name, colon, value in lines if colon}
