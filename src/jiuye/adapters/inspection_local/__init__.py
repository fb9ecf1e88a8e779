"""The inspector of this machine: each document is opened in a short-lived child process under limits.

`kernel.confinement` starts the child and ends it in time; the other modules of this package run in it (`__main__`).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jiuye.adapters.inspection_local import wire
from jiuye.adapters.inspection_local.limits import READING_SECONDS, SECONDS
from jiuye.kernel import clock, confinement
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports.document_text import DocumentText
from jiuye.ports.inspection import MOST_BYTES, Inspection, InspectionUnavailable, Suggestion, format_of


class LocalInspector:
    """DocumentInspector. `roots` is the folder of trusted root certificates, `renderer` the program that draws OFD pages; both may
    be missing.
    """

    def __init__(self, *, roots: Path, renderer: Path) -> None:
        self._roots = roots
        self._renderer = renderer

    def inspect(self, content: bytes, *, name: str) -> Inspection:
        """See the port."""
        if not content:
            raise Unacceptable("这个文件是空的，请重新选择。")
        if len(content) > MOST_BYTES:
            raise Unacceptable(f"文件太大，请不要超过 {MOST_BYTES // 1024 // 1024} MB。图片可以压缩后再传。")
        if format_of(content) is None:
            raise Unacceptable("只能上传 JPG、PNG、HEIC 图片，或 PDF、OFD 文件。请换一个文件，改文件名没有用。")
        try:
            head, rest = self._ask("inspect", content, name)
            if "refused" in head:
                raise Unacceptable(head["refused"])
            return wire.inspection_of(head, rest)
        except (confinement.ChildFailed, ValueError) as problem:
            raise Unacceptable("这个文件打不开：内容太复杂或已损坏。请重新导出，或拍成照片后再传。") from problem

    def read_text(self, content: bytes, *, name: str, recognise: bool = False) -> DocumentText:
        """See the port."""
        if not content:
            raise Unacceptable("这个文件是空的，请重新选择。")
        if len(content) > MOST_BYTES:
            raise Unacceptable(f"文件太大，请不要超过 {MOST_BYTES // 1024 // 1024} MB。图片可以压缩后再传。")
        try:
            head, rest = self._ask("recognise" if recognise and self.reads_pictures else "text", content, name)
            if "refused" in head:
                raise Unacceptable(head["refused"])
            return wire.text_of(head, rest)
        except (confinement.ChildFailed, ValueError) as problem:
            raise Unacceptable("这个文件打不开：内容太复杂或已损坏。请另存为 .docx 或 PDF 后再传。") from problem

    @property
    def reads_pictures(self) -> bool:
        """See the port: the extra `ocr`."""
        return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None

    def read_picture(self, content: bytes) -> tuple[Suggestion, ...]:
        """See the port."""
        if not self.reads_pictures:
            return ()
        try:
            head, _ = self._ask("read", content, "")
            return wire.suggestions_of(head) if "suggestions" in head else ()
        except (confinement.ChildFailed, ValueError):
            return ()

    def _ask(self, task: str, content: bytes, name: str) -> tuple[dict[str, Any], bytes]:
        order = wire.Order(task, name, str(self._roots), str(self._renderer), clock.now().isoformat())
        try:
            seconds = READING_SECONDS if task in ("read", "recognise") else SECONDS
            return wire.unpack_answer(confinement.run(__name__, wire.pack_order(order, content), seconds=seconds))
        except OSError as problem:
            raise InspectionUnavailable("no process can be started") from problem
