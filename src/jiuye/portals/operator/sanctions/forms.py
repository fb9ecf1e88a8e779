"""Forms about sanctions."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms

from jiuye.design.widgets import DateInput, PhoneInput
from jiuye.domains.sanctions.actions import Proposal
from jiuye.domains.sanctions.queries import MOST_FILES, Standing, bases_to_choose
from jiuye.domains.sanctions.states import Level
from jiuye.kernel import clock
from jiuye.portals.uploads import FilesField, FilesInput

REASON_LIMIT, EVIDENCE_LIMIT, NOTE_LIMIT = 500, 1000, 1000


def _text(label: str, limit: int, rows: int, hint: str, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": limit}),
        help_text=hint,
        error_messages={"required": required, "max_length": f"最多 {limit} 字，请写短一些。"},
    )


class SanctionForm(forms.Form):
    """A new sanction. `seen` is the number of earlier ones on the page."""

    level = forms.ChoiceField(
        label="处置级别", widget=forms.RadioSelect, error_messages={"required": "请选择处置级别。"}
    )
    step_reason = _text(
        "为什么跳过步骤", REASON_LIMIT, 2, "级别高于建议的下一步时必须说明，如情节严重、涉嫌犯罪。只有运营人员看得到。"
    )
    reason = _text(
        "原因",
        REASON_LIMIT,
        4,
        "当事人会看到；列入异常名录的还会公开。写明时间、事实和违反了什么，不要写举报人和求职者的信息。",
        "请写明什么时候、做了什么、违反了什么。",
    )
    bases = forms.MultipleChoiceField(
        label="依据", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选择一条依据。"}
    )
    evidence = _text("证据摘要", EVIDENCE_LIMIT, 4, "当事人会看到。限制发布及以上必须有证据摘要、文件或相关职位。")
    attachments = FilesField(
        label="证据文件",
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=f"最多 {MOST_FILES} 个，每个不超过 10 MB，图片或 PDF。加密保存，只有审核员能看；处置结束三年后删除。",
    )
    ends_on = forms.DateField(
        label="截止日期",
        required=False,
        widget=DateInput(),
        help_text="含当日，到期自动恢复。留空表示直到解除；提醒和警告必须填写。",
        error_messages={"invalid": "请按 2026-12-31 的样子填写日期。"},
    )
    with_owners = forms.BooleanField(
        label="列入异常名录时，管理员本人也不能再注册其他单位", required=False, help_text="只对列入异常名录有效。"
    )
    note = _text("内部备注", NOTE_LIMIT, 2, "只有运营人员看得到。")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, standing: Standing, *args: Any, evidence: str = "", **kwargs: Any) -> None:
        days = standing.usual_days.get(standing.suggestion.value)
        usual = {
            "level": standing.suggestion.value,
            "ends_on": clock.today() + timedelta(days=days) if days else None,
            "seen": len(standing.history),
            "evidence": evidence,
        }
        super().__init__(*args, **{"initial": usual, **kwargs})
        cast(forms.ChoiceField, self.fields["level"]).choices = [
            (level.value, _level_label(level, standing)) for level in standing.levels
        ]
        cast(forms.MultipleChoiceField, self.fields["bases"]).choices = bases_to_choose(standing.party.kind)
        if standing.party.kind == "person":
            del self.fields["with_owners"]

    def proposal(self, posting_id: UUID | None) -> Proposal:
        """Return what was written."""
        given = self.cleaned_data
        return Proposal(
            level=given["level"],
            reason=given["reason"],
            bases=tuple(given["bases"]),
            ends_on=given["ends_on"],
            evidence=given["evidence"],
            step_reason=given["step_reason"],
            note=given["note"],
            posting_id=posting_id,
            with_owners=given.get("with_owners", False),
            seen=given["seen"],
        )


def _level_label(level: Level, standing: Standing) -> str:
    marks = []
    if level == standing.suggestion:
        marks.append("按以往记录的下一步")
    if level == Level.BAN:
        marks.append("要另一位审核员确认")
    return f"{level.label}（{'，'.join(marks)}）" if marks else str(level.label)


class PersonForm(forms.Form):
    """The phone of a person. Sent by POST: a number in a URL would stay in logs and histories."""

    phone = forms.CharField(
        label="个人的手机号",
        max_length=30,
        widget=PhoneInput(attrs={"autocomplete": "off"}),
        help_text="完整的 11 位手机号。查询会记入审计日志。",
        error_messages={"required": "请输入要查找的手机号。"},
    )


class ReasonForm(forms.Form):
    """Why a sanction is lifted, or a ban not confirmed."""

    reason = _text("理由", REASON_LIMIT, 3, "当事人会看到解除的理由。", "请写明理由。")


class DecisionForm(forms.Form):
    """The decision on an appeal."""

    verdict = forms.ChoiceField(
        label="核查结果",
        choices=[("uphold", "申诉成立，立即解除处置"), ("reject", "申诉不成立，处置继续")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核查结果。"},
    )
    answer = _text("答复", REASON_LIMIT, 4, "申诉人会看到。逐条回应其理由。", "请写明核查的结果和理由。")
