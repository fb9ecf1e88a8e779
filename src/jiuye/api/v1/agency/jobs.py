"""The agency's own postings."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.queries import ListFilter, ListRow
from jiuye.domains.jobs.states import POSTING_LABELS
from jiuye.kernel.access import access

router = Router(tags=["agency-jobs"])


class OwnJobItem(Schema):
    """One of the agency's postings in a list."""

    id: UUID
    title: str
    employer: str
    state: str = Field(description="、".join(f"{state} {label}" for state, label in POSTING_LABELS.items()))
    headcount: int | None
    valid_through: date | None
    confirmed_at: datetime | None
    updated_at: datetime


class OwnJobPage(Schema):
    """A page of the agency's postings, last changed first."""

    items: list[OwnJobItem]
    next_cursor: str = Field(description="最后一页为空。")


@router.get(
    "/agency/jobs",
    summary="本机构的职位",
    description="最近修改的在前。要读到底，请跟随 next_cursor。",
    operation_id="listAgencyJobs",
    response={200: OwnJobPage, **refusals.OF_LISTS},
)
@access(client(Scope.JOBS_READ))
def list_agency_jobs(
    request: HttpRequest,
    state: str = Query("", description="只要这个状态的职位。"),  # type: ignore[type-arg]
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(30, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """The agency's postings in every state."""
    page = jobs.listing(actor_of(request), chosen=ListFilter(state=state), cursor=cursor, size=size)
    return {"items": [_item(row) for row in page.items], "next_cursor": page.next_cursor}


def _item(row: ListRow) -> dict[str, Any]:
    names = ("id", "title", "employer", "state", "headcount", "valid_through", "confirmed_at", "updated_at")
    return {name: getattr(row, name) for name in names}
