"""A search of jobs as an Atom feed (RFC 4287), page by page (RFC 5005 §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405 # writes only

from jiuye.syndication import atom


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
    root = atom.feed_element(id=feed.id, title=feed.title, updated=feed.updated)
    atom.text(root, "rights", feed.rights)
    atom.link(root, "self", feed.address, "application/atom+xml")
    atom.link(root, "alternate", feed.page, "text/html")
    if feed.following:
        atom.link(root, "next", feed.following, "application/atom+xml")
    for card in cards:
        _entry(root, card)
    return atom.document(root)


def _entry(root: ET.Element, card: Mapping[str, Any]) -> None:
    entry = ET.SubElement(root, "entry")
    atom.text(entry, "id", f"urn:uuid:{card['id']}")
    atom.text(entry, "title", f"{card['title']} {card['pay']}")
    atom.text(entry, "published", card["published_at"])
    atom.text(entry, "updated", max(filter(None, (card["published_at"], card["confirmed_at"]))))
    atom.author(entry, card["agency_name"])
    atom.link(entry, "alternate", card["url"], "text/html")
    for scheme, code, label in (
        ("region", card["region"], card["region_name"]),
        ("occupation", card["occupation"], card["occupation_name"]),
    ):
        if code:
            ET.SubElement(
                entry, "category", {"term": code, "scheme": f"urn:jiuye:{scheme}", "label": atom.clean(label)}
            )
    atom.text(entry, "summary", _summary(card))


def _summary(card: Mapping[str, Any]) -> str:
    through = f"由职介{card['agency']}代招" if card["agency"] else ""
    parts = (card["employer"], card["place"], card["experience"], card["education"], through, *card["tags"])
    return " · ".join(part for part in parts if part)
