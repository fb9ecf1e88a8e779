"""Public content besides postings, and the rules of every public page. All invented."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.policies.models import Policy
from jiuye.domains.reviews.models import ShopReview
from jiuye.kernel import clock
from jiuye.ports import search
from jiuye.search import indexer
from tests.factories import accounts, organisations, reference

SECURITY_HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
)

CONDITIONS = [
    {"question": "您参加失业保险了吗？", "clause": "第一条"},
    {"question": "拿到证书多久了？", "clause": "第二条", "wants": "number", "most": 12, "unit": "个月"},
    {"question": "以前领过吗？", "clause": "第三条", "wants": "no"},
]
"""Of a policy: an answer of each kind."""


def assert_strict(response: HttpResponse) -> None:
    """Check that the answer has a Content-Security-Policy that lets in nothing inline and nothing of others (bar S6)."""
    policy = response.headers.get("Content-Security-Policy", "")
    given = dict(re.findall(r"([\w-]+) ?([^;]*)", policy))
    assert given.get("default-src") == "'none'", (response.status_code, policy)
    assert "frame-ancestors" in given, policy
    assert not re.search(r"unsafe-|\*|https?:(?!//)", policy), policy
    for name in ("script-src", "style-src", "connect-src", "form-action", "object-src", "base-uri"):
        assert given.get(name, "'none'") in ("'self'", "'none'"), (name, policy)


@contextmanager
def wired_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """Replace the installation's engine with one for this test; it has no index until `index_all`."""
    own = TantivyEngine(folder / "index", words="jiuye.domains.reference.queries.occupation_names")
    monkeypatch.setattr(search, "get", lambda: own)
    yield own
    own.close()


def index_all() -> None:
    """Build the index from the test's database."""
    indexer.rebuild()


def fair(agency: Agency | None = None, **given: Any) -> JobFair:
    """A published fair in 成都武侯 that begins in three days."""
    start = clock.now() + timedelta(days=3)
    values = {
        "agency": agency or organisations.agency(),
        "title": "春季综合招聘会",
        "state": "published",
        "mode": "onsite",
        "region": reference.region(reference.WUHOU),
        "place": "示范零工市场一层",
        "starts_at": start,
        "ends_at": start + timedelta(hours=6),
        "introduction": "入场免费。",
        "created_at": clock.now(),
    }
    return JobFair.objects.create(**{**values, **given})


def takes_part(at: JobFair, employer: Employer, booth: str = "") -> None:
    """The employer has a place at the fair."""
    FairParticipation.objects.create(fair=at, employer=employer, booth=booth)


def policy(**given: Any) -> Policy:
    """A published policy of the whole country."""
    values = {
        "title": "技能提升补贴申领指南",
        "summary": "取得证书后可申领补贴。",
        "body": "一、对象\n参保职工。\n\n二、办理\n线上提交。",
        "topic": "training",
        "issuer": "示例省人力资源社会保障部门",
        "published_on": date(2026, 1, 5),
        "is_published": True,
    }
    return Policy.objects.create(**{**values, **given})


def review(agency: Agency, **given: Any) -> ShopReview:
    """Somebody's review of the shop."""
    moment = clock.now()
    values = {"agency": agency, "author": accounts.seeker(), "stars": 4, "created_at": moment, "updated_at": moment}
    return ShopReview.objects.create(**{**values, **given})


def text_of(response: HttpResponse) -> str:
    """Return a page's text without markup."""
    body = re.sub(r"<(script|style|select)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def links_of(response: HttpResponse, pattern: str) -> list[str]:
    """Return the matching links, in order."""
    found = re.findall(r'href="([^"]*)"', response.content.decode())
    return [unescape(one) for one in found if re.search(pattern, unescape(one))]


def assert_is_public(response: HttpResponse) -> None:
    """Check that a public page is the same for everyone: no cookie, cacheable, security headers."""
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    for name in SECURITY_HEADERS:
        assert response.headers.get(name), name


def assert_survives(client: Client, path: str, *names: str) -> None:
    """Check that invalid parameters do not break the page."""
    nonsense = (
        "",
        "\x01",
        "'\"><script>",
        "9" * 400,
        "-1",
        "１２",
        "%",
        "💥",
        "../../etc/passwd",
        "{{7*7}}",
        "null",
        "\ud7ff",
    )
    for name in names:
        for value in nonsense:
            response = client.get(path, {name: value})
            assert response.status_code == 200, (name, value)
            assert b"<script>" not in response.content, (name, value)
