"""Test data: its magic values, its seekers, its operators, its clock, its reset. See docs/test-mode.md."""

import re
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from jiuye.api.access import client
from jiuye.api.v1 import refusals
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.applications import actions as applications
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import actions as jobs
from jiuye.erasure import actions as erasure
from jiuye.erasure.erase import erase_due
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.privacy import withdrawal
from jiuye.testmode import queries, reactions
from jiuye.testmode.actions import reset_test_data
from jiuye.testmode.passing import move_clock
from jiuye.testmode.values import MARKERS, REJECTION

router = Router(tags=["test_mode"])
_DURATION = re.compile(r"P(?:(\d{1,4})W|(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?)")
"""ISO 8601 durations in weeks, or in days, hours and minutes. Months and years have no fixed length."""


class TestSeeker(Schema):
    """A seeker who always does the same."""

    id: UUID | None = Field(description="求职者的 id；已注销时为 null。")
    phone: str
    name: str
    habit: str
    habit_label: str
    proof: str
    proof_label: str


class TestMarker(Schema):
    """How the number of a posting begins, and what happens to it then."""

    starts_with: str
    label: str


class TestValues(Schema):
    """The magic values."""

    seekers: list[TestSeeker]
    external_ids: list[TestMarker] = Field(description="职位编号（external_id）的开头，按最长的算。")


class TestClock(Schema):
    """The clock of the test data."""

    now: datetime = Field(description="测试数据里的时间。")
    real_now: datetime = Field(description="真实时间：签名、频率限制和密钥有效期总是按它算。")


class ClockMove(StrictBody):
    """Where to move the clock: by a duration, or to a time."""

    by: str = Field("", max_length=30, description="ISO 8601 时长，如 P30D、P1W、PT6H。", examples=["P30D"])
    to: datetime | None = Field(None, description="拨到这个时间；与 by 二选一。")


class TestApplicationInput(StrictBody):
    """A seeker applies."""

    phone: str = Field(max_length=20, description="测试求职者的手机号。", examples=["19900000001"])
    job_id: UUID = Field(description="要投递的职位。")


class TestApplication(Schema):
    """The application that a seeker sent."""

    application_id: UUID


class TestReason(StrictBody):
    """Why a posting is rejected."""

    reason: str = Field(REJECTION, max_length=300, description="机构看到的驳回原因。")


class TestDone(Schema):
    """What was done."""

    id: UUID
    done: str


@router.get(
    "/test/values",
    summary="测试数据的约定",
    description="总是这样做的求职者，和决定审核结果的职位编号开头。只在测试模式下能用。",
    operation_id="listTestValues",
    response={200: TestValues, **refusals.OF_LISTS},
)
@access(client(Scope.JOBS_READ))
def list_test_values(request: HttpRequest) -> Any:
    """The magic values of the client's test data."""
    found = [
        {
            "id": one.person_id,
            **{
                name: getattr(one.seeker, name)
                for name in ("phone", "name", "habit", "habit_label", "proof", "proof_label")
            },
        }
        for one in queries.seekers()
    ]
    return {"seekers": found, "external_ids": MARKERS}


@router.get(
    "/test/clock",
    summary="测试时钟",
    description="测试数据里的时间，和真实时间。",
    operation_id="readTestClock",
    response={200: TestClock, **refusals.OF_LISTS},
)
@access(client(Scope.JOBS_READ))
def read_test_clock(request: HttpRequest) -> Any:
    """The clock of the client's test data."""
    return _clock()


@router.post(
    "/test/clock",
    summary="拨快测试时钟",
    description=(
        "途中到期的事都按各自的日子发生：职位到期、资质到期提醒、面试和入职提醒、60 天无人处理的投递关闭、招聘会提醒、账号注销。"
        "只能往后拨，一次最多 366 天，最多比真实时间快 5 年。"
    ),
    operation_id="moveTestClock",
    response={200: TestClock, **refusals.OF_WRITES},
)
@access(client(Scope.JOBS_WRITE))
def move_test_clock(request: HttpRequest, move: ClockMove) -> Any:
    """Move the clock of the client's test data on."""
    client_id = queries.require_test_mode()
    moved = move_clock(client_id, to=_goal(move), also=[erase_due])
    return {"now": moved, "real_now": queries.present_clock().real}


@router.post(
    "/test/reset",
    summary="重置测试数据",
    description="删除全部测试数据，重新生成最初的一份；测试时钟回到真实时间，所有 id 都会变。",
    operation_id="resetTestData",
    response={200: TestDone, **refusals.OF_WRITES},
)
@access(client(Scope.JOBS_WRITE))
def reset_test_mode(request: HttpRequest) -> Any:
    """Start the client's test data from the beginning."""
    return {"id": reset_test_data(queries.require_test_mode()), "done": "reset"}


@router.post(
    "/test/applications",
    summary="让测试求职者投递",
    description="求职者投递一个招聘中的职位，同意把简历提供给全部接收方。",
    operation_id="createTestApplication",
    response={201: TestApplication, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def create_test_application(request: HttpRequest, application: TestApplicationInput) -> Any:
    """A seeker of the test data applies."""
    seeker = queries.seeker_with(application.phone)
    made = reactions.apply(seeker, application.job_id)
    return Status(201, {"application_id": made})


Verb = Literal[
    "accept_interview",
    "decline_interview",
    "accept_onboarding",
    "decline_onboarding",
    "withdraw",
    "withdraw_consent",
    "nudge",
]


@router.post(
    "/test/applications/{uuid:application_id}/{verb}",
    summary="让测试求职者答复",
    description="求职者接受、谢绝、撤回投递、撤回同意或催办。求职者自己的约定照旧，例如“从不答复”的求职者只做您让他做的。",
    operation_id="actAsTestSeeker",
    response={200: TestDone, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def act_as_test_seeker(request: HttpRequest, application_id: UUID, verb: Verb) -> Any:
    """A seeker of the test data acts on an application."""
    _act(queries.applicant_of(application_id), application_id, verb)
    return {"id": application_id, "done": verb}


@router.post(
    "/test/seekers/{phone}/erase",
    summary="让测试求职者注销",
    description="求职者申请注销账号；测试时钟走过 7 天后，投递结束，简历删除。",
    operation_id="eraseTestSeeker",
    response={200: TestDone, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def erase_test_seeker(request: HttpRequest, phone: str) -> Any:
    """A seeker of the test data asks for the erasure of the account."""
    seeker = queries.seeker_with(phone)
    erasure.request_erasure(Actor(person_id=seeker.person, is_confirmed=True))
    return {"id": seeker.person, "done": "erasure_requested"}


@router.post(
    "/test/jobs/{uuid:job_id}/approve",
    summary="通过送审的测试职位",
    description="像平台的审核员一样通过，职位随即发布。",
    operation_id="approveTestJob",
    response={200: TestDone, **refusals.OF_WRITES},
)
@access(client(Scope.JOBS_WRITE))
def approve_test_job(request: HttpRequest, job_id: UUID) -> Any:
    """Approve a held posting of the test data."""
    queries.require_test_mode()
    jobs.approve_posting(reactions.operator(), posting_id=job_id)
    return {"id": job_id, "done": "approved"}


@router.post(
    "/test/jobs/{uuid:job_id}/reject",
    summary="驳回送审的测试职位",
    description="像平台的审核员一样驳回，机构看到原因。",
    operation_id="rejectTestJob",
    response={200: TestDone, **refusals.OF_WRITES},
)
@access(client(Scope.JOBS_WRITE))
def reject_test_job(request: HttpRequest, job_id: UUID, reason: TestReason) -> Any:
    """Reject a held posting of the test data."""
    queries.require_test_mode()
    jobs.reject_posting(reactions.operator(), posting_id=job_id, reason=reason.reason)
    return {"id": job_id, "done": "rejected"}


def _act(seeker: Actor, application_id: UUID, verb: Verb) -> None:
    if verb in ("accept_interview", "decline_interview"):
        reactions.answer_invitation(seeker, application_id, accept=verb == "accept_interview")
    elif verb in ("accept_onboarding", "decline_onboarding"):
        applications.answer_onboarding(seeker, application_id=application_id, accept=verb == "accept_onboarding")
    elif verb == "withdraw":
        applications.withdraw(seeker, application_id=application_id)
    elif verb == "withdraw_consent":
        withdrawal.withdraw_consent(seeker, consent_id=queries.consent_of(application_id), ends_application=True)
    else:
        applications.nudge(seeker, application_id=application_id)


def _clock() -> dict[str, datetime]:
    present = queries.present_clock()
    return {"now": present.now, "real_now": present.real}


def _goal(move: ClockMove) -> datetime:
    """Return the time to move to. Raises `Invalid` (by, to)."""
    if bool(move.by) == (move.to is not None):
        raise Invalid({"by": "请在 by（时长）和 to（时间）中填写一个。"})
    if move.to is not None:
        return move.to
    found = _DURATION.fullmatch(move.by)
    if found is None or not any(found.groups()):
        raise Invalid(
            {"by": "请写成周、天、小时或分钟的 ISO 8601 时长，如 P30D、P1W、PT6H。月和年的长短不定，不能用。"}
        )
    weeks, days, hours, minutes = (int(one or 0) for one in found.groups())
    return queries.present_clock().now + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
