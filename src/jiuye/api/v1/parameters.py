"""The parameters of the job search for the OpenAPI document. They are read by `jiuye.search.criteria`, as the page's are."""

from typing import Any

from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.ports.search import DEEPEST_PAGE, LARGEST_NUMBER
from jiuye.search.criteria import CODE_PATTERNS, LARGEST_PAGE, MOST_VALUES, SORTS

Parameter = dict[str, Any]


def _parameter(name: str, schema: dict[str, Any], description: str) -> Parameter:
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": description}


def _several(name: str, item: dict[str, Any], description: str) -> Parameter:
    schema = {"type": "array", "items": {"type": "string", **item}, "maxItems": MOST_VALUES}
    text = f"{description} Repeat the parameter for several values, or join them by commas; they widen the search."
    return _parameter(name, schema, text) | {"style": "form", "explode": True}


def _number(name: str, description: str, least: int = 0, most: int = LARGEST_NUMBER, **more: Any) -> Parameter:
    return _parameter(name, {"type": "integer", "minimum": least, "maximum": most, **more}, description)


def _code(name: str) -> dict[str, Any]:
    return {"pattern": f"^({CODE_PATTERNS[name]})$"}


_LEVELS = ", ".join(f"{level.value} {level.label}" for level in EducationLevel)
_TYPES = ", ".join(f"{kind.value} {kind.label}" for kind in EmploymentType)

SEARCH = [
    _parameter("q", {"type": "string"}, "Words; all must be found, or synonyms of them. The first 80 characters count."),
    _several("region", _code("region"), "GB/T 2260 codes of any level; all below is found too."),
    _several("occupation", _code("occupation"), "Codes of 职业分类大典 2022, of any level."),
    _several("industry", _code("industry"), "GB/T 4754-2017 sections (A–T) or divisions (01–97)."),
    _several("employment_type", {"enum": EmploymentType.values}, f"用工类型: {_TYPES}."),
    _number("pay_min", "Yuan a month. Finds postings whose range reaches this; 面议 is never found by pay."),
    _number("pay_max", "Yuan a month. Finds postings whose range begins at most here."),
    _parameter(
        "education",
        {"type": "string", "enum": EducationLevel.values},
        f"The seeker's own level (GB/T 4658); finds what demands no more. {_LEVELS}.",
    ),
    _number("experience", "The seeker's own years; finds what demands no more. 10 stands for ten or more."),
    _several("agency", {"format": "uuid"}, "Ids of agencies."),
    _several("employer", {"format": "uuid"}, "Ids of employers."),
    _number("posted_within", "Days since the posting was published."),
    _parameter(
        "sort", {"type": "string", "enum": list(SORTS), "default": "relevance"}, "Without words, relevance is newest."
    ),
    _number("size", "Items on a page.", 1, LARGEST_PAGE, default=20),
    _number("page", "For jumping about the first pages; use cursor to read to the end.", 1, DEEPEST_PAGE, default=1),
    _parameter(
        "cursor",
        {"type": "string"},
        "next_cursor of the page before: goes on exactly behind its last item, to any depth. One of another search starts anew.",
    ),
]
