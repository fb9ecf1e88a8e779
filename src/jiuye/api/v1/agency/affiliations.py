"""Employers that are associated with the agency."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, field_validator

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.clients.states import Scope
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.states import AFFILIATION_LABELS
from jiuye.kernel.access import access
from jiuye.merging.actions import approve_affiliation as approve_and_merge

router = Router(tags=["agency-affiliations"])


class AffiliatedEmployer(Schema):
    """单位基本情况."""

    id: UUID
    name: str = Field(validation_alias="legal_name")
    credit_code: str
    ownership: str
    size: str
    industry: str = Field(validation_alias="industry_code")
    region: str = Field(validation_alias="region_code")
    address: str
    phone: str
    is_certified: bool


class Affiliation(Schema):
    """An affiliation of an employer with the agency."""

    id: UUID
    employer_id: UUID
    employer_name: str
    employer: AffiliatedEmployer | None = Field(description="按关联的规则不能看到时为 null。")
    state: str = Field(description="、".join(f"{state} {label}" for state, label in AFFILIATION_LABELS.items()))
    note: str = Field(description="企业申请时写的话。")
    jobs_meant: str = Field(description="企业希望招聘的职位。")
    reason: str = Field(description="拒绝或结束的原因。")
    ended_by: str = Field(description="agency、employer、system，没有结束时为空。")
    requested_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None
    may: list[str] = Field(description="现在可以进行的操作：approve、refuse、end。")

    @field_validator("may", mode="before")
    @classmethod
    def in_order(cls, verbs: Collection[str]) -> list[str]:
        """The domain's set of verbs has no order."""
        return sorted(verbs)


class AffiliationPage(Schema):
    """A page of affiliations, latest first."""

    items: list[Affiliation]
    counts: dict[str, int] = Field(description="各组的数量：open 合作中，asked 待确认，past 历史。")
    next_cursor: str = Field(description="最后一页为空。")


class Reason(StrictBody):
    """Why; the employer reads it."""

    reason: str = Field(description="企业会看到。", examples=["我们目前不做餐饮行业的招聘。"])


@router.get(
    "/agency/affiliations",
    summary="关联企业",
    description="申请时间晚的在前。",
    operation_id="listAffiliations",
    response={200: AffiliationPage, **refusals.OF_LISTS},
)
@access(client(Scope.AFFILIATIONS_READ))
def list_affiliations(
    request: HttpRequest,
    group: Literal["", "open", "asked", "past"] = Query(  # type: ignore[type-arg]
        "", description="open 合作中，asked 待确认，past 历史；留空为全部。"
    ),
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(30, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """The affiliations of the agency."""
    actor = actor_of(request)
    page = queries.affiliations(actor, group=group, cursor=cursor, size=size)
    return {"items": page.items, "counts": queries.affiliation_counts(actor), "next_cursor": page.next_cursor}


@router.get(
    "/agency/affiliations/{uuid:affiliation_id}",
    summary="读取一家关联企业",
    description="一家企业与本机构的关联。",
    operation_id="readAffiliation",
    response={200: Affiliation, **refusals.OF_READS},
)
@access(client(Scope.AFFILIATIONS_READ))
def read_affiliation(request: HttpRequest, affiliation_id: UUID) -> Any:
    """One affiliation."""
    return queries.affiliation(actor_of(request), affiliation_id)


@router.post(
    "/agency/affiliations/{uuid:affiliation_id}/approve",
    summary="同意关联",
    description="同意为这家企业招聘；本机构以前登记的同名企业会并入它。",
    operation_id="approveAffiliation",
    response={200: Affiliation, **refusals.OF_WRITES},
)
@access(client(Scope.AFFILIATIONS_WRITE))
def approve_affiliation(request: HttpRequest, affiliation_id: UUID) -> Any:
    """Agree to recruit for the employer."""
    actor = actor_of(request)
    approve_and_merge(actor, affiliation_id=affiliation_id)
    return queries.affiliation(actor, affiliation_id)


@router.post(
    "/agency/affiliations/{uuid:affiliation_id}/refuse",
    summary="不同意关联",
    description="不同意企业的申请，并说明原因。",
    operation_id="refuseAffiliation",
    response={200: Affiliation, **refusals.OF_WRITES},
)
@access(client(Scope.AFFILIATIONS_WRITE))
def refuse_affiliation(request: HttpRequest, affiliation_id: UUID, reason: Reason) -> Any:
    """Refuse the request."""
    actor = actor_of(request)
    actions.refuse_affiliation(actor, affiliation_id=affiliation_id, reason=reason.reason)
    return queries.affiliation(actor, affiliation_id)


@router.post(
    "/agency/affiliations/{uuid:affiliation_id}/end",
    summary="解除关联",
    description="解除后，企业立即看不到求职者的信息。",
    operation_id="endAffiliation",
    response={200: Affiliation, **refusals.OF_WRITES},
)
@access(client(Scope.AFFILIATIONS_WRITE))
def end_affiliation(request: HttpRequest, affiliation_id: UUID, reason: Reason) -> Any:
    """End the affiliation."""
    actor = actor_of(request)
    actions.end_affiliation(actor, affiliation_id=affiliation_id, reason=reason.reason)
    return queries.affiliation(actor, affiliation_id)
