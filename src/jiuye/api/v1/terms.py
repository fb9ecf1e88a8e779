"""Lists of terms: the values that members and parameters can have, with their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Schema
from pydantic import Field

from jiuye.api.problems import Problem
from jiuye.api.v1 import answers
from jiuye.api.v1.reference import A_DAY
from jiuye.design.formats import PAY_UNITS
from jiuye.domains.fairs.queries import PHASES
from jiuye.domains.fairs.states import FairMode
from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.policies.states import Audience, Topic
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound

router = Router(tags=["reference"])
Pairs = Sequence[tuple[str, str]]
OUR_EDITION = "1.0"


class TermValue(Schema):
    """A value with its name."""

    value: str
    name: str
    replaced_by: list[str] = Field(description="停用后改用的值；空表示仍在使用。")


class TermList(Schema):
    """A list of terms."""

    name: str = Field(description="列表的名称。")
    title: str
    version: str
    valid_from: str | None = Field(description="生效的日期或年份；null 表示不详。")
    items: list[TermValue]


class TermLists(Schema):
    """All lists of terms."""

    items: list[TermList]
    licence: answers.Licence
    source: str


@dataclass(frozen=True)
class _Terms:
    title: str
    values: Pairs
    version: str = OUR_EDITION
    valid_from: str | None = "2026"


LISTS: Mapping[str, _Terms] = {
    "education": _Terms("学历", EducationLevel.choices, "GB/T 4658-2006（归并为七级）", "2006"),
    "employment_type": _Terms("用工类型", EmploymentType.choices),
    "ownership": _Terms("单位性质", OwnershipKind.choices),
    "size": _Terms("单位规模", EmployerSize.choices),
    "pay_unit": _Terms("计薪单位", tuple(PAY_UNITS.items())),
    "agency_kind": _Terms("职介性质", AgencyKind.choices),
    "fair_phase": _Terms("招聘会阶段", tuple(PHASES.items())),
    "fair_mode": _Terms("招聘会形式", FairMode.choices),
    "policy_topic": _Terms("政策主题", Topic.choices),
    "policy_audience": _Terms("政策对象", Audience.choices),
}


@router.get(
    "/terms",
    summary="取值列表",
    description="学历、用工类型、单位性质、单位规模等取值及名称。福利（benefits）和标签（tags）由机构自己填写，没有列表。",
    operation_id="listTerms",
    response={200: TermLists, 429: Problem},
)
@access(PUBLIC)
def list_terms(request: HttpRequest) -> HttpResponseBase:
    """All lists of terms."""
    return _answer(request, "")


@router.get(
    "/terms/{name}",
    summary="一个取值列表",
    description="、".join(f"{name} {terms.title}" for name, terms in LISTS.items()) + "。",
    operation_id="readTerms",
    response={200: TermList, 404: Problem, 429: Problem},
)
@access(PUBLIC)
def read_terms(request: HttpRequest, name: str) -> HttpResponseBase:
    """One list of terms."""
    if name not in LISTS:
        raise NotFound(f"没有这个列表。可以选：{'、'.join(LISTS)}。")
    return _answer(request, name)


def _answer(request: HttpRequest, name: str) -> HttpResponseBase:
    body, tag = _encoded(name)
    return answers.answer(request, body, tag=tag, max_age=A_DAY, has_links=False)


@lru_cache
def _encoded(name: str) -> tuple[bytes, str]:
    everything = {"items": [_list(one) for one in LISTS], "licence": answers.licence(), "source": answers.SOURCE}
    body = answers.encode(_list(name) if name else everything)
    return body, answers.strong(body)


def _list(name: str) -> dict[str, Any]:
    terms = LISTS[name]
    return {
        "name": name,
        "title": terms.title,
        "version": terms.version,
        "valid_from": terms.valid_from,
        "items": [{"value": value, "name": label, "replaced_by": []} for value, label in terms.values],
    }
