"""Opening one document of a known format. Libraries are imported with the format that needs them: a bad file is refused sooner."""

from io import BytesIO

from PIL import Image

from jiuye.adapters.inspection_local.wire import Order
from jiuye.kernel import uploads
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.kernel.uploads.drawing import redraw
from jiuye.ports.inspection import LONGEST_SIDE, Format, Inspection, Page, format_of

_PILLOW_NAMES: dict[Format, str] = {"jpeg": "JPEG", "png": "PNG", "heic": "HEIF"}


def open_document(content: bytes, order: Order) -> Inspection:
    """Return what the document is. Raise Unacceptable."""
    kind = format_of(content)
    if kind == "pdf":
        from jiuye.adapters.inspection_local import pdf

        return pdf.inspect(content, order)
    if kind == "ofd":
        from jiuye.adapters.inspection_local import ofd

        return ofd.inspect(content, order)
    if kind is None:
        raise Unacceptable("只能上传 JPG、PNG、HEIC 图片，或 PDF、OFD 文件。请换一个文件。")
    return _picture(content, kind, order.name)


def _picture(content: bytes, kind: Format, name: str) -> Inspection:
    """Return the picture as its own single page."""
    if kind == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    drawn = redraw(content, _PILLOW_NAMES[kind], longest_side=LONGEST_SIDE)
    with Image.open(BytesIO(drawn)) as image:
        page = Page(drawn, image.width, image.height)
    clean = Clean(drawn, "image/jpeg", ".jpg", uploads.display_name(name, ".jpg"))
    return Inspection(kind, clean, page_count=1, pages=(page,))
