"""The watermark over pages of materials."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from jiuye.documents.watermark import watermarked

AT = datetime(2026, 11, 29, 13, 0, tzinfo=UTC)


def page(colour: str = "white", size: tuple[int, int] = (1414, 2000), kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def drawn(content: bytes, viewer: str = "欧阳审核 尾号0902", at: datetime = AT) -> Image.Image:
    return Image.open(BytesIO(watermarked(content, viewer=viewer, at=at)))


@pytest.mark.parametrize("colour", ["white", "black", "#808080", "#b23a17"])
@pytest.mark.parametrize("size", [(1414, 2000), (600, 400), (80, 60)])
def test_every_part_of_a_page_of_any_colour_is_covered(colour: str, size: tuple[int, int]) -> None:
    marked = drawn(page(colour, size)).convert("L")
    ground = Image.new("RGB", (1, 1), colour).convert("L").tobytes()[0]
    for left in range(2):
        for top in range(2):
            width, height = size[0] // 2, size[1] // 2
            part = marked.crop((left * width, top * height, (left + 1) * width, (top + 1) * height))
            assert max(abs(shade - ground) for shade in part.tobytes()) > 25


def test_it_says_who_looks_and_when() -> None:
    same = drawn(page())
    for other in (drawn(page(), viewer="王审核 尾号0911"), drawn(page(), at=AT.replace(minute=1))):
        assert ImageChops.difference(same, other).getbbox()
    assert not ImageChops.difference(same, drawn(page())).getbbox()


def test_the_page_under_it_can_still_be_read() -> None:
    """Nowhere does a mark reach the darkness of print."""
    assert min(drawn(page()).convert("L").tobytes()) > 100


def test_nothing_hidden_in_the_picture_is_passed_on() -> None:
    exif, out = Image.Exif(), BytesIO()
    exif[0x010E] = "30.65,104.06"
    Image.new("RGB", (300, 300), "white").save(out, "JPEG", exif=exif)
    assert not drawn(out.getvalue()).getexif()


def test_a_large_page_becomes_a_page_for_the_screen() -> None:
    assert max(drawn(page(size=(3000, 4200), kind="JPEG")).size) == 2000


def test_what_is_not_a_picture_is_refused() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        watermarked(b"%PDF-1.7", viewer="王", at=AT)
