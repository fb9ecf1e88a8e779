"""Bodies of the operations on postings, and what they state."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Literal, Optional
from uuid import UUID

from pydantic import Field, create_model, model_validator
from pydantic.fields import FieldInfo

from jiuye.api.v1.strict import StrictBody
from jiuye.domains.jobs.actions import MOST_AT_ONCE, PostingContent, StatedPosting, stated_employer
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind
from jiuye.kernel.errors import Fault, Invalid

_WORKING = "工作时间、班次、休息、食宿、工作环境和防护；最多 1000 字。"


def _choice(names: Mapping[str, str], what: str) -> Any:
    """Return a text member for a code; the domain names what is wrong with others."""
    told = "，".join(f"{code} {name}" for code, name in names.items())
    return Field("", description=f"{what}{told}。", json_schema_extra={"enum": ["", *names]})


class EmployerBody(StrictBody):
    """The employer for which the agency recruits, by its name; it is recorded on first mention."""

    name: str = Field(max_length=100, description="全称，与营业执照一致。")
    credit_code: str = Field("", max_length=18, description="统一社会信用代码（GB 32100）；知道时请填写。")
    ownership: str = _choice(dict(OwnershipKind.choices), "单位性质：")
    size: str = _choice(dict(EmployerSize.choices), "单位规模：")


class JobBody(StrictBody):
    """A posting as the agency states it. Only the title is required; to be published it needs every element that the law asks
    for. Pay is in whole yuan a month, whatever unit pages show.
    """

    external_id: str = Field("", max_length=64, description="本机构自己的编号；再次写入同一编号时更新，不会重复。")
    title: str = Field(description="职位名称，最多 80 字。")
    employer_id: UUID | None = Field(
        None, description="用人单位的 id，见 GET /agency/employers；或用 employer 写明名称。"
    )
    employer: EmployerBody | None = None
    for_self: bool = Field(False, description="本机构自己招聘。")
    occupation: str = Field("", description="职业代码（职业分类大典 2022）；留空时按职位名称推断。")
    industry: str = Field("", description="行业门类（A–T）或大类（01–97），GB/T 4754-2017。")
    region: str = Field("", description="工作地点的行政区划代码（GB/T 2260），至少到市。")
    address: str = Field("", description="街道和门牌号，最多 200 字。")
    headcount: int | None = Field(None, description="招聘人数，1 到 10000。")
    employment_type: str = _choice(dict(EmploymentType.choices), "用工类型：")
    working_conditions: str = Field("", description=_WORKING)
    education_code: str = _choice(dict(EducationLevel.choices), "最低学历（GB/T 4658），留空为不限：")
    experience_min: int | None = Field(None, description="工作经验至少几年；null 为不限，0 和 0 为应届生。")
    experience_max: int | None = None
    pay_min: int | None = Field(None, description="月薪下限，元；按小时、天、年计的先折合成月。")
    pay_max: int | None = Field(None, description="月薪上限，元。")
    pay_unit: Literal["month", "day", "hour", "year"] = Field("month", description="页面上按什么单位显示。")
    pay_months: int = Field(12, description="每年发几个月，12 到 24。")
    pay_negotiable: bool = Field(False, description="在此范围内可面议；只写面议不能发布。")
    duties: str = Field("", description="工作内容，最多 5000 字。")
    requirements: str = Field("", description="招聘条件，最多 5000 字；没有特别要求可写“无特殊要求”。")
    tags: list[str] = Field([], description="职位标签，最多 15 个，每个最多 30 字。")
    benefits: list[str] = Field([], description="福利，最多 15 个，每个最多 30 字。")
    skills: list[str] = Field([], description="技能，最多 15 个，每个最多 40 字。")
    valid_through: date | None = Field(None, description="招聘截止日期，当天仍可投递；最长 180 天。")
    publish: bool = Field(False, description="保存后就发布；缺少法定要素时整项拒绝。false 不改变发布状态。")

    @model_validator(mode="after")
    def _one_employer(self) -> "JobBody":
        if (self.employer_id is not None) + (self.employer is not None) + self.for_self > 1:
            raise ValueError("employer_id、employer、for_self 只能写其中一个。")
        return self


_OWN_CONTENT = {name: field for name, field in JobBody.model_fields.items() if name != "publish"}


def _optional(field: FieldInfo) -> Any:
    told = Field(None, description=field.description, json_schema_extra=field.json_schema_extra)
    return (Optional[field.annotation], told)  # noqa: UP045 - the annotation is known only now


JobPatch: Any = create_model(
    "JobPatch",
    __base__=StrictBody,
    __doc__="Members of a posting to change (RFC 7396): those left out stay, null empties.",
    **{name: _optional(field) for name, field in _OWN_CONTENT.items()},
)


class JobBatch(StrictBody):
    """Postings to create or update."""

    items: list[Any] = Field(
        min_length=1,
        max_length=MOST_AT_ONCE,
        description=f"1 到 {MOST_AT_ONCE} 个职位，写法与 POST /agency/jobs 相同；逐项处理，一项有误不影响其他项。",
    )


class Publication(StrictBody):
    """Until when the posting is open."""

    valid_through: date | None = Field(None, description="招聘截止日期；null 为职位里已写的日期。")


class Filling(StrictBody):
    """How many people were hired."""

    hired_here: int = Field(description="通过本平台招到的人数。")
    hired_elsewhere: int = Field(0, description="通过其他途径招到的人数。")


class SeveralJobs(StrictBody):
    """One change of several postings."""

    change: Literal["publish", "withdraw", "confirm"]
    ids: list[UUID] = Field(min_length=1, max_length=200, description="职位 id，最多 200 个。")
    valid_through: date | None = Field(None, description="发布时的招聘截止日期；null 为各职位里已写的日期。")


class WishAnswer(StrictBody):
    """The answer to an employer's wish for a change."""

    is_done: bool = Field(description="true 已修改，false 不修改。")
    answer: str = Field("", max_length=300, description="不修改时必填，企业会看到。")


_RENAMED = {"external_id": "external_code", "education_code": "education"}
"""Members whose name differs from the domain's."""
_EMPTY = PostingContent("")
_CONTENT = frozenset(PostingContent.__dataclass_fields__)


def content_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return members of a body as members of `PostingContent`; null is its empty value."""
    named = {_RENAMED.get(name, name): value for name, value in told.items()}
    return {
        name: getattr(_EMPTY, name) if value is None else value for name, value in named.items() if name in _CONTENT
    }


def stated(body: JobBody, *, external_id: str | None = None, version: int | None = None) -> StatedPosting:
    """Return what a body states. `external_id`: the number in the path, which the body need not repeat.

    Raises `Invalid` if the body names another.
    """
    content = PostingContent(**content_of(body.__dict__))
    if external_id is not None:
        if body.external_id not in ("", external_id):
            raise Invalid({"/external_id": "与网址中的编号不同，请去掉，或改成一样。"})
        content = replace(content, external_code=external_id)
    named = body.employer
    employer = (
        stated_employer(named.name, named.credit_code, ownership=named.ownership, size=named.size) if named else None
    )
    return StatedPosting(content, employer, is_own=body.for_self, publish=body.publish, version=version)


_MEMBERS = {
    "external_code": "/external_id",
    "education": "education_code",
    "pay": "pay_min",
    "employer": "employer",
    "employer_name": "employer.name",
    "employer_credit_code": "employer.credit_code",
    "legal_name": "employer.name",
    "credit_code": "employer.credit_code",
    "ownership": "employer.ownership",
    "size": "employer.size",
}


def as_members(faults: tuple[Fault, ...] | list[Fault]) -> list[Fault]:
    """Return faults of the domain with the names of the body's members."""
    return [replace(one, field=_MEMBERS.get(one.field, one.field)) for one in faults]


@contextmanager
def naming_members() -> Iterator[None]:
    """Name members of the body in the faults of what the block raises."""
    try:
        yield
    except Invalid as error:
        faults = as_members(error.faults)
        fields = {fault.field: fault.message for fault in faults}
        raise Invalid(fields, error.message, faults=faults, code=error.code) from error
