"""What the API reads and writes of an agency's fairs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.api.v1.strict import StrictBody


class FairPlans(StrictBody):
    """The plans that a fair needs (人力资源市场暂行条例 art. 29)."""

    organising: str = Field("", description="组织实施方案。")
    emergency: str = Field("", description="突发事件应急预案。")
    security: str = Field("", description="安全保卫工作方案。")


class FairInput(StrictBody):
    """The content of a fair."""

    title: str = Field(examples=["成都市制造业冬季专场招聘会"])
    mode: Literal["onsite", "online"] = Field(description="onsite 现场，online 线上。")
    region: str = Field(description="GB/T 2260；线上的写主办机构所在地。", examples=["510107"])
    starts_at: datetime = Field(examples=["2027-01-09T01:00:00Z"])
    ends_at: datetime = Field(examples=["2027-01-09T08:00:00Z"])
    place: str = Field("", examples=["武侯区示范路1号零工市场一层大厅"])
    link: str = Field("", description="线上会场的网址。")
    host: str = Field("", description="主办单位，与本机构不同时填写。")
    route: str = ""
    capacity: int | None = Field(None, description="登记名额；null 为不限。")
    introduction: str = ""
    plans: FairPlans = Field(default_factory=lambda: FairPlans(organising="", emergency="", security=""))


class FairChange(FairInput):
    """The whole content, and the version that was read."""

    version: int = Field(description="读到的 version。")


class FairPlace(Schema):
    """An employer at a fair."""

    employer_id: UUID
    employer: str
    booth: str
    job_ids: list[UUID] | None = Field(validation_alias="posting_ids", description="null：它所有在招的职位。")
    jobs_shown: int = Field(validation_alias="shown")


class OwnFair(Schema):
    """One of the agency's fairs."""

    id: UUID
    title: str
    state: str = Field(description="draft 草稿，published 已发布，cancelled 已取消。")
    phase: str = Field(description="upcoming、ongoing、ended 或 cancelled。")
    mode: str
    region: str
    place: str
    link: str
    host: str
    route: str
    capacity: int | None
    introduction: str
    plans: FairPlans
    starts_at: datetime
    ends_at: datetime
    cancelled_reason: str
    registered: int = Field(description="登记人数。")
    employers: list[FairPlace]
    missing: list[str] = Field(description="发布前还缺什么。")
    obstacle: str = Field(description="为什么本机构现在不能发布；可以时为空。")
    may: list[str] = Field(description="现在可以进行的操作：publish、cancel。")
    version: int


class OwnFairItem(Schema):
    """A fair in the list."""

    id: UUID
    title: str
    state: str
    phase: str
    starts_at: datetime
    ends_at: datetime
    registered: int
    arrived: int = Field(description="签到人数。")


class OwnFairPage(Schema):
    """A page of the agency's fairs, latest first."""

    items: list[OwnFairItem]
    next_cursor: str = Field(description="最后一页为空。")


class Version(StrictBody):
    """The version that was read."""

    version: int


class Cancellation(StrictBody):
    """Why; people who registered are told."""

    reason: str = Field(examples=["场地临时不能使用，改期另行通知。"])


class AddedEmployer(StrictBody):
    """An employer that takes part."""

    name: str = Field(description="单位全称。")
    booth: str = ""


class PlaceChange(StrictBody):
    """An employer's booth and jobs."""

    booth: str = ""
    job_ids: list[UUID] | None = Field(None, description="null：它所有在招的职位，包括以后发布的。")


class VisitorCode(StrictBody):
    """The code on a visitor's phone."""

    code: str


class Arrival(Schema):
    """A person was checked in."""

    name: str = Field(description="打码的姓名。")
    number: int = Field(description="第几位签到的人。")
