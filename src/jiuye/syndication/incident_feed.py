"""Incidents of the platform as an Atom feed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET  # nosec B405 # writes only

from jiuye.status.incidents import Incident
from jiuye.syndication import atom

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def incident_feed(incidents: Sequence[Incident], *, site: str) -> bytes:
    """Return the feed. An entry is updated with each thing said about its incident."""
    updated = max((one.updated_at for one in incidents), default=_NEVER)
    root = atom.feed_element(id=f"{site}/status.atom", title="就业在线：故障说明", updated=_written(updated))
    atom.author(root, "就业在线")
    atom.link(root, "self", f"{site}/status.atom", "application/atom+xml")
    atom.link(root, "alternate", f"{site}/status", "text/html")
    for one in incidents:
        entry = ET.SubElement(root, "entry")
        atom.text(entry, "id", f"{site}/status#{one.id}")
        atom.text(entry, "title", one.title)
        atom.text(entry, "published", _written(one.started_at))
        atom.text(entry, "updated", _written(one.updated_at))
        atom.link(entry, "alternate", f"{site}/status#{one.id}", "text/html")
        said = [update.text for update in one.update]
        atom.text(entry, "summary", "\n".join([*said, "已恢复。" if one.ended_at else "正在处理。"]))
    return atom.document(root)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
