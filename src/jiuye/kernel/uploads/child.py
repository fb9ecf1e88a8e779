"""The child process: reads a line of JSON and a file from standard input, writes a line of JSON and a picture.

Run as `python -m jiuye.kernel.uploads.child`. It imports what the file needs, and no more: a picture takes a tenth of a second.
"""

import json
import sys
from typing import Any

from jiuye.kernel.confinement import confine
from jiuye.kernel.uploads import cleaning
from jiuye.kernel.uploads.files import TOO_COMPLEX, Drawing, Unacceptable


def main() -> None:
    """Answer one order. Any exception that a file causes is a refusal of the file; a missing package is not."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    confine(megabytes=cleaning.MEGABYTES, cpu_seconds=cleaning.CPU_SECONDS, seconds=cleaning.SECONDS)
    try:
        said, drawn = _opened(json.loads(head), content)
    except Unacceptable as refusal:
        said, drawn = {"refused": refusal.message}, b""
    except ImportError:
        raise
    except Exception:
        said, drawn = {"refused": TOO_COMPLEX}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + drawn)
    sys.stdout.buffer.flush()


def _opened(order: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    if order["kind"] == "PDF":
        from jiuye.kernel.uploads.pdf import check_pdf

        check_pdf(content)
        return {}, b""
    from jiuye.kernel.uploads.drawing import draw, encode

    drawing = Drawing(**order["drawing"])
    drawn = draw(content, order["kind"], drawing)
    return {"width": drawn.width, "height": drawn.height}, encode(drawn, drawing)


if __name__ == "__main__":
    main()
