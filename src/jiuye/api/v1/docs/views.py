"""The pages of the documentation, and the changelog as a feed. They load nothing from other sites."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.api.problems import TITLES
from jiuye.api.v1.changelog import CHANGES
from jiuye.api.v1.docs.operations import Group, groups_of
from jiuye.api.v1.document import document
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound

TEMPLATES = "api/v1/docs/templates"


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    return tuple(groups_of(document()))


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    response = render(request, f"{TEMPLATES}/{template}", {"groups": _groups(), "site": settings.SITE_URL, **context})
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@access(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the API is, the first steps, its conventions and all its operations."""
    return _page(request, "home.html", problems=TITLES, scopes=Scope.choices)


@access(PUBLIC)
@require_safe
def group(request: HttpRequest, tag: str) -> HttpResponse:
    """The operations of one resource, each with a form that sends a request in test mode. Raises `NotFound`."""
    found = next((one for one in _groups() if one.tag == tag), None)
    if found is None:
        raise NotFound
    return _page(request, "group.html", group=found)


@access(PUBLIC)
@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    """What has changed."""
    return _page(request, "changelog.html", changes=CHANGES)
