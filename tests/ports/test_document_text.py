"""The words of documents that people wrote, by any inspector: each kind of file by its bytes, harmful ones refused."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bench._resume_files import layouts, writers
from bench._resume_files.cases import MADE
from bench._resume_files.people import BY_KEY
from jiuye.adapters.inspection_local import LocalInspector
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports.document_text import TextFormat, text_format_of
from jiuye.ports.inspection import DocumentInspector
from tests.factories import documents
from tests.factories.portraits import picture

ONE = BY_KEY["welder"]
PAGE = writers.html([("p", "焊工张三")])


@pytest.fixture(params=["local"])
def inspector(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentInspector:
    return LocalInspector(roots=tmp_path / "none", renderer=tmp_path / "none")


def packed(**parts: str) -> bytes:
    """A .docx of these parts; __ in a name is a slash."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + (".bin" if "vba" in name else ".xml"), text)
    return out.getvalue()


def document(inside: str, before: str = "") -> str:
    return f'{before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inside}</w:body></w:document>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (layouts.paragraphs(ONE), "docx"),
        ((MADE / "form-nurse.doc").read_bytes(), "doc"),
        (layouts.archive(ONE), "web_archive"),
        (PAGE, "html"),
        (b"\xef\xbb\xbf" + PAGE, "html"),
        (layouts.rich(ONE), "rtf"),
        (layouts.columns(ONE), "pdf"),
        (picture(kind="JPEG"), "jpeg"),
        (picture(kind="PNG"), "png"),
        (documents.heic(), "heic"),
        (b"Dear Sir: hello\r\n\r\nMIME-Version: 1.0", None),
        (b"\x89PNG", None),
        (b"MZ\x90\x00", None),
        (packed(xl__workbook="<a/>"), None),
    ],
)
def test_the_kind_is_known_by_the_first_bytes(content: bytes, kind: TextFormat | None) -> None:
    assert text_format_of(content) == kind


def test_a_web_archive_that_is_named_doc_is_read(inspector: DocumentInspector) -> None:
    read = inspector.read_text(layouts.archive(ONE), name="51job_李铁柱.doc")
    assert (read.format, read.clean.name, read.is_picture) == ("web_archive", "51job_李铁柱.mht", False)
    assert "居住地：\t河北省唐山市" in read.texts[0]


def test_a_pdf_is_read_by_places_and_in_its_own_order(inspector: DocumentInspector) -> None:
    by_places, in_order = inspector.read_text(layouts.columns(ONE), name="a.pdf").texts
    assert by_places != in_order
    assert "天津渤海重工集团有限公司" in by_places
    assert "天津渤海重工集团有限公司" in in_order


def test_a_picture_is_kept_without_exif_and_not_recognised_unasked(inspector: DocumentInspector) -> None:
    read = inspector.read_text(picture(kind="PNG"), name="简历.png")
    assert (read.clean.content_type, read.clean.name, read.is_picture, read.texts) == (
        "image/jpeg",
        "简历.jpg",
        True,
        (),
    )
    assert not Image.open(BytesIO(read.clean.content)).getexif()


def test_text_boxes_of_a_binary_file_stand_where_they_hang(inspector: DocumentInspector) -> None:
    text = inspector.read_text((MADE / "boxes-minority.doc").read_bytes(), name="a.doc").texts[0]
    places = [
        text.index(words)
        for words in ("邮箱：gulinar.m", "古丽娜尔", "教育经历", "新疆大学", "工作经历", "喀什古城", "技能")
    ]
    assert places == sorted(places)


def test_deleted_words_and_the_second_form_of_a_text_box_are_not_read(inspector: DocumentInspector) -> None:
    inside = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    assert inspector.read_text(packed(word__document=document(inside)), name="a.docx").texts == ("新",)
    assert inspector.read_text(layouts.boxes(ONE), name="a.docx").texts[0].count("自我评价") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00" * 20, "只能上传"),
        (packed(word__document=document(""), word__vbaProject="x"), "宏"),
        (packed(word__document=document("&a;", '<!DOCTYPE x [<!ENTITY a "b">]>')), "XML 声明"),
        (packed(word__document=document(" " * 17_000_000)), "太大"),
        (packed(word__document=document("<w:p>")), "打不开"),
        (packed(word__styles="<a/>"), "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "打不开"),
        ((MADE / "form-nurse.doc").read_bytes()[:4000], "打不开"),
        (b"%PDF-1.7 nothing", "打不开"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    inspector: DocumentInspector, content: bytes, words: str
) -> None:
    with pytest.raises(Unacceptable, match=words):
        inspector.read_text(content, name="简历.docx")
