"""Words of an RTF file, by striprtf."""

import re

from striprtf.striprtf import rtf_to_text

from jiuye.kernel.uploads import Unacceptable

_SHOWN = re.compile(r"\\header[lrf]?(?![a-z])|\\footer[lrf]?(?![a-z])|\\\*\s*\\shpinst(?![a-z])|\\shp(?:txt)?(?![a-z])")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read(content: bytes) -> str:
    """Return the lines. Raise Unacceptable."""
    source = content.decode("latin-1")
    # striprtf leaves out page headers and text boxes, writes cells with bars, and decodes fonts without a Chinese
    # character set as Western even where the file says GBK.
    source = _CELL.sub(r"\\tab", _SHOWN.sub(r"\\par", source))
    if re.search(r"\\ansicpg936(?!\d)", source[:4096]):
        source = re.sub(r"\\fcharset(?:0|1)(?!\d)", r"\\fcharset134", source)
    source = source.replace("\\fldinst", "\n\\fldinst")  # keeps its pattern for links off: it is quadratic
    try:
        text = str(rtf_to_text(source, errors="replace"))
    except (ValueError, LookupError, TypeError, RecursionError) as problem:
        raise Unacceptable("这个 RTF 文件打不开，可能已损坏。请另存为 .docx 或 PDF 再传。") from problem
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def is_inert(content: bytes) -> bool:
    """Return whether there are no embedded objects in the file, nor fields that load something."""
    return re.search(rb"\\obj(?:data|ect|update|autlink|link)|INCLUDE|\\\*\\template|DDE", content) is None
