"""Opening uploaded documents (materials of an organisation): what is in a file, its pages as pictures, and its electronic seals.

An inspection reports facts about one file. It decides nothing: words are suggestions for a form, seals are evidence for an
auditor. Nothing is concluded from the name of a file.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel.uploads import Clean
from jiuye.kernel.wiring import Port
from jiuye.ports.document_text import DocumentText

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 20
LONGEST_SIDE = 2000

Format = Literal["jpeg", "png", "heic", "pdf", "ofd"]
FieldName = Literal["credit_code", "licence_number", "name", "legal_person", "issued_on", "valid_from", "valid_until"]
Source = Literal["text", "picture"]
Checked = Literal["yes", "no", "not_checked"]
Rooted = Literal["yes", "no", "none_installed", "not_checked"]

FORMAT_LABELS: dict[Format, str] = {
    "jpeg": "JPEG 图片",
    "png": "PNG 图片",
    "heic": "HEIC 图片",
    "pdf": "PDF",
    "ofd": "OFD",
}
_CHECKED: dict[Checked, str] = {"yes": "是", "no": "否", "not_checked": "未核对"}
_ROOTED: dict[Rooted, str] = {
    "yes": "是",
    "no": "否",
    "none_installed": "平台未安装可信任的根证书，无法核对",
    "not_checked": "未核对",
}


class InspectionUnavailable(Exception):
    """Documents cannot be opened at this moment, which says nothing about the file. The inspection may be repeated later."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as an upright JPEG picture, its longest side at most 2,000 pixels.

    `seal_pictures` counts the pictures of seals that were laid over the page. Such a picture proves nothing; the seal's
    report does.
    """

    content: bytes = field(repr=False)
    width: int
    height: int
    seal_pictures: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a form field that was read from the document: from its text, or recognised in its picture.

    Dates are ISO 8601 (YYYY-MM-DD). `credit_code` and `licence_number` are in the form of `kernel.identifiers`; a credit
    code whose check character does not fit is never suggested. The words of a document and what its pages show can differ:
    a person confirms each suggestion.
    """

    name: FieldName
    value: str = field(repr=False)
    source: Source = "text"


@dataclass(frozen=True, slots=True)
class SealLine:
    """One line of a seal's report in Chinese. `state` is the answer as data."""

    question: str
    answer: str
    state: Checked | Rooted


@dataclass(frozen=True, slots=True)
class SealReport:
    """What was checked of one electronic signature or seal, in plain values (`dataclasses.asdict` gives JSON, `SealReport(**row)`
    reads it).

    - `unchanged`: the document is as it was when it was signed: every byte (PDF) or every part (OFD) that makes up its
      content is covered by the signature and has the signed digest. An addition after signing gives "no"; an OFD part that the
      signature does not cover gives "not_checked".
    - `signed`: the signature was made with the key of the certificate `subject`.
    - `rooted`: the certificate was issued, directly or through certificates in the file, by a root that the operator of
      this platform installed.
    - Revocation and the time of signing are never checked. `stated_at` (ISO 8601, may be empty) is what the signer says.

    `subject` and `issuer` are the common names in the certificate. `seal_name` is the name in the seal itself (OFD only).
    `algorithm` is such as `SM2/SM3` or `RSA/SHA-256`. `remarks` are Chinese sentences for the auditor: why something was not
    checked or failed.
    """

    number: int
    unchanged: Checked
    signed: Checked
    rooted: Rooted
    subject: str = field(default="", repr=False)  # a person's name, where a person signed
    issuer: str = ""
    seal_name: str = field(default="", repr=False)
    algorithm: str = ""
    stated_at: str = ""
    remarks: tuple[str, ...] | list[str] = field(default=(), repr=False)

    @property
    def lines(self) -> tuple[SealLine, ...]:
        """The four statements, which are always shown together and never summed up as "genuine"."""
        return (
            SealLine("签章之后，内容没有改动", _CHECKED[self.unchanged], self.unchanged),
            SealLine(f"签名由证书“{self.subject or '（无法读出）'}”作出", _CHECKED[self.signed], self.signed),
            SealLine("该证书由本平台信任的根证书签发", _ROOTED[self.rooted], self.rooted),
            SealLine("证书是否被吊销、签章时间是否真实", _CHECKED["not_checked"], "not_checked"),
        )

    def names(self, organisation: str) -> bool:
        """Return whether the certificate's subject has the same name as the organisation: a comparison of texts, no proof."""
        return bool(self.subject) and _plain(self.subject) == _plain(organisation)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is.

    `clean` is what may be kept: pictures are re-encoded without EXIF data, PDF and OFD are byte for byte the file, because
    their seals cover its bytes. `pages` are empty if the pages cannot be drawn here; then `undrawn` says why, in Chinese,
    and the auditor opens the file itself.
    """

    format: Format
    clean: Clean
    page_count: int
    pages: tuple[Page, ...] = ()
    undrawn: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    seals: tuple[SealReport, ...] = ()


class DocumentInspector(Protocol):
    """Opens documents apart from this process, in bounded time (seconds) and memory. Thread-safe; never called inside a transaction."""

    def inspect(self, content: bytes, *, name: str) -> Inspection:
        """Return what the file is; `name` is for display only.

        Raise kernel.uploads.Unacceptable, with what to send instead, for a file that is of another format, too large,
        damaged, encrypted, harmful, or that cannot be opened within the limits; InspectionUnavailable if the fault is ours.
        """
        ...

    @property
    def reads_pictures(self) -> bool:
        """Whether words in pictures can be recognised here (an installation extra)."""
        ...

    def read_text(self, content: bytes, *, name: str, recognise: bool = False) -> DocumentText:
        """Return the words of a document that a person wrote (`ports.document_text`); `name` is for display only.

        `recognise`: recognise the words of pictures too, where `reads_pictures`; takes as long as `read_picture`. Raise as
        `inspect`; a file without any words is not refused.
        """
        ...

    def read_picture(self, content: bytes) -> tuple[Suggestion, ...]:
        """Return what can be recognised in a JPEG picture; empty without the extra, and for a picture that cannot be read.

        Takes seconds and hundreds of megabytes: one call at a time, in a queue of its own. Raise InspectionUnavailable.
        """
        ...


def format_of(content: bytes) -> Format | None:
    """Return the format by the first bytes (OFD also by its root entry); None for everything else. A quick look, no inspection."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"):
        return "heic"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04") and b"OFD.xml" in content:
        return "ofd"
    return None


def _plain(name: str) -> str:
    """Return the name in half-width characters, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


_port = Port[DocumentInspector]("inspection")


def get() -> DocumentInspector:
    """Return the inspector this process is wired to."""
    return _port.get()
