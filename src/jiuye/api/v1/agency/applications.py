"""Applications to the agency's postings: list, read, view, reject."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import application_answers as answers
from jiuye.api.v1.agency.application_schemas import (
    ApplicationCounts,
    ApplicationPage,
    HandOnStatus,
    Moved,
    ReceivedApplication,
    RejectedBatch,
)
from jiuye.api.v1.strict import Moment, StrictBody
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.queries import InboxFilter
from jiuye.domains.applications.states import ApplicationState, RejectionReason
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access

router = Router(tags=["agency-applications"])
_one = "/agency/applications/{uuid:application_id}"
Cursor = Annotated[str, Query(description="上一页的 next_cursor。")]
Size = Annotated[int, Query(ge=1, le=100, description="每页条数。")]


class ApplicationFilters(Schema):
    """The filters of the list and of the numbers."""

    state: list[ApplicationState] = Field([], description="可重复：这些状态之一。")
    job: UUID | None = Field(None, description="只要投递这个职位的。")
    job_external_id: str = Field("", description="职位按本机构自己的编号。")
    employer: UUID | None = Field(None, description="只要投递这家企业的。")
    q: str = Field("", max_length=60, description="职位名称里的字。")
    late: bool = Field(False, description="只要已超过期限的。")
    submitted_since: Moment | None = Field(None, description="从这个时间起投递的。")
    changed_since: Moment | None = Field(None, description="从这个时间起状态变化过的。")

    def chosen(self, order: str = "newest") -> InboxFilter:
        """Return the filter for the query."""
        return InboxFilter(
            states=[str(one) for one in self.state],
            posting_id=self.job,
            posting_code=self.job_external_id,
            employer_id=self.employer,
            text=self.q.strip(),
            late=self.late,
            submitted_since=self.submitted_since,
            changed_since=self.changed_since,
            order=order,
        )


class RejectionInput(StrictBody):
    """The reason that the applicant reads; never one that the law forbids."""

    reason: RejectionReason = Field(strict=False, description="unanswered 只由平台使用。", examples=["skills"])
    note: str = Field("", description="给求职者的话，最多 300 字；原因是 other 时必填。")


class BatchRejection(RejectionInput):
    """The same reason for several applications."""

    ids: list[UUID] = Field(min_length=1, max_length=100)


@router.get(
    "/agency/applications",
    summary="收到的投递",
    description="默认最近投递的在前；order=changed 时最早变化的在前，适合从 changed_since 起增量读取。撤回的只留没有个人信息的一行。",
    operation_id="listApplications",
    response={200: ApplicationPage, **refusals.OF_LISTS},
)
@access(client(Scope.APPLICATIONS_READ))
def list_received_applications(
    request: HttpRequest,
    filters: Query[ApplicationFilters],
    order: Annotated[
        Literal["newest", "changed"], Query(description="newest 最近投递在前，changed 最早变化在前。")
    ] = "newest",
    cursor: Cursor = "",
    size: Size = 30,
) -> Any:
    """The applications that the agency received."""
    page = queries.inbox(actor_of(request), chosen=filters.chosen(order), cursor=cursor, size=size)
    return {"items": [answers.item(row) for row in page.items], "next_cursor": page.next_cursor}


@router.get(
    "/agency/applications/counts",
    summary="收到的投递的数量",
    description="在同样的筛选条件下，各阶段各有多少。",
    operation_id="countApplications",
    response={200: ApplicationCounts, **refusals.OF_LISTS},
)
@access(client(Scope.APPLICATIONS_READ))
def count_received_applications(request: HttpRequest, filters: Query[ApplicationFilters]) -> Any:
    """How many applications stand in each group of states."""
    counts = queries.counts_for(actor_of(request), filters.chosen())
    return {"all": counts.pop("all"), "groups": counts}


@router.get(
    _one,
    summary="读取一份投递",
    description="状态、期限、职位、时间线、面试、入职、企业的意见和求职者的同意。简历另行读取，每次都有记录。",
    operation_id="readApplication",
    response={200: ReceivedApplication, **refusals.OF_READS},
)
@access(client(Scope.APPLICATIONS_READ))
def read_received_application(request: HttpRequest, application_id: UUID) -> Any:
    """One application."""
    return answers.whole(queries.disclosed_to_agency(actor_of(request), application_id))


@router.get(
    f"{_one}/hand-on",
    summary="企业能否看到这份投递",
    description="企业与本机构关联、认证完成，就自动看到投递，不需要另外转交。这里说明从什么时候起看到，或为什么看不到。",
    operation_id="readHandOn",
    response={200: HandOnStatus, **refusals.OF_READS},
)
@access(client(Scope.APPLICATIONS_READ))
def read_application_hand_on(request: HttpRequest, application_id: UUID) -> Any:
    """Whether the employer sees the application."""
    return answers.hand_on(queries.for_agency(actor_of(request), application_id))


@router.post(
    f"{_one}/view",
    summary="标记已查看",
    description="打开简历：记入求职者的“谁看过我的简历”；第一次打开时状态变为已查看，并告知求职者。简历的内容用 GET …/resume 读取。",
    operation_id="viewApplication",
    response={200: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def view_received_application(request: HttpRequest, application_id: UUID) -> Any:
    """Open the resume."""
    actor = actor_of(request)
    actions.open_resume(actor, application_id=application_id)
    return answers.moved(queries.for_agency(actor, application_id))


@router.post(
    f"{_one}/reject",
    summary="标记不合适",
    description="结束这份投递；求职者会看到原因。",
    operation_id="rejectApplication",
    response={200: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def reject_received_application(request: HttpRequest, application_id: UUID, rejection: RejectionInput) -> Any:
    """Reject one application."""
    actor = actor_of(request)
    actions.reject(actor, application_id=application_id, reason=rejection.reason, note=rejection.note)
    return answers.moved(queries.for_agency(actor, application_id))


@router.post(
    "/agency/applications/reject:batch",
    summary="标记多份不合适",
    description="一次最多 100 份，用同一个原因。逐份处理，按顺序给出每份的结果：一份不能处理，不影响其他。",
    operation_id="rejectApplications",
    response={200: RejectedBatch, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def reject_received_applications(request: HttpRequest, rejection: BatchRejection) -> Any:
    """Reject several applications."""
    ended = actions.reject_several(
        actor_of(request), application_ids=rejection.ids, reason=rejection.reason, note=rejection.note
    )
    results = [
        {"index": number, "id": one.application_id, "done": not one.code, "code": one.code, "message": one.message}
        for number, one in enumerate(ended.results)
    ]
    return {"done": ended.done, "failed": len(results) - ended.done, "results": results}
