"""The elements of Atom (RFC 4287) that our feeds share."""

import re
from xml.etree import ElementTree as ET  # nosec B405 # writes only

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold (§2.2), not even escaped.
_NOT_IN_XML = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_element(*, id: str, title: str, updated: str) -> ET.Element:
    """Return a feed with what every feed must have; `updated` is RFC 3339."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    text(root, "id", id)
    text(root, "title", title)
    text(root, "updated", updated)
    return root


def text(parent: ET.Element, name: str, content: str) -> None:
    """Add an element with plain text."""
    ET.SubElement(parent, name).text = clean(content)


def author(parent: ET.Element, name: str) -> None:
    """Add the author."""
    text(ET.SubElement(parent, "author"), "name", name)


def link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    """Add a link."""
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def clean(content: str | None) -> str:
    """Return the text without characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", content or "")


def document(root: ET.Element) -> bytes:
    """Return the document as UTF-8."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8")
