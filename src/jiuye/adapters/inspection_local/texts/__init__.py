"""Reading the words of one document. Runs in the child process; each format's libraries are imported with the format."""

from jiuye.kernel import uploads
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.ports.document_text import MOST_CHARACTERS, DocumentText, TextFormat, text_format_of

_TYPES: dict[TextFormat, tuple[str, str]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "doc": ("application/msword", ".doc"),
    "web_archive": ("multipart/related", ".mht"),
    "html": ("text/html", ".html"),
    "rtf": ("application/rtf", ".rtf"),
    "pdf": ("application/pdf", ".pdf"),
}


def read(content: bytes, name: str, *, recognise: bool) -> DocumentText:
    """Return the words of the document. Raise Unacceptable."""
    kind = text_format_of(content)
    if kind is None:
        raise Unacceptable(
            "只能上传 Word、PDF、RTF、网页格式的简历，或 JPG、PNG、HEIC 图片。请换一个文件，改文件名没有用。"
        )
    if kind in ("jpeg", "png", "heic"):
        from jiuye.adapters.inspection_local.texts import pictures

        return pictures.read(content, kind, name, recognise=recognise)
    can_be_sent = True
    if kind == "pdf":
        from jiuye.adapters.inspection_local.texts import pdf

        texts = pdf.read(content, recognise=recognise)
    else:
        text, can_be_sent = _words(content, kind)
        texts = (text,)
    content_type, extension = _TYPES[kind]
    texts = tuple(text[:MOST_CHARACTERS] for text in texts)
    clean = Clean(content, content_type, extension, uploads.display_name(name, extension))
    is_picture = kind == "pdf" and not any(text.strip() for text in texts)
    return DocumentText(kind, clean, texts, is_picture, can_be_sent)


def _words(content: bytes, kind: TextFormat) -> tuple[str, bool]:
    """Return the words, and whether the file can be handed to others."""
    if kind == "docx":
        from jiuye.adapters.inspection_local.texts import docx

        return docx.read(content), docx.is_inert(content)
    if kind == "doc":
        from jiuye.adapters.inspection_local.texts import doc

        return doc.read(content), doc.is_inert(content)
    if kind == "rtf":
        from jiuye.adapters.inspection_local.texts import rtf

        return rtf.read(content), rtf.is_inert(content)
    from jiuye.adapters.inspection_local.texts import web

    return (web.read_archive(content) if kind == "web_archive" else web.read_page(content)), False
