"""The number formats of an .xlsx: style of a cell → how its number is shown."""

from xml.parsers import expat

from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Shown, shown_by


def formats_of_styles(markup: bytes) -> dict[int, Shown]:
    """Return the formats that change a cell's text, from `xl/styles.xml`. The markup must be checked for DTDs before."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and path[-1:] == ["cellXfs"]:
            identifier = attributes.get("numFmtId", "0")
            styles.append(int(identifier) if identifier.isdecimal() else 0)
        path.append(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: path.pop()
    try:
        parser.Parse(markup or b"<none/>", True)
    except expat.ExpatError as error:
        raise SheetRefused("damaged") from error
    return {style: shown for style, one in enumerate(styles) if (shown := shown_by(one, codes.get(one)))}
