"""Resumes that their owners let agencies of the region find: search, open (logged), invite to apply."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency.resume_schemas import FoundResume, FoundResumePage, InvitedToApply, told_resume
from jiuye.api.v1.listed import place
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.applications import actions, queries
from jiuye.domains.clients.states import Scope
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.queries import findable
from jiuye.domains.resumes.states import Availability
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.write_guard import writes_allowed

router = Router(tags=["agency-resumes"])
_one = "/agency/resumes/{uuid:resume_id}"
_READS = client(Scope.RESUMES_READ, names_member=True)
_OF_LISTS = {**refusals.OF_LISTS, 409: refusals.OF_WRITES[409]}
_OF_READS = {**refusals.OF_READS, 409: refusals.OF_WRITES[409]}
_HEAD = ("id", "name", "wishes", "places", "education", "experience", "availability", "updated_on")


class ResumeFilters(Schema):
    """The filters of the list."""

    q: str = Field("", max_length=40, description="想找的工作。")
    region: str = Field("", pattern=r"^([0-9]{6})?$", description="想去的地区（GB/T 2260），含其下辖地区。")
    education: EducationLevel | None = Field(None, description="学历不低于（GB/T 4658）。")
    years: int | None = Field(None, ge=0, le=60, description="工作年数不低于。")
    availability: Availability | None = Field(None, description="求职状态。")
    days: int | None = Field(None, ge=1, le=3650, description="最近多少天内更新过。")


class InvitationInput(StrictBody):
    """An invitation to apply."""

    job: UUID = Field(description="本机构在招的职位。")
    note: str = Field("", description=f"附言，最多 {actions.LONGEST_INVITATION_NOTE} 字，求职者会看到。")


@router.get(
    "/agency/resumes",
    summary="查找简历",
    description="求职者选择对本地区职介可见的简历，最近更新的在前；不含联系方式和照片。",
    operation_id="findResumes",
    response={200: FoundResumePage, **_OF_LISTS},
)
@access(_READS)
def find_resumes(
    request: HttpRequest,
    filters: Query[ResumeFilters],
    cursor: Annotated[str, Query(description="上一页的 next_cursor。")] = "",
    size: Annotated[int, Query(ge=1, le=100, description="每页条数。")] = 20,
) -> Any:
    """Resumes that the agency can find."""
    actor = actor_of(request)
    resumes.check_approved(actor)
    chosen = findable.FindFilter(
        text=filters.q.strip(),
        region=place(filters.region),
        education=filters.education or "",
        years=filters.years,
        availability=filters.availability or "",
        days=filters.days,
    )
    page = findable.found(actor, chosen, cursor=cursor, size=size)
    invited = queries.invited_among(actor, [row.id for row in page.items])
    return {
        "items": [{**_head(row), "invited": row.id in invited} for row in page.items],
        "next_cursor": page.next_cursor,
    }


@router.get(
    _one,
    summary="读取找到的简历的摘要",
    description="摘要和本机构发过的邀请。内容用 GET …/content 打开，每次都有记录。",
    operation_id="readFoundResume",
    response={200: FoundResume, **_OF_READS},
)
@access(_READS)
def read_found_resume(request: HttpRequest, resume_id: UUID) -> Any:
    """One found resume, without its content."""
    actor = actor_of(request)
    resumes.check_approved(actor)
    return _found(actor, findable.found_one(actor, resume_id))


@router.get(
    f"{_one}/content",
    summary="打开找到的简历",
    description="记入求职者的“谁看过我的简历”；每位成员每小时最多 60 份。不含联系方式、照片和附件。",
    operation_id="openFoundResume",
    response={200: FoundResume, **_OF_READS},
)
@access(_READS)
def open_found_resume(request: HttpRequest, resume_id: UUID) -> Any:
    """One found resume with its content."""
    actor = actor_of(request)
    with writes_allowed():
        resumes.open_found_resume(actor, resume_id=resume_id)
    return _found(actor, findable.found_one(actor, resume_id, is_open=True))


@router.post(
    f"{_one}/invite",
    summary="邀请投递",
    description="邀请这份简历的主人投递本机构一个在招的职位；重复邀请得到同一份邀请。每位成员每天最多 20 人。",
    operation_id="inviteToApply",
    response={201: InvitedToApply, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def invite_found_resume(request: HttpRequest, resume_id: UUID, invitation: InvitationInput) -> Any:
    """Invite the owner to apply."""
    made = actions.invite_to_apply(
        actor_of(request), resume_id=resume_id, posting_id=invitation.job, note=invitation.note
    )
    return Status(201, {"id": made, "resume_id": resume_id, "job_id": invitation.job})


def _found(actor: Actor, found: findable.FoundResume) -> dict[str, Any]:
    sent = queries.invitations_to(actor, found.owner_id)
    return {
        **_head(found.row),
        "invited": bool(sent),
        "invitations": [
            {
                **{name: getattr(one, name) for name in ("title", "created_at", "state")},
                "job_id": one.posting_id,
                "state_name": one.state_label,
            }
            for one in sent
        ],
        "resume": told_resume(found.resume) if found.resume else None,
    }


def _head(row: findable.FoundRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _HEAD}
