"""Interviews of applicants: invite, answer a request for another time, record the result."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import application_answers as answers
from jiuye.api.v1.agency.application_schemas import Moved, told
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.actions import InterviewDetails
from jiuye.domains.applications.states import InterviewMode
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access

router = Router(tags=["agency-interviews"])
_interviews = "/agency/applications/{uuid:application_id}/interviews"


class InterviewInput(StrictBody):
    """The terms of an interview."""

    mode: InterviewMode = Field(strict=False, description=told(InterviewMode.choices), examples=["onsite"])
    starts_at: AwareDatetime = Field(examples=["2027-01-11T02:00:00Z"])
    answer_by: AwareDatetime = Field(description="请求职者在此前答复。", examples=["2027-01-09T10:00:00Z"])
    contact_name: str = Field(examples=["周经办"])
    contact_phone: str = Field(examples=["028-00000000"])
    place: str = Field("", description="现场面试必填。", examples=["示范路1号2楼"])
    route: str = Field("", description="如何到达。")
    link: str = Field("", description="视频面试必填，以 https:// 开头。", pattern=r"^(https://[^\s/]+\S*)?$")
    note: str = Field("", description="补充说明，求职者会看到。", examples=["请带身份证。"])


class KeptTime(StrictBody):
    """The answer that the time stays."""

    note: str = ""


class InterviewResult(StrictBody):
    """How the interview went; the applicant reads the note."""

    result: Literal["passed", "failed"] = Field(description="passed 通过，failed 未通过。")
    note: str = ""


@router.post(
    _interviews,
    summary="邀约面试",
    description="发出邀约；已有邀约时是改约，新的取代旧的。先打开过简历（POST …/view）才能邀约。",
    operation_id="inviteToInterview",
    response={201: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def invite_to_interview(request: HttpRequest, application_id: UUID, terms: InterviewInput) -> Any:
    """Invite to an interview, or invite again."""
    actor = actor_of(request)
    details = InterviewDetails(**terms.model_dump())
    actions.invite_to_interview(actor, application_id=application_id, details=details)
    return Status(201, answers.moved(queries.for_agency(actor, application_id)))


@router.post(
    f"{_interviews}/keep-time",
    summary="确认按原时间面试",
    description="答复求职者改时间的申请：时间不变。要改时间，请重新邀约。",
    operation_id="keepInterviewTime",
    response={200: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def keep_interview_time(request: HttpRequest, application_id: UUID, kept: KeptTime) -> Any:
    """Decline the applicant's request for another time."""
    actor = actor_of(request)
    actions.keep_interview_time(actor, application_id=application_id, note=kept.note)
    return answers.moved(queries.for_agency(actor, application_id))


@router.post(
    f"{_interviews}/result",
    summary="登记面试结果",
    description="求职者接受了邀约才能登记；求职者会看到结果和说明。",
    operation_id="recordInterviewResult",
    response={200: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def record_interview_result(request: HttpRequest, application_id: UUID, given: InterviewResult) -> Any:
    """Record how the interview went."""
    actor = actor_of(request)
    passed = given.result == "passed"
    actions.record_interview_result(actor, application_id=application_id, passed=passed, note=given.note)
    return answers.moved(queries.for_agency(actor, application_id))
