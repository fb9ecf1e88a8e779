"""Small repairs that let a strict renderer draw what producers of OFD files really write; for drawing only, never for checking or keeping.

DocType and Version of the entry part, MaxUnitID of a document and positive sizes of boxes are required by GB/T 33190-2016, but invoices
and licences without them are in use, and readers show them. Colours may also be written in hexadecimal.
"""

import re

_ENTRY = re.compile(r"<(?:[\w.-]+:)?OFD\b[^>]*")
_COMMON = re.compile(r"<([\w.-]+:)?CommonData\b[^>/]*>")
_BOX = re.compile(r'\b(Boundary|PhysicalBox|Clip)(\s*=\s*)"\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*"')
_COLOUR = re.compile(r'\bValue(\s*=\s*)"\s*((?:#[0-9A-Fa-f]{1,2}\s*)+)"')
_LEAST = 0.1
"""Millimetres: a line without width still shows its stroke."""


def repaired(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with repairs where they are needed."""
    return {name: _repaired(part) if name.casefold().endswith(".xml") else part for name, part in parts.items()}


def _repaired(part: bytes) -> bytes:
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        return part
    text = _ENTRY.sub(_with_attributes, text, count=1)
    if "MaxUnitID" not in text:
        text = _COMMON.sub(lambda tag: f"{tag[0]}<{tag[1] or ''}MaxUnitID>0</{tag[1] or ''}MaxUnitID>", text, count=1)
    text = _COLOUR.sub(_decimal, text)
    return _BOX.sub(_positive, text).encode()


def _with_attributes(tag: re.Match[str]) -> str:
    given = tag[0]
    for name, value in (("DocType", "OFD"), ("Version", "1.0")):
        if f"{name}=" not in given:
            given += f' {name}="{value}"'
    return given


def _positive(box: re.Match[str]) -> str:
    try:
        sizes = [max(abs(float(size)), _LEAST) for size in (box[5], box[6])]
    except ValueError:
        return box[0]
    return f'{box[1]}{box[2]}"{box[3]} {box[4]} {sizes[0]:g} {sizes[1]:g}"'


def _decimal(colour: re.Match[str]) -> str:
    channels = " ".join(str(int(channel[1:], 16)) for channel in colour[2].split())
    return f'Value{colour[1]}"{channels}"'
