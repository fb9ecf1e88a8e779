"""What the API answers. Codes stand beside their names; times are UTC, pay is in whole yuan a month."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.api.problems import FieldError


class JobItem(Schema):
    """A posting in a list. `pay`, `place`, `experience`, `education`, `size` are texts for people."""

    id: UUID
    url: str = Field(description="The posting's page, relative to the site.")
    title: str
    pay: str
    pay_min: int | None = Field(description="Yuan a month; both null: 面议.")
    pay_max: int | None
    pay_unit: str = Field(description="How the pay was written: month, day, hour, year, piece or time.")
    pay_months: int = Field(description="Salaries a year.")
    place: str
    region: str | None = Field(description="GB/T 2260.")
    region_name: str | None
    occupation: str | None = Field(description="职业分类大典 2022.")
    occupation_name: str | None
    industry: str | None = Field(description="GB/T 4754-2017.")
    experience: str
    experience_min: int | None = Field(description="Years; null: none demanded.")
    experience_max: int | None
    education: str
    education_code: str | None = Field(description="GB/T 4658; null: none demanded.")
    employment_type: str
    employment_type_name: str | None
    headcount: int | None
    employer: str
    employer_id: UUID | None
    size: str = Field(description="The employer's, in people.")
    verified: bool = Field(description="The employer's certifications are approved.")
    agency: str = Field(description="The agency that recruits for the employer; empty for the agency's own posting.")
    agency_id: UUID
    agency_name: str
    tags: list[str]
    benefits: list[str]
    published_at: datetime | None
    confirmed_at: datetime | None = Field(description="When the agency last confirmed that it still recruits.")
    valid_through: date | None


class FacetValue(Schema):
    """How many postings there would be if this value were chosen in the place of the facet's present ones."""

    value: str
    name: str
    count: int


class JobPage(Schema):
    """A page of postings."""

    total: int | None = Field(description="Exact; null while `degraded`.")
    items: list[JobItem]
    facets: dict[str, list[FacetValue]] = Field(description="By parameter name, most first.")
    next_cursor: str = Field(description="Empty on the last page.")
    degraded: bool = Field(description="The search engine is away: titles and filters only, no facets.")
    notes: list[FieldError] = Field(description="Codes that no list knows, and that therefore find nothing.")


class Employer(Schema):
    """Who employs."""

    id: UUID
    name: str
    credit_code: str = Field(description="统一社会信用代码, GB 32100.")
    ownership: str
    size: str
    industry: str
    region: str
    introduction: str
    verified: bool


class Agency(Schema):
    """Who publishes, with what the law wants displayed."""

    id: UUID
    name: str
    short_name: str
    kind: str
    kind_name: str
    licence_number: str
    licence_expires_on: date | None
    fees: str
    supervising_body: str
    supervising_phone: str


class Job(Schema):
    """An open posting with every legal element (人力资源市场暂行条例 art. 24)."""

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
    for_employer: bool = Field(description="True: the agency recruits for another (机构代招).")
    employer: Employer | None
    agency: Agency


class Division(Schema):
    """An administrative division, GB/T 2260."""

    code: str
    name: str
    full_name: str
    level: str = Field(description="province, city or county.")
    parent: str = Field(description="Empty for a province.")
    has_children: bool


class Category(Schema):
    """An occupation, an industry, or a class of them."""

    code: str
    name: str
    level: str
    parent: str = Field(description="Empty at the top.")
    has_children: bool


class Divisions(Schema):
    """Divisions, by code."""

    items: list[Division]


class Categories(Schema):
    """Occupations or industries, by code."""

    items: list[Category]
