"""Uploaded files are made harmless, or refused with a reason."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from jiuye.kernel import confinement
from jiuye.kernel.uploads import Unacceptable, clean
from jiuye.kernel.uploads.headers import check_size
from jiuye.kernel.uploads.pdf import MOST_PAGES


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def pdf(pages: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    return writer


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def refusal(content: bytes, name: str = "a.png", **limits: int) -> str:
    with pytest.raises(Unacceptable) as caught:
        clean(BytesIO(content), name=name, **limits)
    return caught.value.message


def declared(width: int, height: int) -> bytes:
    """A PNG of a few bytes that declares enormous dimensions."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_images_become_jpegs(kind: str) -> None:
    made = clean(BytesIO(picture(kind)), name="截图.PNG")
    assert (made.content_type, made.extension, made.name) == ("image/jpeg", ".jpg", "截图.jpg")
    assert Image.open(BytesIO(made.content)).size == (60, 40)


def test_where_a_photo_was_taken_is_forgotten() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[2] = (30.0, 39.0, 0.0)
    made = clean(BytesIO(picture(exif=exif)), name="a.jpg")
    assert b"Exif" not in made.content
    assert not Image.open(BytesIO(made.content)).getexif()


def test_what_somebody_wrote_into_a_photo_is_forgotten() -> None:
    content = picture()
    noted = content[:2] + b"\xff\xfe\x00\x0aa-secret" + content[2:]
    assert b"a-secret" in noted
    assert b"a-secret" not in clean(BytesIO(noted), name="a.jpg").content


def test_photos_stand_upright_and_are_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = clean(BytesIO(picture(size=(4000, 1000), exif=exif)), name="a.jpg")
    assert Image.open(BytesIO(made.content)).size == (640, 2560)


def test_what_hides_behind_a_picture_does_not_survive() -> None:
    made = clean(BytesIO(picture("PNG") + b"PK\x03\x04<script>alert(1)</script>"), name="a.png")
    assert b"<script>" not in made.content
    assert b"PK\x03\x04" not in made.content


def test_a_transparent_picture_gets_a_white_ground() -> None:
    out = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(out, "PNG")
    made = Image.open(BytesIO(clean(BytesIO(out.getvalue()), name="a.png").content)).convert("RGB")
    assert made.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = picture(kind, (8000, 8000) if kind == "JPEG" else (6300, 6300))
    monkeypatch.setattr(confinement, "run", None)  # no process is started
    assert "1200 万像素" in refusal(large)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (8_000, 8_000)])
def test_a_small_file_that_declares_a_large_picture_is_refused(width: int, height: int) -> None:
    assert "1200 万像素" in refusal(declared(width, height))


def test_a_picture_as_a_phone_takes_it_is_accepted() -> None:
    """ "12 megapixels" are 4080 × 3072 on many phones."""
    made = clean(BytesIO(picture(size=(4080, 3072))), name="a.jpg")
    assert (made.width, made.height) == (2560, 1928)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((8192, 6144), (2560, 1920)),
        ((4284, 5712), (1920, 2560)),
        ((5000, 4000), (2500, 2000)),
        ((25_000, 2000), (2560, 205)),
    ],
)
def test_a_jpeg_of_fifty_megapixels_is_decoded_at_a_part_of_its_size(
    size: tuple[int, int], drawn: tuple[int, int]
) -> None:
    made = clean(BytesIO(picture(size=size)), name="a.jpg")
    assert (made.width, made.height) == drawn


def in_scans_of_one_component(content: bytes) -> bytes:
    """A sequential JPEG whose first scan has one component only, as far as its headers tell."""
    place = content.index(b"\xff\xda")
    return content[:place] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + content[place + 14 :]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: picture(size=(6000, 4000), progressive=True), id="progressive"),
        pytest.param(lambda: in_scans_of_one_component(picture(size=(6000, 4000))), id="several scans"),
        pytest.param(lambda: picture(size=(6000, 4000)).replace(b"\xff\xc0", b"\xff\xc9", 1), id="arithmetic"),
    ],
)
def test_a_jpeg_whose_decoder_keeps_all_coefficients_may_have_twelve(
    content: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confinement, "run", None)
    assert "1200 万像素" in refusal(content())


def test_no_cut_off_header_is_an_error() -> None:
    content = picture()
    for length in range(2, 700):
        check_size(content[:length], "JPEG")


def test_what_the_header_leaves_out_is_judged_by_the_decoder() -> None:
    """The frame header comes after more segments than are looked at."""
    content = picture(size=(4200, 4200))
    many = content[:2] + b"\xff\xfe\x00\x04ab" * 600 + content[2:]
    assert "1200 万像素" in refusal(many)


def test_a_jpeg_of_hundreds_of_scans_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "run", None)
    assert "太复杂" in refusal(picture() + b"\xff\xda\x00\x08" * 200)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<!doctype html><script>1</script>",
        b"GIF89a....",
        b"MZ\x90\x00",
        b"PK\x03\x04zip",
        b"\x00" * 100,
    ],
)
def test_other_kinds_of_files_are_refused_whatever_their_name(content: bytes) -> None:
    assert "只能上传" in refusal(content, "a.jpg")


@pytest.mark.parametrize(
    "content", [picture()[:200], b"\xff\xd8\xff" + b"A" * 500, b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP"]
)
def test_damaged_pictures_are_refused(content: bytes) -> None:
    assert "打不开" in refusal(content)


def test_nothing_and_too_much_are_refused() -> None:
    assert "空的" in refusal(b"")
    assert "太大" in refusal(picture() + b"0" * 2048, most_bytes=2048)


def test_a_plain_pdf_stays_as_it_is() -> None:
    content = written(pdf(2))
    made = clean(BytesIO(content), name="../../材料.pdf")
    assert (made.content, made.content_type, made.name) == (content, "application/pdf", "材料.pdf")
    assert len(PdfReader(BytesIO(made.content)).pages) == 2


def test_a_pdf_without_pages_is_refused() -> None:
    assert "没有页面" in refusal(written(pdf(0)))


def test_a_pdf_with_something_behind_it_is_refused() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.exe", b"MZ")
        out.comment = b"%%EOF\n"
    assert "夹带" in refusal(written(pdf()) + b"<script>alert(1)</script>")
    assert "夹带" in refusal(written(pdf()) + archive.getvalue())
    assert clean(BytesIO(written(pdf()) + b"\r\n\0\0"), name="a.pdf").extension == ".pdf"


def test_a_pdf_with_a_script_is_refused() -> None:
    writer = pdf()
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    assert "脚本" in refusal(written(writer))


def test_a_pdf_with_a_file_inside_is_refused() -> None:
    writer = pdf()
    writer.add_attachment("a.exe", b"MZ")
    assert "脚本" in refusal(written(writer))


def test_a_pdf_that_launches_a_program_is_refused() -> None:
    writer = pdf()
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    assert "脚本" in refusal(written(writer))


def test_locked_long_and_damaged_pdfs_are_refused() -> None:
    locked = pdf()
    locked.encrypt("secret")
    assert "密码" in refusal(written(locked))
    assert "页" in refusal(written(pdf(MOST_PAGES + 1)))
    assert "打不开" in refusal(b"%PDF-1.7 nothing of the kind")


@pytest.mark.parametrize("name", ["", ".jpg", "a/b/c", "..\\..\\x.exe", "\u202egpj.exe", "名" * 300, 'a"b;c%0d.png'])
def test_names_are_plain(name: str) -> None:
    shown = clean(BytesIO(picture()), name=name).name
    assert shown.endswith(".jpg")
    assert len(shown) <= 84
    assert not set(shown) & set('/\\"<>;%\u202e\n')
