"""Members of the agency: for whom a client may act."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.domains.clients import queries as clients
from jiuye.domains.clients.states import Scope
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import worlds
from jiuye.kernel.access import access

router = Router(tags=["agency-members"])


class Member(Schema):
    """A member of the agency. `id` is what the header On-Behalf-Of names."""

    id: UUID = Field(validation_alias="person_id")
    name: str = Field(description="没有实名的成员为空。")
    phone: str = Field(description="打码的手机号。")
    role: str = Field(description="owner 管理员，recruiter 招聘专员，viewer 只读。")
    role_label: str
    since: datetime


class MemberPage(Schema):
    """A page of members, the longest first."""

    items: list[Member]
    next_cursor: str = Field(description="最后一页为空。")


@router.get(
    "/agency/members",
    summary="本机构的成员",
    description="写操作要在 On-Behalf-Of 里写明代表哪位成员；这里给出他们的 id。测试模式下也是真实的成员。每页 50 位。",
    operation_id="listMembers",
    response={200: MemberPage, **refusals.OF_LISTS},
)
@access(client(Scope.MEMBERS_READ))
def list_members(
    request: HttpRequest,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
) -> Any:
    """The members of the client's agency. In test mode those of the real one: they are who a client may act for."""
    actor = actor_of(request)
    if actor.client_id:
        actor = replace(actor, organisation_id=clients.agency_of(actor.client_id))
    with worlds.entered(None):
        page = organisations.members(actor, cursor=cursor)
    return {"items": page.items, "next_cursor": page.next_cursor}
