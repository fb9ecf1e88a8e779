"""The container of an OFD file (GB/T 33190-2016: a ZIP of XML parts and pictures), checked before anything in it is used."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from jiuye.kernel.uploads import Unacceptable

_MOST_PARTS = 2000
_MOST_BYTES = 100 * 1024 * 1024
_MOST_XML_BYTES = 16 * 1024 * 1024
_DAMAGED = "这个 OFD 文件打不开，可能已损坏，请重新下载或导出后再传。"
_TOO_LARGE = "这个 OFD 文件解开后太大，请拆分或导出为 PDF 后再传。"
_ENCRYPTED = "这个 OFD 文件是加密的，请传未加密的文件。"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ACTING = re.compile(rb"<(?:[\w.-]+:)?(?:GotoA|Sound|Movie|JavaScript|Script)[\s/>]")


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts by their names, without a leading slash. Raise Unacceptable.

    Names must be unique whatever their case, so that what is checked, read and drawn is the same part.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            entries = [entry for entry in container.infolist() if not entry.is_dir()]
            _check_entries(entries)
            _check_surroundings(container.infolist(), content)
            parts = {_plain(entry.filename): container.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as problem:
        raise Unacceptable(_DAMAGED) from problem
    if sum(len(part) for name, part in parts.items() if _is_xml(name, part)) > _MOST_XML_BYTES:
        raise Unacceptable(_TOO_LARGE)
    for name, part in parts.items():
        _check_part(name, part)
    return parts


def pack(parts: dict[str, bytes], file: IO[bytes]) -> None:
    """Write the checked parts as a new container, for programs that would read the original in their own way."""
    with zipfile.ZipFile(file, "w") as container:
        for name, part in parts.items():
            container.writestr(name, part)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse before anything is decompressed, by what the directory declares; reading never gives more than that."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unacceptable(_ENCRYPTED)
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise Unacceptable(_TOO_LARGE)
    names = [_plain(entry.filename).casefold() for entry in entries]
    usual = all(entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    inside = not any(".." in name.split("/") or ":" in name for name in names)
    if not usual or not inside or len(set(names)) != len(names) or "ofd.xml" not in names:
        raise Unacceptable(_DAMAGED)


def _check_surroundings(entries: list[zipfile.ZipInfo], content: bytes) -> None:
    """Refuse anything before the first entry (a directory counts) or after the end of the ZIP."""
    end = content.rfind(b"PK\x05\x06")
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    if min(entry.header_offset for entry in entries) != 0 or end + 22 + comment != len(content):
        raise Unacceptable("这个文件里还夹带着别的内容，请重新下载或导出后再传。")


def _check_part(name: str, part: bytes) -> None:
    """Refuse document type declarations (entity bombs, foreign files) and actions, in any encoding of the XML."""
    if name.casefold().endswith("encryptions.xml"):
        raise Unacceptable(_ENCRYPTED)
    if not _is_xml(name, part):
        return
    text = part.replace(b"\0", b"")  # UTF-16 of ASCII
    if _DTD.search(text):
        raise Unacceptable("这个 OFD 文件里有不允许的 XML 声明，请重新下载或导出后再传。")
    if _ACTING.search(text):
        raise Unacceptable("这个 OFD 文件带有脚本、附件或多媒体动作，请另存一份普通的再传。")


def _is_xml(name: str, part: bytes) -> bool:
    return name.casefold().endswith((".xml", ".xbrl")) or part[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("/").removeprefix("./")
