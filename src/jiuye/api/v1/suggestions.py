"""Suggestions for what is typed: as in the site's search box, and occupations with their codes."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.problems import Problem
from jiuye.api.v1 import answers
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.ports.search.suggestions import LONGEST_TYPED
from jiuye.search.suggestions import offers

router = Router(tags=["suggestions"])
_AN_HOUR = 3600
_A_MINUTE = 60
_TYPED = Query(  # type: ignore[type-arg]
    ..., min_length=1, max_length=LONGEST_TYPED, description="已输入的字：名称、拼音或拼音首字母的开头。"
)


class Suggestion(Schema):
    """A suggestion. `code` is the reference code or id of what `text` names; a title has none."""

    kind: str = Field(description="title 职位名，occupation 职业，region 地区，employer 用人单位，agency 职介机构。")
    text: str
    code: str


class Suggestions(answers.Listing):
    """At most eight suggestions, grouped by kind."""

    items: list[Suggestion]


class OccupationMatch(Schema):
    """An occupation that words may mean, best first."""

    code: str
    name: str
    level: int = Field(description="1 大类，2 中类，3 小类，4 职业。")
    path: list[str] = Field(description="从大类起的名称。")
    titles: list[str] = Field(description="招聘中常见的叫法。")


class OccupationMatches(answers.Listing):
    """Occupations, best first."""

    items: list[OccupationMatch]


@router.get(
    "/suggestions",
    summary="搜索建议",
    description="与网站搜索框相同的建议，最多 8 条。",
    operation_id="suggest",
    response={200: Suggestions, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def suggest(request: HttpRequest, q: str = _TYPED) -> HttpResponseBase:
    """Suggestions that start with what was typed. No query."""
    items = [{"kind": one.kind, "text": one.text, "code": one.code} for one in offers(q)]
    return answers.listing(request, items, max_age=_A_MINUTE)


@router.get(
    "/suggestions/occupations",
    summary="按词找职业代码",
    description="一个词或一个职位名对应的职业（职业分类大典 2022），最可能的在前。",
    operation_id="suggestOccupations",
    response={200: OccupationMatches, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def suggest_occupations(
    request: HttpRequest,
    q: str = _TYPED,
    size: int = Query(10, ge=1, le=20, description="最多几条。"),  # type: ignore[type-arg]
) -> HttpResponseBase:
    """Occupations by words. No query."""
    items = [
        {
            "code": one.code,
            "name": one.name,
            "level": one.level,
            "path": [step.name for step in reference.occupation_ancestors(one.code)],
            "titles": one.aliases,
        }
        for one in reference.search_occupations(q, size)
    ]
    return answers.listing(request, items, max_age=_AN_HOUR)
