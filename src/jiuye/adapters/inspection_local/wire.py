"""What goes between the inspector and its child process: a line of JSON, then the binary parts that it counts."""

import json
from dataclasses import asdict, dataclass
from typing import Any, cast

from jiuye.kernel.uploads import Clean
from jiuye.ports.document_text import DocumentText, TextFormat
from jiuye.ports.inspection import Format, Inspection, Page, SealReport, Suggestion


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is to do with the content that follows: inspect the document, or read the words in the picture.

    `roots` is the folder of trusted root certificates, `renderer` the program that draws OFD pages, `now` the moment (ISO
    8601) at which certificates must be valid.
    """

    task: str
    name: str
    roots: str
    renderer: str
    now: str


def pack_order(order: Order, content: bytes) -> bytes:
    """Return the child's input."""
    return json.dumps(asdict(order)).encode() + b"\n" + content


def unpack_order(data: bytes) -> tuple[Order, bytes]:
    """Return the child's order and the content."""
    head, _, content = data.partition(b"\n")
    return Order(**json.loads(head)), content


def pack_refusal(message: str) -> bytes:
    """Return an answer: the file is refused."""
    return json.dumps({"refused": message}).encode() + b"\n"


def pack_suggestions(suggestions: tuple[Suggestion, ...]) -> bytes:
    """Return an answer: the words recognised in a picture."""
    return json.dumps({"suggestions": [asdict(one) for one in suggestions]}).encode() + b"\n"


def pack_text(read: DocumentText) -> bytes:
    """Return an answer: the words of a document, and the file that may be kept."""
    head = {
        "format": read.format,
        "clean": [read.clean.content_type, read.clean.extension, read.clean.name],
        "texts": read.texts,
        "is_picture": read.is_picture,
        "can_be_sent": read.can_be_sent,
        "length": len(read.clean.content),
    }
    return json.dumps(head).encode() + b"\n" + read.clean.content


def text_of(head: dict[str, Any], rest: bytes) -> DocumentText:
    """Return the words in an answer. Raise ValueError for an answer that is cut off."""
    if len(rest) != head["length"]:
        raise ValueError("no complete answer")
    clean = Clean(rest, *head["clean"])
    return DocumentText(
        cast(TextFormat, head["format"]), clean, tuple(head["texts"]), head["is_picture"], head["can_be_sent"]
    )


def pack_inspection(made: Inspection) -> bytes:
    """Return an answer: the whole inspection."""
    parts = [made.clean.content, *(page.content for page in made.pages)]
    head = {
        "format": made.format,
        "clean": [made.clean.content_type, made.clean.extension, made.clean.name],
        "page_count": made.page_count,
        "pages": [[page.width, page.height, page.seal_pictures] for page in made.pages],
        "undrawn": made.undrawn,
        "suggestions": [asdict(one) for one in made.suggestions],
        "seals": [asdict(one) for one in made.seals],
        "lengths": [len(part) for part in parts],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def unpack_answer(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the head of the child's answer and what follows it. Raise ValueError for an answer that is cut off."""
    head, separator, rest = data.partition(b"\n")
    if not separator:
        raise ValueError("no complete answer")
    return cast(dict[str, Any], json.loads(head)), rest


def inspection_of(head: dict[str, Any], rest: bytes) -> Inspection:
    """Return the inspection in an answer. Raise ValueError for an answer that is cut off."""
    if len(rest) != sum(head["lengths"]):
        raise ValueError("no complete answer")
    parts, begin = [], 0
    for length in head["lengths"]:
        parts.append(rest[begin : begin + length])
        begin += length
    return Inspection(
        format=cast(Format, head["format"]),
        clean=Clean(parts[0], *head["clean"]),
        page_count=head["page_count"],
        pages=tuple(Page(part, *page) for part, page in zip(parts[1:], head["pages"], strict=True)),
        undrawn=head["undrawn"],
        suggestions=suggestions_of(head),
        seals=tuple(SealReport(**row) for row in head["seals"]),
    )


def suggestions_of(head: dict[str, Any]) -> tuple[Suggestion, ...]:
    """Return the suggestions in an answer."""
    return tuple(Suggestion(**row) for row in head["suggestions"])
