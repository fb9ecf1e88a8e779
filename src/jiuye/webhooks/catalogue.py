"""The catalogue of event types. `transitions` says which transition has which.

A type is data: its name (Standard Webhooks: full-stop delimited), what it says, and the ids in its payload. Names and ids
stay as they are; new ones may be added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SAMPLE = "01890000-0000-7000-8000-000000000000"
_JOB = {"job_id": "职位", "external_id": "机构自己的编号，没有为空"}
_APPLICATION = {"application_id": "投递", "job_id": "职位", "step_id": "进展记录"}
_FAIR = {"fair_id": "招聘会"}
_REVIEW = {"review_id": "评价"}
_AFFILIATION = {"affiliation_id": "关联", "employer_id": "招聘企业"}
_MEMBER = {"member_id": "成员"}
_CASE = {"case_id": "资质审核"}
_SANCTION = {"sanction_id": "处置"}
_WISH = {"wish_id": "修改意见", "job_id": "职位", "employer_id": "招聘企业"}


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event. `members`: the members of `data` with what each is; texts unless `scalars` gives another JSON type."""

    name: str
    label: str
    members: Mapping[str, str]
    scalars: Mapping[str, str] | None = None

    @property
    def group(self) -> str:
        """The part before the full stop: `job`."""
        return self.name.partition(".")[0]

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of a whole payload."""
        data = {name: self._member(name, label) for name, label in self.members.items()}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "description": self.label,
            "type": "object",
            "properties": {
                "type": {"const": self.name},
                "timestamp": {"type": "string", "format": "date-time", "description": "何时发生，UTC，精确到微秒"},
                "mode": {"enum": ["live", "test"], "description": "正式数据或测试数据"},
                "sequence": {"type": "integer", "minimum": 1, "description": "这个推送地址的第几条，从 1 连续编号"},
                "endpoint_id": {"type": "string", "format": "uuid", "description": "推送地址的 id"},
                "is_test": {"type": "boolean", "description": "从页面或接口发出的试推送，编号都是假的"},
                "data": {
                    "type": "object",
                    "properties": data,
                    "required": list(data),
                    "additionalProperties": True,
                },
            },
            "required": ["type", "timestamp", "mode", "sequence", "endpoint_id", "is_test", "data"],
            "additionalProperties": True,
        }

    def sample(self) -> dict[str, Any]:
        """Return `data` of a test event."""
        return {name: self._sample(name) for name in self.members}

    def _member(self, name: str, label: str) -> dict[str, Any]:
        kind = (self.scalars or {}).get(name, "string")
        form = {"format": "uuid"} if name.endswith("_id") and name != "external_id" else {}
        return {"type": kind, "description": label, **form}

    def _sample(self, name: str) -> Any:
        kind = (self.scalars or {}).get(name, "string")
        if kind != "string":
            return {"integer": 0, "boolean": False}[kind]
        return SAMPLE if name.endswith("_id") and name != "external_id" else ""


TYPES = {
    one.name: one
    for one in (
        EventType("job.published", "职位已发布", _JOB),
        EventType("job.held", "职位送审，通过后才公开", _JOB),
        EventType("job.approved", "职位审核通过，已公开", _JOB),
        EventType("job.rejected", "职位审核未通过", _JOB),
        EventType("job.changed", "公开的职位已修改", _JOB),
        EventType("job.confirmed", "职位已确认在招", _JOB),
        EventType("job.unconfirmed", "职位 30 天没有确认在招", _JOB),
        EventType("job.withdrawn", "职位已下架", _JOB),
        EventType("job.filled", "职位已招满", _JOB),
        EventType("job.expired", "职位已到期", _JOB),
        EventType("job.banned", "职位已被平台封禁", _JOB),
        EventType("job.wish_made", "企业提出修改职位的意见", _WISH),
        EventType("job.wish_done", "修改意见已处理：已修改", _WISH),
        EventType("job.wish_declined", "修改意见已处理：不修改", _WISH),
        EventType("job.report_upheld", "对职位的举报属实", _JOB),
        EventType("application.submitted", "收到投递", _APPLICATION),
        EventType("application.viewed", "简历已查看", _APPLICATION),
        EventType("application.rejected", "已标记不合适", _APPLICATION),
        EventType("application.closed_unanswered", "超期未处理，平台已关闭投递", _APPLICATION),
        EventType("application.withdrawn", "求职者撤回投递", _APPLICATION),
        EventType("application.left", "求职者注销账号，投递结束", _APPLICATION),
        EventType("application.nudged", "求职者提醒答复", _APPLICATION),
        EventType("application.opinion_given", "企业对求职者给出意见",
                  {"application_id": "投递", "opinion_id": "意见"}),
        EventType("interview.invited", "已邀约面试", _APPLICATION),
        EventType("interview.rescheduled", "已改约面试", _APPLICATION),
        EventType("interview.accepted", "求职者接受面试", _APPLICATION),
        EventType("interview.declined", "求职者谢绝面试", _APPLICATION),
        EventType("interview.other_time_asked", "求职者申请改时间", _APPLICATION),
        EventType("interview.time_kept", "已确认原面试时间", _APPLICATION),
        EventType("interview.passed", "面试通过", _APPLICATION),
        EventType("interview.failed", "面试未通过", _APPLICATION),
        EventType("onboarding.notified", "已通知入职", _APPLICATION),
        EventType("onboarding.accepted", "求职者接受入职", _APPLICATION),
        EventType("onboarding.declined", "求职者谢绝入职", _APPLICATION),
        EventType("outcome.onboarded", "已登记入职", _APPLICATION),
        EventType("outcome.no_show", "已登记未入职", _APPLICATION),
        EventType("outcome.onboarding_confirmed", "求职者确认已入职", _APPLICATION),
        EventType("outcome.onboarding_denied", "求职者确认未入职", _APPLICATION),
        EventType("consent.withdrawn", "求职者撤回同意，不能再查看简历", {"application_id": "投递", "job_id": "职位"}),
        EventType("resume.erased", "求职者的简历已删除，请在您的系统里也删除", {"application_id": "投递"}),
        EventType("affiliation.requested", "企业申请关联", _AFFILIATION),
        EventType("affiliation.approved", "已同意关联", _AFFILIATION),
        EventType("affiliation.refused", "未同意关联", _AFFILIATION),
        EventType("affiliation.withdrawn", "企业撤回关联申请", _AFFILIATION),
        EventType("affiliation.ended", "已解除关联", _AFFILIATION),
        EventType("fair.published", "招聘会已发布", _FAIR),
        EventType("fair.changed", "招聘会改了时间或地点", _FAIR),
        EventType("fair.cancelled", "招聘会已取消", _FAIR),
        EventType("review.created", "收到评价", _REVIEW),
        EventType("review.changed", "评价已修改", _REVIEW),
        EventType("review.answered", "已回复评价", _REVIEW),
        EventType("review.hidden", "评价经举报核实，已隐藏", _REVIEW),
        EventType("review.kept", "对评价的举报不成立，评价保留", _REVIEW),
        EventType("qualification.submitted", "资质已提交审核", _CASE),
        EventType("qualification.decided", "资质审核有了结果", _CASE),
        EventType("qualification.expiring", "资质即将到期", {"days": "还有几天"}, {"days": "integer"}),
        EventType("qualification.expired", "资质已到期", {}),
        EventType("member.invited", "已邀请成员", {"invitation_id": "邀请"}),
        EventType("member.requested", "有人申请加入", {"request_id": "申请"}),
        EventType("member.request_decided", "加入申请已处理", {"request_id": "申请"}),
        EventType("member.joined", "成员已加入", _MEMBER),
        EventType("member.changed", "成员的角色已变", _MEMBER),
        EventType("member.left", "成员已离开", _MEMBER),
        EventType("import.finished", "批量导入已结束", {"import_id": "导入"}),
        EventType("sanction.imposed", "平台作出处置", _SANCTION),
        EventType("sanction.closed", "处置已解除或到期", _SANCTION),
        EventType("sanction.appeal_decided", "申诉有了结果", _SANCTION),
        EventType("quota.near", "接口调用接近限额", {"client_id": "接口客户端"}),
        EventType("webhook.test", "试推送", {}),
    )
}  # fmt: skip
"""Name → type, in the order of the documents."""

LABELS = {one.name: one.label for one in TYPES.values()}


def covers(chosen: list[str], name: str) -> bool:
    """Return whether an endpoint that chose these types (exact names, or groups as `job.*`; empty: all) gets a type."""
    return not chosen or name in chosen or f"{name.partition('.')[0]}.*" in chosen


def is_choice(text: str) -> bool:
    """Return whether a text names a type or a group."""
    return text in TYPES or (text.endswith(".*") and any(one.group == text[:-2] for one in TYPES.values()))
