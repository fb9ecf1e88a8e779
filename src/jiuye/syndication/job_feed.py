"""A search of jobs as an Atom feed (RFC 4287), page by page (RFC 5005 §3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold (§2.2), not even escaped.
_NOT_IN_XML = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. Addresses are absolute; `following` is empty on the last page; `updated` is RFC 3339."""

    id: str
    title: str
    page: str
    address: str
    following: str
    updated: str
    rights: str


def job_feed(feed: Feed, cards: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the feed of stored cards with absolute `url`. An entry's id is that of the posting, the same for ever."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    for name, text in (("id", feed.id), ("title", feed.title), ("updated", feed.updated), ("rights", feed.rights)):
        _text(root, name, text)
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    if feed.following:
        _link(root, "next", feed.following, "application/atom+xml")
    for card in cards:
        _entry(root, card)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _entry(root: ET.Element, card: Mapping[str, Any]) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", f"urn:uuid:{card['id']}")
    _text(entry, "title", f"{card['title']} {card['pay']}")
    _text(entry, "published", card["published_at"])
    _text(entry, "updated", max(filter(None, (card["published_at"], card["confirmed_at"]))))
    author = ET.SubElement(entry, "author")
    _text(author, "name", card["agency_name"])
    _link(entry, "alternate", card["url"], "text/html")
    for scheme, code, label in (
        ("region", card["region"], card["region_name"]),
        ("occupation", card["occupation"], card["occupation_name"]),
    ):
        if code:
            ET.SubElement(entry, "category", {"term": code, "scheme": f"urn:jiuye:{scheme}", "label": _clean(label)})
    _text(entry, "summary", _summary(card))


def _summary(card: Mapping[str, Any]) -> str:
    through = f"由职介{card['agency']}代招" if card["agency"] else ""
    parts = (card["employer"], card["place"], card["experience"], card["education"], through, *card["tags"])
    return " · ".join(part for part in parts if part)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def _clean(text: str | None) -> str:
    return _NOT_IN_XML.sub("", text or "")
