"""The API's response schemas. Codes come with their names; times are UTC, pay is in whole yuan a month."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.api.v1.agencies import AgencyItem
from jiuye.api.v1.answers import Licence, Listing
from jiuye.api.v1.employers import EmployerItem


class SearchNote(Schema):
    """What could not be done with a parameter, although it is valid."""

    field: str
    message: str


class JobItem(Schema):
    """A posting in a list. `pay`, `place`, `experience`, `education`, `size` are display texts."""

    id: UUID
    url: str = Field(description="职位页的地址，相对于网站。")
    title: str
    pay: str
    pay_min: int | None = Field(description="元/月；上下限都为 null 表示面议。")
    pay_max: int | None
    pay_unit: str = Field(description="原来的计薪单位：month、day、hour、year、piece 或 time。")
    pay_months: int = Field(description="每年发几个月薪资。")
    place: str
    region: str | None = Field(description="GB/T 2260.")
    region_name: str | None
    occupation: str | None = Field(description="职业分类大典 2022.")
    occupation_name: str | None
    industry: str | None = Field(description="GB/T 4754-2017.")
    experience: str
    experience_min: int | None = Field(description="年；null 表示不限。")
    experience_max: int | None
    education: str
    education_code: str | None = Field(description="GB/T 4658；null 表示不限。")
    employment_type: str
    employment_type_name: str | None
    headcount: int | None
    employer: str
    employer_id: UUID | None
    size: str = Field(description="用人单位规模。")
    verified: bool = Field(description="用人单位的认证已通过。")
    agency: str = Field(description="代招的职介；机构自己招聘时为空。")
    agency_id: UUID
    agency_name: str
    tags: list[str]
    benefits: list[str]
    published_at: datetime | None
    confirmed_at: datetime | None = Field(description="机构最近一次确认仍在招聘的时间。")
    valid_through: date | None
    at_city_centre: bool = Field(description="只知道在哪个市：距离从市中心算起。")
    distance_km: int | None = Field(None, description="只在有 near 时给出：约多少公里，远则更粗。")


class FacetValue(Schema):
    """The number of postings if this value were chosen instead of the facet's current ones."""

    value: str
    name: str
    count: int


class Included(Schema):
    """What `expand` asks for: the organisations of the page that have a public page, once each."""

    agencies: list[AgencyItem]
    employers: list[EmployerItem]


class JobPage(Listing):
    """A page of postings."""

    total: int | None = Field(description="准确总数；degraded 时为 null。")
    items: list[JobItem]
    facets: dict[str, list[FacetValue]] = Field(description="以参数名为键；同级的值数量多的在前。")
    left_out: int | None = Field(description="被“不看”条件排除的职位数；degraded 时为 null。")
    included: Included
    degraded: bool = Field(description="搜索引擎暂不可用：只按标题和条件查找，没有 facets。")
    notes: list[SearchNote] = Field(description="没有收录、因此查不到职位的代码。")


class Employer(Schema):
    """An employer."""

    id: UUID
    name: str
    credit_code: str = Field(description="统一社会信用代码（GB 32100）。")
    ownership: str
    size: str
    industry: str
    region: str
    introduction: str
    verified: bool


class Agency(Schema):
    """An agency, with what the law requires to be displayed. `licence_expires_on` is the last day, inclusive, in Beijing;
    `licence_valid_until` says it as pages do (2026-12-31（含当日）).
    """

    id: UUID
    name: str
    short_name: str
    kind: str
    kind_name: str
    licence_number: str
    licence_expires_on: date | None
    licence_valid_until: str
    fees: str
    supervising_body: str
    supervising_phone: str


class Job(Schema):
    """An open posting with every element required by law (人力资源市场暂行条例 art. 24)."""

    id: UUID
    url: str
    title: str
    pay: str
    pay_min: int | None
    pay_max: int | None
    pay_unit: str
    pay_months: int
    pay_negotiable: bool
    region: str
    region_name: str
    place: str
    address: str
    longitude: float | None
    latitude: float | None
    occupation: str
    occupation_name: str
    industry: str
    industry_name: str
    headcount: int | None
    employment_type: str
    employment_type_name: str
    education: str
    education_code: str
    experience: str
    experience_min: int | None
    experience_max: int | None
    duties: str
    requirements: str
    working_conditions: str
    tags: list[str]
    benefits: list[str]
    skills: list[str]
    published_at: datetime | None
    confirmed_at: datetime | None
    valid_through: date | None
    for_employer: bool = Field(description="true 表示机构代招。")
    employer: Employer | None
    agency: Agency


class Validity(Schema):
    """What every code of a list says about its validity."""

    in_force: bool
    last_year: int | None = Field(description="已撤销的代码最后有效的年份；null 表示仍有效或不详。")
    replaced_by: list[str] = Field(description="取代它的代码；空表示仍有效，或没有可靠的对应。")


class Division(Validity):
    """An administrative division, GB/T 2260."""

    code: str
    name: str
    full_name: str
    level: str = Field(description="province、city 或 county。")
    parent: str = Field(description="省级和已撤销的代码为空。")
    has_children: bool


class Category(Validity):
    """An occupation, an industry, or a class of them."""

    code: str
    name: str
    level: str
    parent: str = Field(description="最上一级为空。")
    has_children: bool


class Edition(Schema):
    """What a list of codes is an edition of, and its terms of use."""

    version: str
    valid_from: str | None = Field(description="生效的日期或年份；null 表示不详。")
    licence: Licence
    source: str


class Divisions(Edition):
    """Divisions, by code."""

    items: list[Division]


class Categories(Edition):
    """Occupations or industries, by code."""

    items: list[Category]
