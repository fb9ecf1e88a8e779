"""Code lists: regions, occupations, industries. They change with a release and cost no query."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, schemas
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.search.criteria import CODE_PATTERNS

router = Router(tags=["reference"])
Item = Mapping[str, Any]
A_DAY = 86400
EDITIONS: Mapping[str, Item] = {
    "region": {"version": "GB/T 2260，2025 年底的代码", "valid_from": None},
    "occupation": {"version": "职业分类大典 2022，含 2024、2025 年公布的新职业", "valid_from": "2025-07"},
    "industry": {"version": "GB/T 4754-2017", "valid_from": "2017-10-01"},
}
"""What each list is an edition of; `valid_from` as far as it is known (ISO 8601, a day or a year)."""
_ANSWERS = {422: Problem, 429: Problem}
_ONE = {404: Problem, **_ANSWERS}
_PROVINCE = listed.of_format("region", "只要这个省级地区的；留空为全国。")


def _parent(name: str) -> Any:
    """Return the `parent` parameter of a list: a well-formed code, or empty for the top level."""
    return Query(  # type: ignore[type-arg]
        "", pattern=f"^({CODE_PATTERNS[name]})?$", description="列出此代码的下一级；留空列出最上一级。"
    )


@router.get(
    "/regions",
    summary="行政区划",
    description="GB/T 2260 行政区划：parent 的下一级，留空为各省。没有下级的代码得到空列表。",
    operation_id="listRegions",
    response={200: schemas.Divisions, **_ANSWERS},
)
@access(PUBLIC)
def list_regions(request: HttpRequest, parent: str = _parent("region")) -> HttpResponseBase:
    """Administrative divisions directly below `parent`."""
    return _answer(request, "region", parent)


@router.get(
    "/regions/former",
    summary="已撤销的行政区划代码",
    description="1980 年以来用过、现已撤销的代码，以及取代它的代码。replaced_by 为空表示没有可靠的对应。",
    operation_id="listFormerRegions",
    response={200: schemas.Divisions, **_ANSWERS},
)
@access(PUBLIC)
def list_former_regions(request: HttpRequest, within: str = _PROVINCE) -> HttpResponseBase:
    """Codes of regions that are no longer in force, with their successors."""
    return _answer(request, "former", listed.place(within))


@router.get(
    "/regions/{code}",
    summary="一个行政区划代码",
    description="一个代码的名称和上级；已撤销的代码给出取代它的代码。",
    operation_id="readRegion",
    response={200: schemas.Division, **_ONE},
)
@access(PUBLIC)
def read_region(request: HttpRequest, code: str) -> HttpResponseBase:
    """One code of a region, in force or not."""
    return _answer(request, "one region", code)


@router.get(
    "/occupations",
    summary="职业",
    description="职业分类大典 2022，含 2024、2025 年公布的新职业：parent 的下一级，留空为各大类。",
    operation_id="listOccupations",
    response={200: schemas.Categories, **_ANSWERS},
)
@access(PUBLIC)
def list_occupations(request: HttpRequest, parent: str = _parent("occupation")) -> HttpResponseBase:
    """Classes and occupations directly below `parent`."""
    return _answer(request, "occupation", parent)


@router.get(
    "/occupations/{code}",
    summary="一个职业代码",
    description="一个职业或类别（职业分类大典 2022）。不再使用的代码给出取代它的代码，以有公开依据的为限："
    "2015 年版没有公开的对照表，其中多数代码查不到。",
    operation_id="readOccupation",
    response={200: schemas.Category, **_ONE},
)
@access(PUBLIC)
def read_occupation(request: HttpRequest, code: str) -> HttpResponseBase:
    """One occupation or class."""
    return _answer(request, "one occupation", code)


@router.get(
    "/industries",
    summary="行业",
    description="GB/T 4754-2017：门类，或某一门类的大类。",
    operation_id="listIndustries",
    response={200: schemas.Categories, **_ANSWERS},
)
@access(PUBLIC)
def list_industries(request: HttpRequest, parent: str = _parent("industry")) -> HttpResponseBase:
    """Sections, or the divisions of one."""
    return _answer(request, "industry", parent)


@router.get(
    "/industries/{code}",
    summary="一个行业代码",
    description="一个行业门类或大类（GB/T 4754-2017）。",
    operation_id="readIndustry",
    response={200: schemas.Category, **_ONE},
)
@access(PUBLIC)
def read_industry(request: HttpRequest, code: str) -> HttpResponseBase:
    """One industry."""
    return _answer(request, "one industry", code)


def _answer(request: HttpRequest, what: str, code: str) -> HttpResponseBase:
    body, tag = _encoded(what, code)
    return answers.answer(request, body, tag=tag, max_age=A_DAY, has_links=False)


@lru_cache(maxsize=8192)
def _encoded(what: str, code: str) -> tuple[bytes, str]:
    """Return a list or an item as JSON with its entity tag. Raises `NotFound` for an item."""
    content = _ITEMS[what](code) if what in _ITEMS else _list(what, code)
    body = answers.encode(content)
    return body, answers.strong(body)


def _list(name: str, code: str) -> Item:
    edition = EDITIONS["region" if name == "former" else name]
    return {"items": _LISTS[name](code), **edition, "licence": answers.licence(), "source": answers.SOURCE}


def _regions(parent: str) -> Sequence[Item]:
    return [_region(one) for one in (reference.children(parent) if parent else reference.provinces())]


def _region(one: reference.Region) -> Item:
    return {
        "code": one.code,
        "name": one.name,
        "full_name": reference.full_name(one.code),
        "level": one.level,
        "parent": one.parent,
        "has_children": bool(reference.children(one.code)),
        **_in_force(),
    }


def _former_regions(within: str) -> Sequence[Item]:
    return [_former(one) for one in reference.former_regions(within)]


def _former(one: reference.FormerRegion) -> Item:
    return {
        "code": one.code,
        "name": one.name,
        "full_name": one.name,
        "level": one.level,
        "parent": "",
        "has_children": False,
        "in_force": False,
        "last_year": one.last_year,
        "replaced_by": [one.replaced_by] if one.replaced_by else [],
    }


def _one_region(code: str) -> Item:
    return _region(reference.region(code)) if reference.has_region(code) else _former(reference.former_region(code))


def _occupations(parent: str) -> Sequence[Item]:
    return [_occupation(one) for one in reference.occupation_children(parent)]


def _occupation(one: reference.Occupation) -> Item:
    return _category(one, has_children=bool(reference.occupation_children(one.code)))


def _one_occupation(code: str) -> Item:
    if reference.has_occupation(code):
        return _occupation(reference.occupation(code))
    former = reference.former_occupation(code)
    return {
        "code": former.code,
        "name": former.name,
        "level": "4",
        "parent": "",
        "has_children": False,
        "in_force": False,
        "last_year": None,
        "replaced_by": [former.replaced_by] if former.replaced_by else [],
    }


def _industries(parent: str) -> Sequence[Item]:
    return [_industry(one) for one in reference.industries(parent)]


def _industry(one: reference.Industry) -> Item:
    return _category(one, has_children=one.level == "section")


def _category(one: reference.Occupation | reference.Industry, *, has_children: bool) -> Item:
    return {
        "code": one.code,
        "name": one.name,
        "level": str(one.level),
        "parent": one.parent,
        "has_children": has_children,
        **_in_force(),
    }


def _in_force() -> Item:
    return {"in_force": True, "last_year": None, "replaced_by": []}


_LISTS: Mapping[str, Callable[[str], Sequence[Item]]] = {
    "region": _regions,
    "former": _former_regions,
    "occupation": _occupations,
    "industry": _industries,
}
_ITEMS: Mapping[str, Callable[[str], Item]] = {
    "one region": _one_region,
    "one occupation": _one_occupation,
    "one industry": lambda code: _industry(reference.industry(code)),
}
