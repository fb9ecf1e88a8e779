"""Code lists: regions, occupations, industries. They change with a release and cost no query."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from jiuye.api.problems import Problem
from jiuye.api.v1 import schemas
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.search.criteria import CODE_PATTERNS

router = Router(tags=["reference"])
Item = Mapping[str, Any]
_ANSWERS = {422: Problem, 429: Problem}


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
def list_regions(request: HttpRequest, parent: str = _parent("region")) -> HttpResponse:
    """Administrative divisions directly below `parent`."""
    return _answer(request, "region", parent)


@router.get(
    "/occupations",
    summary="职业",
    description="职业分类大典 2022：parent 的下一级，留空为各大类。",
    operation_id="listOccupations",
    response={200: schemas.Categories, **_ANSWERS},
)
@access(PUBLIC)
def list_occupations(request: HttpRequest, parent: str = _parent("occupation")) -> HttpResponse:
    """Classes and occupations directly below `parent`."""
    return _answer(request, "occupation", parent)


@router.get(
    "/industries",
    summary="行业",
    description="GB/T 4754-2017：门类，或某一门类的大类。",
    operation_id="listIndustries",
    response={200: schemas.Categories, **_ANSWERS},
)
@access(PUBLIC)
def list_industries(request: HttpRequest, parent: str = _parent("industry")) -> HttpResponse:
    """Sections, or the divisions of one."""
    return _answer(request, "industry", parent)


def _answer(request: HttpRequest, name: str, parent: str) -> HttpResponse:
    body, tag = _encoded(name, parent)
    headers = {"Cache-Control": "public, max-age=86400", "ETag": tag}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


@lru_cache(maxsize=4096)
def _encoded(name: str, parent: str) -> tuple[bytes, str]:
    """Return the list as JSON with its entity tag."""
    body = orjson.dumps({"items": _LISTS[name](parent)})
    return body, f'"{blake2b(body, digest_size=10).hexdigest()}"'


def _regions(parent: str) -> Sequence[Item]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "full_name": reference.full_name(one.code),
            "level": one.level,
            "parent": one.parent,
            "has_children": bool(reference.children(one.code)),
        }
        for one in (reference.children(parent) if parent else reference.provinces())
    ]


def _occupations(parent: str) -> Sequence[Item]:
    return [
        _category(one, has_children=bool(reference.occupation_children(one.code)))
        for one in reference.occupation_children(parent)
    ]


def _industries(parent: str) -> Sequence[Item]:
    return [_category(one, has_children=one.level == "section") for one in reference.industries(parent)]


def _category(one: reference.Occupation | reference.Industry, *, has_children: bool) -> Item:
    return {
        "code": one.code,
        "name": one.name,
        "level": str(one.level),
        "parent": one.parent,
        "has_children": has_children,
    }


_LISTS: Mapping[str, Callable[[str], Sequence[Item]]] = {
    "region": _regions,
    "occupation": _occupations,
    "industry": _industries,
}
