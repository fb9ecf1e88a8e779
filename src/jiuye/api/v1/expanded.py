"""`expand`: agencies and employers of the postings of a page, once each."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from jiuye.api.v1 import agencies, employers
from jiuye.domains.organisations import queries
from jiuye.kernel.errors import Invalid

KINDS = ("agency", "employer")
MOST_EXPANDED = 50
"""Postings on a page with `expand`."""


def asked(written: str, size: int) -> frozenset[str]:
    """Return what to expand. Raises `Invalid` for an unknown kind and for a page that is too large."""
    kinds = [kind for part in written.split(",") if (kind := part.strip())]
    if set(kinds) - set(KINDS):
        raise Invalid({"expand": "可以附上的只有 agency 和 employer，用逗号连接。"})
    if kinds and size > MOST_EXPANDED:
        raise Invalid({"size": f"有 expand 时每页最多 {MOST_EXPANDED} 条。"})
    return frozenset(kinds)


def included(request: HttpRequest, kinds: Collection[str], cards: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the organisations of these cards that have a public page. At most two queries."""
    cards = list(cards) if kinds else []
    found: dict[str, Any] = {"agencies": [], "employers": []}
    if "agency" in kinds:
        ids = {UUID(card["agency_id"]) for card in cards}
        listed = queries.agency_cards(ids).values()
        found["agencies"] = [agencies.item(request, one) for one in listed if one.is_listed]
    if "employer" in kinds:
        ids = {UUID(card["employer_id"]) for card in cards if card["employer_id"]}
        found["employers"] = [employers.item(request, one) for one in queries.companies_by_id(ids).values()]
    return found
