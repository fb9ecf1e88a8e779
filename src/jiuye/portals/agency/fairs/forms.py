"""An agency's forms for a fair. The actions hold the rules; the forms only parse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from jiuye.design.controls import set_choices
from jiuye.design.widgets import DateTimeInput, RegionInput
from jiuye.domains.fairs.actions import (
    BOOTH_LIMIT,
    LIMITS,
    MOST_PLACES,
    PLAN_LIMIT,
    REASON_LIMIT,
    FairContent,
)
from jiuye.domains.fairs.queries import PLANS, FairDesk, Offer, Place
from jiuye.domains.fairs.states import FairMode
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.portals.editing import one_line

ALL, CHOSEN = "all", "chosen"
_HINTS = {
    "organising": "怎么布展、怎么引导、由谁负责。",
    "emergency": "医疗、疏散、恶劣天气怎么办。",
    "security": "入场安检、人流控制、现场保卫。",
}


def _moment(label: str, hint: str) -> forms.DateTimeField:
    errors = {"required": f"请选择{label}。", "invalid": "日期或时间不完整，请重新选择。"}
    return forms.DateTimeField(
        label=label,
        widget=DateTimeInput,
        help_text=hint,
        error_messages=errors,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class FairForm(forms.Form):
    """A fair's content, times and place."""

    title = one_line("招聘会名称", LIMITS["title"], "如“成都市制造业秋季专场招聘会”。", required=True)
    mode = forms.ChoiceField(
        label="形式", choices=FairMode.choices, widget=forms.RadioSelect, error_messages={"required": "请选择形式。"}
    )
    starts_at = _moment("开始时间", "北京时间。")
    ends_at = _moment("结束时间", "北京时间。")
    region = forms.CharField(
        label="举办地区",
        widget=RegionInput(attrs={"placeholder": "如：成都市武侯区"}),
        help_text="线上的填主办机构所在地。",
        error_messages={"required": "请选择举办地区。"},
    )
    place = one_line("地点", LIMITS["place"], "现场举办的必填，写到楼层，如“武侯区示范路1号零工市场一层大厅”。")
    route = one_line("怎么去", LIMITS["route"], "公交、地铁、停车、无障碍入口。")
    link = one_line("线上会场网址", LIMITS["link"], "线上举办的必填，以 https:// 开头。")
    host = one_line("主办单位", LIMITS["host"], "与本机构不同时填写。")
    capacity = forms.IntegerField(
        label="登记名额",
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text="最多多少人登记，不限请留空。",
        error_messages={
            "invalid": "请填整数，不限请留空。",
            "min_value": "请填 1 以上的整数，不限请留空。",
            "max_value": f"最多 {MOST_PLACES}。",
        },
    )
    introduction = forms.CharField(
        label="介绍",
        required=False,
        max_length=LIMITS["introduction"],
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LIMITS["introduction"]}),
        help_text="面向谁、有哪些服务（简历打印、职业指导……）、要不要带材料。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in PLANS.items():
            self.fields[f"plan_{key}"] = forms.CharField(
                label=label,
                required=False,
                max_length=PLAN_LIMIT,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": PLAN_LIMIT}),
                help_text=_HINTS[key],
                error_messages={"max_length": f"最多 {PLAN_LIMIT} 字。"},
            )

    def clean_region(self) -> str:
        """Return a code: chosen in the picker, or found from the typed text."""
        typed = str(self.cleaned_data["region"]).strip()
        if reference.has_region(typed):
            return typed
        found = reference.find_region(typed)
        if found is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请写到城市或区县，如“成都市武侯区”。")
        return found.code

    def content(self) -> FairContent:
        """Return the content of a valid form."""
        given = dict(self.cleaned_data)
        plans = {key: given.pop(f"plan_{key}") for key in PLANS}
        return FairContent(**given, plans=plans)

    @staticmethod
    def initial_of(fair: FairDesk) -> dict[str, Any]:
        """Return the form's initial values for a fair."""
        given: dict[str, Any] = {
            "title": fair.card.title,
            "starts_at": clock.local(fair.card.starts_at),
            "ends_at": clock.local(fair.card.ends_at),
            "place": fair.card.place,
        }
        given |= {
            name: getattr(fair, name)
            for name in ("mode", "region", "route", "link", "host", "capacity", "introduction")
        }
        return given | {f"plan_{key}": fair.plans.get(label, "") for key, label in PLANS.items()}


class EmployerForm(forms.Form):
    """Another employer at the fair."""

    name = forms.CharField(
        label="单位全称",
        max_length=100,
        help_text="从已合作的单位里选，或直接写新的，与营业执照一致。",
        widget=forms.TextInput(attrs={"list": "known-employers", "autocomplete": "off"}),
        error_messages={"required": "请填写单位的全称。", "max_length": "最多 100 字。"},
    )
    booth = forms.CharField(
        label="展位号",
        required=False,
        max_length=BOOTH_LIMIT,
        help_text="如 A01。",
        error_messages={"max_length": f"最多 {BOOTH_LIMIT} 字。"},
    )


class PlaceForm(forms.Form):
    """An employer's booth, and which of its jobs are shown."""

    booth = forms.CharField(
        label="展位号",
        required=False,
        max_length=BOOTH_LIMIT,
        error_messages={"max_length": f"最多 {BOOTH_LIMIT} 字。"},
    )
    which = forms.ChoiceField(
        label="展示哪些职位",
        choices=[(ALL, "全部在招职位，以后新发布的也展示"), (CHOSEN, "只展示下面勾选的")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择展示哪些职位。"},
    )
    postings = forms.MultipleChoiceField(label="职位", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, place: Place, offers: Sequence[Offer], data: Mapping[str, Any] | None) -> None:
        initial = {
            "booth": place.booth,
            "which": ALL if place.posting_ids is None else CHOSEN,
            "postings": [str(one.posting_id) for one in offers if one.is_shown],
        }
        super().__init__(data, initial=initial)
        set_choices(self, "postings", [(str(one.posting_id), one.title) for one in offers])


class CancelForm(forms.Form):
    """Why a fair is cancelled."""

    reason = forms.CharField(
        label="取消的原因",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": REASON_LIMIT}),
        help_text="已登记的求职者和参会单位会看到，如“场地检修，改期另行通知”。",
        error_messages={"required": "请写明取消的原因，已登记的人会看到。", "max_length": f"最多 {REASON_LIMIT} 字。"},
    )
