"""An agency's forms for handling an application."""

from datetime import datetime, timedelta

from django import forms

from jiuye.design.widgets import DateTimeInput
from jiuye.domains.applications.actions import (
    LONGEST_APPLICATION_NOTE,
    LONGEST_CONTACT_NOTE,
    InterviewDetails,
    OnboardingDetails,
)
from jiuye.domains.applications.queries import InvitationView
from jiuye.domains.applications.states import ContactReason, InterviewMode, RejectionReason
from jiuye.kernel import clock

TOO_LONG = "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"
REQUIRED_TIME = {"required": "请选择日期和时间。", "invalid": "日期时间不完整，请重新选择。"}


class MomentField(forms.DateTimeField):
    """A date and time in China, with the browser's own picker."""

    widget = DateTimeInput

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], error_messages=REQUIRED_TIME)


def working_hour(days: int, hour: int) -> datetime:
    """Suggest a full hour after that many days, not on a weekend."""
    moment = clock.local(clock.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment


class InviteForm(forms.Form):
    """An interview's terms."""

    mode = forms.ChoiceField(
        label="面试方式", choices=InterviewMode.choices, widget=forms.RadioSelect, initial="onsite"
    )
    starts_at = MomentField(label="面试时间")
    place = forms.CharField(
        label="面试地点", max_length=200, required=False, help_text="现场面试必填，写到楼层和房间，方便求职者前往。"
    )
    route = forms.CharField(
        label="如何到达",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text="例如：地铁 2 号线示范路站 B 口步行 300 米，大堂登记后上 2 楼。",
    )
    link = forms.URLField(
        label="会议链接",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="视频面试必填，以 https:// 开头。",
        error_messages={"invalid": "链接格式不对，请粘贴以 https:// 开头的完整链接。"},
    )
    contact_name = forms.CharField(
        label="联系人", max_length=40, error_messages={"required": "请填写联系人，求职者好知道找谁。"}
    )
    contact_phone = forms.CharField(
        label="联系电话", max_length=30, error_messages={"required": "请填写能打通的联系电话。"}
    )
    answer_by = MomentField(label="请求职者在此前答复")
    note = forms.CharField(
        label="补充说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text="例如：请带身份证和一份纸质简历。",
    )

    def details(self) -> InterviewDetails:
        """Return the cleaned terms for the action."""
        return InterviewDetails(**{name: self.cleaned_data[name] for name in InterviewDetails.__dataclass_fields__})


class OnboardingForm(forms.Form):
    """An onboarding notice's terms."""

    report_at = MomentField(label="报到时间")
    place = forms.CharField(label="报到地点", max_length=200, error_messages={"required": "请填写报到地点。"})
    documents = forms.CharField(
        label="需带材料", max_length=300, required=False, help_text="例如：身份证原件、学历证书复印件。"
    )
    pay_text = forms.CharField(
        label="约定薪资", max_length=60, required=False, help_text="例如：试用期 6000 元/月，转正 7000 元/月。"
    )
    contact_name = forms.CharField(label="联系人", max_length=40, error_messages={"required": "请填写联系人。"})
    contact_phone = forms.CharField(
        label="联系电话", max_length=30, error_messages={"required": "请填写能打通的联系电话。"}
    )
    answer_by = MomentField(label="请求职者在此前答复")
    note = forms.CharField(
        label="补充说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )

    def details(self) -> OnboardingDetails:
        """Return the cleaned terms for the action."""
        return OnboardingDetails(**{name: self.cleaned_data[name] for name in OnboardingDetails.__dataclass_fields__})


class RejectForm(forms.Form):
    """The reason for a rejection, shown to the seeker."""

    reason = forms.ChoiceField(
        label="原因",
        choices=[choice for choice in RejectionReason.choices if choice[0] != RejectionReason.UNANSWERED],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一个原因，求职者会看到。"},
    )
    note = forms.CharField(
        label="给求职者的话", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class ContactForm(forms.Form):
    """The reason for unmasking contacts, shown to the applicant."""

    reason = forms.ChoiceField(
        label="查看原因",
        choices=ContactReason.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择一个原因，求职者会看到。"),
    )
    note = forms.CharField(
        label="具体说明",
        max_length=LONGEST_CONTACT_NOTE,
        required=False,
        help_text="选“其他”时必填。",
        error_messages={"max_length": TOO_LONG},
    )


class NoteForm(forms.Form):
    """A note for the agency's members."""

    text = forms.CharField(
        label="写备注",
        max_length=LONGEST_APPLICATION_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_APPLICATION_NOTE}),
        error_messages={"required": "请写下备注的内容。", "max_length": TOO_LONG},
    )


class ResultForm(forms.Form):
    """The result of an interview or a first day at work; the seeker sees the note."""

    result = forms.ChoiceField(
        choices=[("yes", "是"), ("no", "否")],
        error_messages={"required": "请选择结果。", "invalid_choice": "请选择结果。"},
    )
    note = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def is_positive(self) -> bool:
        """Return whether the result is positive."""
        return bool(self.cleaned_data["result"] == "yes")


def first_invitation(earlier: InvitationView | None) -> dict[str, object]:
    """Suggest terms: an interview in three days at ten, an answer within a day and a half; the rest as last time.

    The first time proposed by the seeker takes precedence.
    """
    terms: dict[str, object] = {"starts_at": working_hour(3, 10), "answer_by": working_hour(1, 18)}
    if earlier and earlier.waits_for_a_time:
        ahead = [time for time in earlier.ask_times if time > clock.now() + timedelta(hours=1)]
        if ahead:
            terms["starts_at"] = clock.local(ahead[0])
            terms["answer_by"] = clock.local(min(working_hour(1, 18), ahead[0] - timedelta(hours=1)))
    if earlier:
        terms |= {
            name: getattr(earlier, name) for name in ("mode", "place", "route", "link", "contact_name", "contact_phone")
        }
    return terms


def first_notice(interview: InvitationView | None) -> dict[str, object]:
    """Suggest terms: the first day in a week at nine, an answer within two days; the contact as for the interview."""
    terms: dict[str, object] = {"report_at": working_hour(7, 9), "answer_by": working_hour(2, 18)}
    if interview:
        terms |= {"contact_name": interview.contact_name, "contact_phone": interview.contact_phone}
    return terms


class SelectionForm(forms.Form):
    """Which applications of the list to deal with together."""

    application = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    @property
    def ticked(self) -> set[str]:
        """The ids whose boxes are ticked."""
        return set(self["application"].value() or [])
