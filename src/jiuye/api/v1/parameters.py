"""The parameters of the job search for the OpenAPI document. `jiuye.search.criteria` parses them, as for the page."""

from typing import Any

from jiuye.api.v1 import sparse
from jiuye.api.v1.expanded import MOST_EXPANDED
from jiuye.domains.organisations.queries import SLOW_BELOW
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.ports.search import DEEPEST_PAGE, LARGEST_NUMBER, LARGEST_RADIUS, USUAL_RADIUS
from jiuye.search.criteria import (
    CODE_PATTERNS,
    LARGEST_PAGE,
    LONGEST_WORD,
    LONGEST_WORKPLACE,
    MOST_VALUES,
    MOST_WORDS,
    SORTS,
)

Parameter = dict[str, Any]
WORD_PATTERN = f"^[^,，\\s\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]{{1,{LONGEST_WORD}}}$"


def _parameter(name: str, schema: dict[str, Any], description: str) -> Parameter:
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": description}


def _several(name: str, item: dict[str, Any], description: str) -> Parameter:
    schema = {"type": "array", "items": {"type": "string", **item}, "maxItems": MOST_VALUES}
    text = f"{description}可重复参数或用逗号连接多个值，符合其中之一即可。"
    return _parameter(name, schema, text) | {"style": "form", "explode": True}


def _number(name: str, description: str, least: int = 0, most: int = LARGEST_NUMBER, **more: Any) -> Parameter:
    return _parameter(name, {"type": "integer", "minimum": least, "maximum": most, **more}, description)


def _code(name: str) -> dict[str, Any]:
    return {"pattern": f"^({CODE_PATTERNS[name]})$"}


_LEVELS = "，".join(f"{level.value} {level.label}" for level in EducationLevel)
_TYPES = "，".join(f"{kind.value} {kind.label}" for kind in EmploymentType)

_SWITCH = {"type": "string", "enum": ["true", "false"], "default": "false"}
SEARCH = [
    _parameter(
        "q",
        {"type": "string"},
        "搜索词，每个词（或其同义词）都要出现；只看前 80 个字。词前加减号表示不要（会计 -外包）。其中的地名按工作地点理解，"
        "写错的词和拼音会改正，都在 notes 中说明。",
    ),
    _parameter("literal", _SWITCH, "true：搜索词按字面理解，不从中读出地点，也不改正。"),
    _parameter(
        "workplace", {"type": "string", "maxLength": LONGEST_WORKPLACE}, "工作地址中要有的词，如 苏州工业园区。"
    ),
    _several("region", _code("region"), "行政区划代码（GB/T 2260），省、市、县均可，含其下辖地区。"),
    _several("occupation", _code("occupation"), "职业代码（职业分类大典 2022），大类到职业均可。"),
    _several("industry", _code("industry"), "行业门类（A–T）或大类（01–97），GB/T 4754-2017。"),
    _several("employment_type", {"enum": EmploymentType.values}, f"用工类型：{_TYPES}。"),
    _number("pay_min", "期望月薪下限（元）：薪资范围达到此数的职位；面议的职位不参与薪资筛选。"),
    _number("pay_max", "期望月薪上限（元）：薪资范围从此数以下起的职位。"),
    _parameter(
        "education",
        {"type": "string", "enum": EducationLevel.values},
        f"求职者本人的学历（GB/T 4658）：要求不高于它的职位。{_LEVELS}。",
    ),
    _number("experience", "求职者本人的工作年数：要求不高于它的职位；10 表示十年及以上。"),
    _several("agency", {"format": "uuid"}, "职介机构 id。"),
    _several("employer", {"format": "uuid"}, "用人单位 id。"),
    _number("posted_within", "最近多少天内发布。"),
    _parameter(
        "near",
        {"type": "string", "pattern": f"^({CODE_PATTERNS['region']})$"},
        "市或区县的代码：只要其中心周围的职位，items 中有 distance_km。",
    ),
    _number("within", "与 near 一起用：方圆多少公里。", 1, LARGEST_RADIUS, default=USUAL_RADIUS),
    _parameter(
        "sort",
        {"type": "string", "enum": list(SORTS), "default": "relevance"},
        "排序；没有搜索词时 relevance 等同 newest；distance 要与 near 一起用。",
    ),
    _number("size", "每页条数。", 1, LARGEST_PAGE, default=20),
    _number("page", "页码，用于跳到前面的某一页；要读到底请用 cursor。", 1, DEEPEST_PAGE, default=1),
    _parameter(
        "cursor",
        {"type": "string"},
        "上一页的 next_cursor：从其最后一条之后继续，深度不限。不完整或不属于同一搜索的回答 422 invalid_cursor。",
    ),
]

LEFT_OUT = [
    _parameter("without_agency", _SWITCH, "true：不看机构代招的职位，只看机构自己招聘的。"),
    _parameter("without_dispatch", _SWITCH, "true：不看劳务派遣和劳务外包的职位。"),
    _parameter(
        "without_slow",
        _SWITCH,
        f"true：不看答复慢的职介的职位：7 日处理率低于 {SLOW_BELOW:.0%} 的；还没有这个数字的职介不算。",
    ),
    _several("exclude_employer", {"format": "uuid"}, "不看这些用人单位的职位，无论由谁发布。"),
    _several("exclude_agency", {"format": "uuid"}, "不看这些职介发布的职位。"),
    _parameter(
        "exclude_words",
        {"type": "array", "items": {"type": "string", "pattern": WORD_PATTERN}, "maxItems": MOST_WORDS},
        "不看职位名称或单位名称里有这些词的职位，按字面。可重复参数或用逗号连接多个词。",
    )
    | {"style": "form", "explode": True},
    _number("unconfirmed_for", "不看这么多天没有确认仍在招聘的职位。"),
]
"""What to leave out."""
SHAPE = [
    _parameter("fields", {"type": "string", "format": sparse.FORMAT}, sparse.DESCRIPTION),
    _parameter(
        "expand",
        {"type": "string", "pattern": "^((agency|employer)(,(agency|employer))*)?$"},
        f"在 included 中附上职介（agency）、用人单位（employer）的资料，用逗号连接；此时 size 最多 {MOST_EXPANDED}。",
    ),
]
"""What the answer has."""
ALL = [*SEARCH, *LEFT_OUT, *SHAPE]

NEVER_BLANK = frozenset(parameter["name"] for parameter in [*SEARCH, *LEFT_OUT]) - {"q", "workplace", "cursor"}
"""Parameters that must not be blank: a blank value is an error of a program, while a page's form sends it for an empty field."""
