"""Agencies and their shops."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, sparse
from jiuye.domains.organisations import queries
from jiuye.domains.organisations.queries import AgencyCard, PictureView, ShopFilter, ShopView
from jiuye.domains.reviews import queries as reviews
from jiuye.kernel.access import PUBLIC, access

router = Router(tags=["agencies"])
Kind = Literal["", "public", "market"]
Sort = Literal["jobs", "answers", "rating"]
_KIND = Query("", description="性质：public 公共职介，market 市场化职介。")  # type: ignore[type-arg]
_SORT = Query("jobs", description="排序：岗位最多、答复最及时、评分最高。")  # type: ignore[type-arg]


class AgencyItem(Schema):
    """An agency in a list. Shares are from 0 to 1; figures are null while there are too few cases."""

    id: UUID
    url: str = Field(description="旗舰店页面。")
    name: str
    short_name: str
    kind: str = Field(description="public 公共职介，market 市场化职介。")
    kind_name: str
    region: str = Field(description="GB/T 2260.")
    region_name: str
    address: str
    phone: str
    licence_number: str
    licence_expires_on: date | None = Field(description="最后一天，含当日。")
    slogan: str
    fees: str = Field(description="收费说明；机构不得向求职者收费。")
    services: list[str]
    open_jobs: int
    answered_within_7_days: float | None = Field(description="7 日处理率，0 到 1。")
    typical_answer_hours: float | None
    review_count: int
    review_average: float | None = Field(description="1 到 5。")


class AgencyPage(answers.Listing):
    """A page of agencies."""

    items: list[AgencyItem]


class Introduced(Schema):
    """A person of the team, as the shop introduces them."""

    name: str
    title: str
    introduction: str


class ShopAchievement(Schema):
    """What the agency has achieved in a year."""

    year: str
    text: str


class ShopServiceFee(Schema):
    """A service and what it costs."""

    name: str
    fee: str
    note: str


class ShopPicture(Schema):
    """A picture of the shop; its size is in pixels."""

    id: UUID
    url: str
    caption: str
    width: int
    height: int


class ReviewSummary(Schema):
    """Reviews by number of stars."""

    count: int
    average: float | None
    stars: dict[str, int] = Field(description="以 1 到 5 星为键。")


class AgencyRead(AgencyItem):
    """An agency with its shop."""

    supervising_body: str
    supervising_phone: str
    introduction: str
    announcement: str
    team: list[Introduced]
    leaders: list[Introduced]
    achievements: list[ShopAchievement]
    service_fees: list[ShopServiceFee]
    pictures: list[ShopPicture]
    reviews: ReviewSummary
    jobs: str = Field(description="它的在招职位的接口地址。")
    fairs: str = Field(description="它的招聘会的接口地址。")
    updated_at: datetime


@router.get(
    "/agencies",
    summary="职介列表",
    description="开放旗舰店的职介机构，可按地区、性质、服务项目和名称查找。",
    operation_id="listAgencies",
    response={200: AgencyPage, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def list_agencies(
    request: HttpRequest,
    q: str = listed.WORDS,
    region: str = listed.REGION,
    kind: Kind = _KIND,
    service: str = Query("", max_length=30, description="提供这个服务项目的机构。"),  # type: ignore[type-arg]
    sort: Sort = _SORT,
    fields: str = sparse.FIELDS,
    size: int = listed.SIZE,
    cursor: str = listed.CURSOR,
) -> HttpResponseBase:
    """Agencies with an open shop. One query."""
    wanted = ShopFilter(
        region=listed.place(region), kind=kind, text=listed.words(q), service=listed.words(service), sort=sort
    )
    names = sparse.chosen(fields, AgencyItem)
    page = queries.shops(wanted, cursor=cursor, size=size)
    items = [sparse.only(item(request, card), names) for card in page.items]
    return answers.listing(request, items, page.next_cursor)


@router.get(
    "/agencies/{uuid:agency_id}",
    summary="职介旗舰店",
    description="一家职介的旗舰店：介绍、队伍、服务与收费、许可证、处理时效、评价概况。没有开放的回答 404。",
    operation_id="readAgency",
    response={200: AgencyRead, 404: Problem, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def read_agency(request: HttpRequest, agency_id: UUID, fields: str = sparse.FIELDS) -> HttpResponseBase:
    """An agency's shop. Three queries."""
    names = sparse.chosen(fields, AgencyRead)
    shop = queries.shop(agency_id)
    content = item(request, shop.agency) | _shop(shop) | _beside(shop)
    return answers.one(request, sparse.only(content, names))


def item(request: HttpRequest, card: AgencyCard) -> dict[str, Any]:
    """Return an agency as `AgencyItem`."""
    same = (
        "id", "name", "short_name", "kind", "address", "phone", "licence_number", "licence_expires_on", "slogan", "fees",
        "services", "answered_within_7_days", "typical_answer_hours", "review_count", "review_average", "region_name",
    )  # fmt: skip
    return {name: getattr(card, name) for name in same} | {
        "url": links.page(request, f"/agencies/{card.id}"),
        "kind_name": card.kind_label,
        "region": card.region_code,
        "open_jobs": card.open_postings,
    }


def _shop(shop: ShopView) -> dict[str, Any]:
    return {
        "supervising_body": shop.agency.supervising_body,
        "supervising_phone": shop.agency.supervising_phone,
        "introduction": shop.introduction,
        "announcement": shop.announcement,
        "team": [_texts(one, "name", "title", "introduction") for one in shop.team],
        "leaders": [_texts(one, "name", "title", "introduction") for one in shop.leaders],
        "achievements": [_texts(one, "year", "text") for one in shop.achievements],
        "service_fees": [_texts(one, "name", "fee", "note") for one in shop.service_fees],
        "updated_at": shop.updated_at,
    }


def _beside(shop: ShopView) -> dict[str, Any]:
    agency = shop.agency
    stars = {str(stars): count for stars, count in reviews.spread_of(agency.id).items()}
    return {
        "pictures": [_picture(agency.id, one) for one in queries.pictures_of(agency.id)],
        "reviews": {"count": agency.review_count, "average": agency.review_average, "stars": stars},
        "jobs": f"/api/v1/jobs?agency={agency.id}",
        "fairs": f"/api/v1/fairs?agency={agency.id}",
    }


def _texts(given: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: str(given.get(name) or "") for name in names}


def _picture(agency_id: UUID, view: PictureView) -> dict[str, Any]:
    same = {name: getattr(view, name) for name in ("id", "caption", "width", "height")}
    return same | {"url": f"/agencies/{agency_id}/pictures/{view.id}"}
