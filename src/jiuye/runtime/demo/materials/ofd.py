"""Small OFD files (GB/T 33190-2016), built from lines of text and pictures."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape  # nosec B406 # writes only

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ENTRY, DOCUMENT, RESOURCES = "OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"
SIGNATURES = "Doc_0/Signs/Signatures.xml"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its place from the top left and its size, in millimetres."""

    text: str
    left: float
    top: float
    size: float = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its lines; `pictures` are (PNG, left, top, width, height)."""

    lines: list[Line]
    pictures: list[tuple[bytes, float, float, float, float]] = field(default_factory=list)
    size: tuple[float, float] = (210, 297)


def build(sheets: list[Sheet], *, is_signed: bool = False) -> dict[str, bytes]:
    """Return the parts of an OFD file by name; `is_signed`: its entry part names a list of signatures, which the caller adds."""
    parts = {ENTRY: _entry(is_signed), DOCUMENT: _document(sheets)}
    media: list[str] = []
    for number, sheet in enumerate(sheets):
        images = []
        for picture, *box in sheet.pictures:
            media_id = 500 + len(media)
            media.append(
                f'<ofd:MultiMedia ID="{media_id}" Type="Image"><ofd:MediaFile>Res/{media_id}.png</ofd:MediaFile></ofd:MultiMedia>'
            )
            parts[f"Doc_0/Res/{media_id}.png"] = picture
            images.append((media_id, box))
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(number, sheet, images)
    parts[RESOURCES] = _resources(media)
    return parts


def pack(parts: dict[str, bytes]) -> bytes:
    """Return the file: the parts as a ZIP, always the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(is_signed: bool) -> bytes:
    signatures = f"<ofd:Signatures>/{SIGNATURES}</ofd:Signatures>" if is_signed else ""
    return (
        f'{_HEAD}<ofd:OFD {_NAMESPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>{DOCUMENT}</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>"
    ).encode()


def _document(sheets: list[Sheet]) -> bytes:
    width, height = sheets[0].size
    pages = "".join(
        f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(sheets))
    )
    return (
        f"{_HEAD}<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    ).encode()


def _resources(media: list[str]) -> bytes:
    medias = f"<ofd:MultiMedias>{''.join(media)}</ofd:MultiMedias>" if media else ""
    return (
        f'{_HEAD}<ofd:Res {_NAMESPACE} BaseLoc=""><ofd:Fonts>'
        f'<ofd:Font ID="400" FontName="Noto Sans SC" FamilyName="Noto Sans SC"/></ofd:Fonts>{medias}</ofd:Res>'
    ).encode()


def _page(number: int, sheet: Sheet, images: list[tuple[int, list[float]]]) -> bytes:
    width, height = sheet.size
    base = 1000 * (number + 1)
    shown = [
        f'<ofd:ImageObject ID="{base + 500 + order}" ResourceID="{media_id}" Boundary="{left} {top} {wide} {high}" '
        f'CTM="{wide} 0 0 {high} 0 0"/>'
        for order, (media_id, (left, top, wide, high)) in enumerate(images)
    ]
    shown += [_text(base + order, line) for order, line in enumerate(sheet.lines)]
    return (
        f"{_HEAD}<ofd:Page {_NAMESPACE}><ofd:Area><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="{base + 999}">{"".join(shown)}</ofd:Layer></ofd:Content></ofd:Page>'
    ).encode()


def _text(number: int, line: Line) -> str:
    widths = [line.size if letter > "\u2000" else line.size / 2 for letter in line.text]
    steps = " ".join(f"{width:g}" for width in widths[:-1])
    return (
        f'<ofd:TextObject ID="{number}" Font="400" Size="{line.size:g}" '
        f'Boundary="{line.left:g} {line.top:g} {sum(widths) + 1:g} {line.size * 1.4:g}">'
        f'<ofd:TextCode X="0" Y="{line.size:g}" DeltaX="{steps}">{escape(line.text)}</ofd:TextCode></ofd:TextObject>'
    )
