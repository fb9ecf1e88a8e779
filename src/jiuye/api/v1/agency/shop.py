"""The agency's flagship shop: its texts, sections and pictures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.clients.states import Scope
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.actions import ShopTexts
from jiuye.domains.organisations.queries import ShopView
from jiuye.domains.organisations.states import SECTIONS
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor

router = Router(tags=["agency-shop"])


class ShopPerson(StrictBody):
    """A leader, or a member of the team."""

    name: str
    title: str
    introduction: str = ""


class OwnAchievement(StrictBody):
    """What the agency has achieved."""

    year: str = Field(examples=["2025"])
    text: str


class OwnServiceFee(StrictBody):
    """A service and what it costs (人力资源市场暂行条例 art. 32)."""

    name: str
    fee: str
    note: str = ""


class OwnPicture(Schema):
    """A picture of the shop."""

    id: UUID
    caption: str
    width: int = Field(description="像素。")
    height: int = Field(description="像素。")


class OwnShop(Schema):
    """The shop, listed or not."""

    slogan: str
    introduction: str
    announcement: str
    services: list[str]
    fees: str
    leaders: list[ShopPerson]
    team: list[ShopPerson]
    achievements: list[OwnAchievement]
    service_fees: list[OwnServiceFee]
    pictures: list[OwnPicture]
    version: int = Field(description="修改时写上，以免盖掉同事的修改。")
    updated_at: datetime
    is_listed: bool = Field(description="求职者能看到。")
    may_publish: bool = Field(description="现在可以发布职位。")
    obstacle: str = Field(description="为什么不能发布；可以发布时为空。")
    open_jobs: int
    review_count: int
    review_average: float | None


class ShopChange(StrictBody):
    """Changed texts. What is left out stays as it is."""

    slogan: str | None = None
    introduction: str | None = None
    announcement: str | None = None
    services: list[str] | None = Field(None, examples=[["职业介绍", "职业指导"]])
    fees: str | None = None
    version: int = Field(description="读到的 version。")


class SectionChange(StrictBody):
    """All entries of a section, in order; which members an entry has, the section decides."""

    entries: list[ShopPerson | OwnAchievement | OwnServiceFee]
    version: int = Field(description="读到的 version。")


@router.get(
    "/agency/shop",
    summary="本机构的旗舰店",
    description="文字、队伍、业绩、收费和图片，没有公开时也能读取。",
    operation_id="readShop",
    response={200: OwnShop, **refusals.OF_READS},
)
@access(client(Scope.SHOP_READ))
def read_shop(request: HttpRequest) -> Any:
    """The shop with its version."""
    return _shop(actor_of(request))


@router.patch(
    "/agency/shop",
    summary="修改旗舰店的文字",
    description="没有写的成员保持不变。version 不是最新的，回答 409。",
    operation_id="changeShop",
    response={200: OwnShop, **refusals.OF_WRITES},
)
@access(client(Scope.SHOP_WRITE))
def change_shop(request: HttpRequest, change: ShopChange) -> Any:
    """Change the texts of the shop."""
    actor = actor_of(request)
    now = queries.own_shop(actor)
    texts = ShopTexts(
        slogan=_given(change.slogan, now.agency.slogan),
        introduction=_given(change.introduction, now.introduction),
        announcement=_given(change.announcement, now.announcement),
        services=_given(change.services, list(now.agency.services)),
        fees=_given(change.fees, now.agency.fees),
    )
    actions.edit_shop(actor, texts=texts, version=change.version)
    return _shop(actor)


@router.put(
    "/agency/shop/sections/{slug:section}",
    summary="修改旗舰店的一栏",
    description="用 entries 替换整栏："
    + "、".join(f"{name} {kind.label}（{'、'.join(c.name for c in kind.columns)}）" for name, kind in SECTIONS.items())
    + "。",
    operation_id="replaceShopSection",
    response={200: OwnShop, **refusals.OF_WRITES},
)
@access(client(Scope.SHOP_WRITE))
def replace_shop_section(request: HttpRequest, section: str, change: SectionChange) -> Any:
    """Replace the entries of a section."""
    actor = actor_of(request)
    entries = [entry.model_dump() for entry in change.entries]
    actions.edit_section(actor, section=section, entries=entries, version=change.version)
    return _shop(actor)


@router.post(
    "/agency/shop/pictures",
    summary="加一张图片",
    description="JPG、PNG 或 WebP，不超过 8 MB；拍摄地点等隐藏信息会去掉。",
    operation_id="addShopPicture",
    response={201: OwnPicture, **refusals.OF_WRITES},
)
@access(client(Scope.SHOP_WRITE))
def add_shop_picture(
    request: HttpRequest,
    picture: File[UploadedFile],
    caption: Form[str],
) -> Any:
    """Add a picture."""
    actor = actor_of(request)
    made = actions.add_picture(actor, file=picture, name=picture.name or "", caption=caption)
    own = queries.own_shop(actor)
    return Status(201, next(one for one in queries.pictures_of(own.agency.id) if one.id == made))


@router.get(
    "/agency/shop/pictures/{uuid:picture_id}",
    summary="读取一张图片",
    description="JPEG。",
    operation_id="readShopPicture",
    response={200: None, **refusals.OF_READS},
    openapi_extra={"responses": {200: {"description": "JPEG", "content": {"image/jpeg": {"schema": {}}}}}},
)
@access(client(Scope.SHOP_READ))
def read_shop_picture(request: HttpRequest, picture_id: UUID) -> Any:
    """A picture of the shop, listed or not."""
    actor = actor_of(request)
    content = queries.picture(actor, queries.own_shop(actor).agency.id, picture_id)
    return HttpResponse(content, content_type="image/jpeg")


@router.delete(
    "/agency/shop/pictures/{uuid:picture_id}",
    summary="删除一张图片",
    description="已经没有的图片不算错误。",
    operation_id="deleteShopPicture",
    response={204: None, **refusals.OF_WRITES},
)
@access(client(Scope.SHOP_WRITE))
def delete_shop_picture(request: HttpRequest, picture_id: UUID) -> Any:
    """Delete a picture."""
    actions.delete_picture(actor_of(request), picture_id=picture_id)
    return Status(204, None)


def _given(value: Any, present: Any) -> Any:
    return present if value is None else value


def _shop(actor: Actor) -> dict[str, Any]:
    shop: ShopView = queries.own_shop(actor)
    standing = queries.standing(shop.agency.id)
    same = ("introduction", "announcement", "leaders", "team", "achievements", "service_fees", "version", "updated_at")
    of_agency = ("slogan", "services", "fees", "is_listed", "review_count", "review_average")
    return {
        **{name: getattr(shop, name) for name in same},
        **{name: getattr(shop.agency, name) for name in of_agency},
        "open_jobs": shop.agency.open_postings,
        "pictures": queries.pictures_of(shop.agency.id),
        "may_publish": standing.may_publish,
        "obstacle": standing.reason,
    }
