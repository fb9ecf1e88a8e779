"""Words of a photographed or scanned page, by rapidocr (the extra `ocr`)."""

from io import BytesIO
from typing import Any, Literal

from PIL import Image

from jiuye.adapters.inspection_local.texts.letters import Mark, lines_of
from jiuye.kernel import uploads
from jiuye.kernel.uploads import Clean
from jiuye.kernel.uploads.drawing import redraw
from jiuye.ports.document_text import DocumentText
from jiuye.ports.inspection import LONGEST_SIDE

_PILLOW_NAMES = {"jpeg": "JPEG", "png": "PNG", "heic": "HEIF"}


def read(content: bytes, kind: Literal["jpeg", "png", "heic"], name: str, *, recognise: bool) -> DocumentText:
    """Return the picture without EXIF data, and its words if they are to be recognised. Raise Unacceptable."""
    if kind == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    drawn = redraw(content, _PILLOW_NAMES[kind], longest_side=LONGEST_SIDE)
    clean = Clean(drawn, "image/jpeg", ".jpg", uploads.display_name(name, ".jpg"))
    if not recognise:
        return DocumentText(kind, clean, is_picture=True)
    with Image.open(BytesIO(drawn)) as image:
        text = words_of(image.convert("RGB"))
    return DocumentText(kind, clean, (text,), is_picture=True)


def words_of(image: Image.Image) -> str:
    """Return the lines that are recognised in a picture."""
    from rapidocr import RapidOCR  # an extra; its models come with the package, nothing is fetched

    engine = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1})
    out = BytesIO()
    image.save(out, "PNG")
    found: Any = engine(out.getvalue())
    boxes, words = getattr(found, "boxes", None), getattr(found, "txts", None)
    if boxes is None or words is None:
        return ""
    marks = [
        Mark(
            word,
            float(min(x for x, _ in box)),
            float(min(y for _, y in box)),
            float(max(x for x, _ in box)),
            float(max(y for _, y in box)),
        )
        for box, word in zip(boxes, words, strict=True)
    ]
    return "\n".join(line.text for line in lines_of(marks))
