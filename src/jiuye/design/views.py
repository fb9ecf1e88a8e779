"""The style guide, and the list of divisions for the region picker."""

import gzip
import re
from functools import cache
from hashlib import sha256

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from jiuye.design.styleguide import samples
from jiuye.design.styleguide.forms import SampleForm, SignInForm
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.catalogue import Region
from jiuye.kernel.access import PUBLIC, access

PROGRESS_STEP = 1250


@cache
def _divisions() -> tuple[bytes, bytes, str]:
    """Return the list as JSON, the same compressed, and its entity tag; built once per process (about 40 ms, 300 KB, 60 KB)."""

    def within(regions: list[Region]) -> list[Region]:
        return [one for parent in regions for one in (parent, *within(list(reference.children(parent.code))))]

    items = [
        {"code": one.code, "name": one.name, "parent": one.parent, "pinyin": one.pinyin, "initials": one.initials}
        | ({"also": one.also} if one.also else {})
        for one in within(list(reference.provinces()))
    ]
    body = orjson.dumps({"items": items})
    return body, gzip.compress(body, 9), f'"{sha256(body).hexdigest()[:20]}"'


@access(PUBLIC)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Return every division, parents before children: `{"items": [{code, name, parent, pinyin, initials, also}]}`.

    `also`: other readings that people type, where there are any. Cacheable for a day.
    """
    body, packed, tag = _divisions()
    headers = {"Cache-Control": "public, max-age=86400", "Vary": "Accept-Encoding", "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers = packed, headers | {"Content-Encoding": "gzip"}
    return HttpResponse(body, content_type="application/json", headers=headers)


@access(PUBLIC)
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with realistic content."""
    filled = {
        "title": "电焊工（氩弧焊）",
        "headcount": "两三个",
        "pay_low": "8000",
        "employment": "full",
        "benefits": ["meals", "housing"],
    }
    context = {
        "form": SampleForm(initial={"employment": "full"}, prefix="a"),
        "refused": SampleForm({f"b-{name}": value for name, value in filled.items()}, prefix="b"),
        "sign_in_form": SignInForm(prefix="c"),
        "samples": samples,
        "provinces": [(one.code, one.name) for one in reference.provinces()],
    }
    return render(request, "design/styleguide/page.html", context)


@access(PUBLIC)
@require_safe
def list_example(request: HttpRequest) -> HttpResponse:
    """A list page of seekers as a whole."""
    provinces = [(one.code, one.name) for one in reference.provinces()]
    return render(request, "design/styleguide/list.html", {"samples": samples, "provinces": provinces, "q": "焊工"})


@access(PUBLIC)
@require_safe
def staff_example(request: HttpRequest) -> HttpResponse:
    """A staff page as a whole."""
    return render(request, "design/styleguide/staff.html", {"samples": samples, "unread": 12})


@access(PUBLIC)
@require_safe
def plain_example(request: HttpRequest) -> HttpResponse:
    """The plain layout: signing in."""
    return render(request, "design/styleguide/sign_in.html", {"form": SignInForm()})


@access(PUBLIC)
@require_safe
def progress_example(request: HttpRequest) -> HttpResponse:
    """A progress bar that polls until it is done."""
    given = request.GET.get("done", "")
    done = min((int(given) if re.fullmatch(r"[0-9]{1,5}", given) else 0) + PROGRESS_STEP, 10_000)
    return render(request, "design/styleguide/progress.html", {"done": done})


@access(PUBLIC)
@require_POST
def code_example(request: HttpRequest) -> HttpResponse:
    """The response after a code was requested. Nothing is sent."""
    return render(request, "design/styleguide/code.html", {})
