"""Forms about API clients. The actions hold the rules; the forms only parse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms

from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.clients.states import RESOURCES, Mode, Scope
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id

_DAY = timedelta(days=1)
LASTING = {"": ("长期有效，直到停用", None), "90": ("90 天", 90 * _DAY), "365": ("一年", 365 * _DAY)}
OVERLAPS = {
    "1": ("24 小时后", _DAY),
    "7": ("7 天后", 7 * _DAY),
    "0": ("马上停用（密钥可能已经泄露）", timedelta()),
    "": ("不变，两个都继续有效", None),
}


class NetworksField(forms.CharField):
    """Addresses, one a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the lines."""
        return (super().to_python(value) or "").replace("，", "\n").replace(",", "\n").split("\n")

    def prepare_value(self, value: Any) -> Any:
        """Return what is shown in the field."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class ClientForm(forms.Form):
    """What a client is called and may do."""

    name = forms.CharField(
        label="名称",
        max_length=60,
        help_text="写出是哪个系统，例如“人事系统”。求职者和本机构的同事会看到“经接口（人事系统）”。",
        error_messages={"required": "请填写名称，例如“人事系统”。"},
    )
    scopes = forms.MultipleChoiceField(
        label="权限",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="只勾选用得到的。以后可以修改，15 秒内生效。",
        error_messages={"required": "请至少选择一项权限。"},
    )
    networks = NetworksField(
        label="地址名单",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "203.0.113.7\n203.0.113.0/24"}),
        help_text="只有这些地址能使用，每行一个地址或网段。留空则不限制。",
    )


class NewClientForm(ClientForm):
    """A client's mode is chosen once."""

    mode = forms.ChoiceField(
        label="模式",
        choices=[
            (Mode.TEST, "测试：有自己的一份测试数据，不发短信，不被搜索到，可以随便试"),
            (Mode.LIVE, "正式：读写本机构的真实数据"),
        ],
        widget=forms.RadioSelect,
        help_text="创建后不能更改。建议先用测试模式接通，再创建正式的。",
        error_messages={"required": "请选择正式或测试。"},
    )
    field_order = ("name", "mode", "scopes", "networks")


class CredentialForm(forms.Form):
    """How long a new credential lasts, and until when the present ones do (only while there are any)."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    lasts = forms.ChoiceField(
        label="有效期", required=False, choices=[(key, label) for key, (label, _) in LASTING.items()]
    )
    others_end = forms.ChoiceField(
        label="现在有效的那个何时失效",
        required=False,
        choices=[(key, label) for key, (label, _) in OVERLAPS.items()],
        widget=forms.RadioSelect,
        help_text="在这之前两个都能用，您可以不停机地换上新的。",
    )

    def __init__(self, *args: Any, live: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if live == 0:
            del self.fields["others_end"]
        else:
            self.fields["others_end"].initial = "1"

    def given(self) -> dict[str, Any]:
        """Return the cleaned input for the actions."""
        lasts = LASTING[self.cleaned_data["lasts"]][1]
        return {
            "expires_at": clock.real_now() + lasts if lasts else None,
            "others_end_in": OVERLAPS[self.cleaned_data.get("others_end", "")][1],
        }


class PublicKeyForm(CredentialForm):
    """A public key, by which the client signs instead of sending a secret."""

    public_key = forms.CharField(
        label="公钥",
        max_length=6000,
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "spellcheck": "false",
                "autocomplete": "off",
                "placeholder": "-----BEGIN PUBLIC KEY-----",
                **NEVER_KEPT,
            }
        ),
        help_text="PEM 或 JWK 的全文，P-256、Ed25519 或 2048 位以上的 RSA。私钥留在您的系统里，不要贴到任何地方。",
        error_messages={"required": "请贴公钥的全文。"},
    )
    field_order = ("form_id", "public_key", "lasts", "others_end")


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A resource with its boxes, as (verb, scope, label, is ticked)."""

    label: str
    boxes: Sequence[tuple[str, str, str, bool]]


def scope_rows(form: ClientForm) -> list[ScopeRow]:
    """Return the scopes grouped by resource, as the form has them ticked."""
    ticked = {str(one) for one in form["scopes"].value() or ()}
    labels = dict(Scope.choices)
    return [
        ScopeRow(
            label,
            [_box(f"{name}:{verb}", verb, labels, ticked) for verb in ("read", "write") if f"{name}:{verb}" in labels],
        )
        for name, label in RESOURCES.items()
    ]


def _box(scope: str, verb: str, labels: dict[str, Any], ticked: set[str]) -> tuple[str, str, str, bool]:
    return verb, scope, str(labels[scope]), scope in ticked
