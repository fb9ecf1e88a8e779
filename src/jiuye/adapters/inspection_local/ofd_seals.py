"""Signatures and seals of an OFD file (GB/T 33190-2016 chapter 18).

`Signature.xml` lists the protected parts with their digests; the signature itself is over the bytes of `Signature.xml`.
"""

import base64
import binascii
import xml.etree.ElementTree as ET  # nosec B405 # in a child of kernel.confinement
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ofdkit.errors import OFDError
from ofdkit.package import Package

from jiuye.adapters.inspection_local import algorithms, seal_reports, signatures
from jiuye.adapters.inspection_local.ofd_pages import Stamp
from jiuye.adapters.inspection_local.seal_reports import Trust
from jiuye.adapters.inspection_local.wire import Order
from jiuye.ports.inspection import SealReport

_MOST_SEALS = 20


@dataclass(frozen=True, slots=True)
class Seals:
    """The reports, and the pictures of seals with their places."""

    reports: tuple[SealReport, ...]
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class _Signed:
    """One signature: the names of its parts, and what it protects."""

    list_name: str
    name: str
    root: ET.Element
    value: str | None
    seal: str | None

    @property
    def own(self) -> set[str]:
        """The parts that come with the signature and cannot be protected by it."""
        return {one for one in (self.list_name, self.name, self.value, self.seal) if one}


def read(package: Package, parts: dict[str, bytes], drawn: set[str], order: Order) -> Seals:
    """Return what all signatures say. `drawn` are the parts from which pages are drawn."""
    trust = Trust(order)
    found, reports, stamps = list(_signatures(package))[:_MOST_SEALS], [], []
    own = set().union(*(one.own for one in found)) - drawn
    for number, one in enumerate(found, start=1):
        if one.value is None:
            reports.append(seal_reports.unread(number, "这枚签章没有签名值，未核对。"))
            continue
        try:
            signature = signatures.read(package.read(one.value), package.read(one.name))
        except (signatures.Unreadable, OFDError):
            reports.append(seal_reports.unread(number, "这枚签章的格式在本机无法读出，未核对。"))
            continue
        matches, added, remarks = _protected(one, package, parts, own)
        signature = replace(signature, matches=_both(signature.matches, matches))
        reports.append(seal_reports.report(number, signature, trust, added=added, remarks=remarks))
        if signature.picture:
            stamps += [
                replace(stamp, kind=signature.picture[0], picture=signature.picture[1]) for stamp in _places(one)
            ]
    return Seals(tuple(reports), tuple(stamps))


def _signatures(package: Package) -> Iterator[_Signed]:
    entry = package.find("OFD.xml")
    for body in _all(package.read_xml(entry), "DocBody") if entry else ():
        list_name = package.resolve(entry, _text(body, "Signatures"))
        for listed in _all(package.read_xml(list_name), "Signature") if list_name else ():
            name = package.resolve(list_name, listed.get("BaseLoc"))
            if name is None or list_name is None:
                continue
            root = package.read_xml(name)
            seal = next(_all(root, "Seal"), None)
            yield _Signed(
                list_name,
                name,
                root,
                value=package.resolve(name, _text(root, "SignedValue")),
                seal=package.resolve(name, _text(seal, "BaseLoc")) if seal is not None else None,
            )


def _protected(
    one: _Signed, package: Package, parts: dict[str, bytes], own: set[str]
) -> tuple[bool | None, bool | None, list[str]]:
    """Return whether the listed parts have their digests; False if all content is listed, else None (it may have been added or changed
    after signing, nobody can tell); and remarks.
    """
    listed: set[str] = set()
    answers: list[bool | None] = []
    remarks: list[str] = []
    for references in _all(one.root, "References"):
        method = references.get("CheckMethod") or "MD5"  # the standard's default
        for reference in _all(references, "Reference"):
            name = package.resolve(one.name, reference.get("FileRef"))
            listed |= {name} if name else set()
            if name == one.list_name:  # a further signature is entered there, which changes no content
                if not _has_digest(parts[name], method, _text(reference, "CheckValue")):
                    remarks.append("签章列表在这枚签章之后变动过，例如又加盖了别的签章。")
                continue
            answers.append(name is not None and _has_digest(parts[name], method, _text(reference, "CheckValue")))
    if None in answers:
        remarks.append("部分内容的摘要算法太弱或本机不支持，无法据此核对。")
    missing = set(parts) - listed - own
    roots = {
        package.resolve("OFD.xml", _text(body, "DocRoot")) for body in _all(package.read_xml("OFD.xml"), "DocBody")
    }
    if roots <= listed:  # the entry part only names the document, which is protected
        missing.discard("OFD.xml")
    if missing:
        remarks.append(f"文件里有 {len(missing)} 个部分不在这枚签章的保护范围内，这些内容是否改动过无法核对。")
    matches = False if False in answers else None if None in answers or not answers else True
    return matches, None if missing else False, remarks


def _has_digest(part: bytes, method: str, value: str) -> bool | None:
    computed = algorithms.digest(method, part)
    if computed is None:
        return None
    try:
        return base64.b64decode(value, validate=True) == computed
    except binascii.Error:
        return False


def _both(first: bool | None, second: bool | None) -> bool | None:
    return False if False in (first, second) else None if None in (first, second) else True


def _places(one: _Signed) -> Iterator[Stamp]:
    for place in _all(one.root, "StampAnnot"):
        try:
            left, top, width, height = _box(place.get("Boundary"))
            clip = _box(place.get("Clip")) if place.get("Clip") else None
        except ValueError:
            continue
        yield Stamp((place.get("PageRef") or "").strip(), left, top, width, height, clip)


def _box(text: str | None) -> tuple[float, float, float, float]:
    left, top, width, height = (float(number) for number in (text or "").split())
    return left, top, width, height


def _all(element: ET.Element | None, name: str) -> Iterator[ET.Element]:
    """Return the elements below with this name in any namespace: producers differ."""
    for one in element.iter() if element is not None else ():
        if isinstance(one.tag, str) and one.tag.rsplit("}", 1)[-1] == name:
            yield one


def _text(element: ET.Element | None, name: str) -> str:
    found = next(_all(element, name), None)
    return (found.text or "").strip() if found is not None else ""
