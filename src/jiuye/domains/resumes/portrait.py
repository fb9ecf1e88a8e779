"""Portrait photos from uploaded pictures."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from jiuye.domains.resumes.states import PhotoCrop
from jiuye.kernel import uploads
from jiuye.kernel.errors import Invalid

SIZE = (600, 800)
LEAST = (150, 200)
_CENTRES = {PhotoCrop.MIDDLE: (0.5, 0.5), PhotoCrop.START: (0.0, 0.0), PhotoCrop.END: (1.0, 1.0)}


def portrait(file: IO[bytes], *, name: str, crop: PhotoCrop) -> bytes:
    """Return a newly encoded JPEG of 600×800 pixels, cut to 3:4; only pixels are kept. Raises `Invalid` (field photo)."""
    try:
        clean = uploads.clean(file, name=name)
    except uploads.Unacceptable as problem:
        raise Invalid({"photo": problem.message}) from problem
    if clean.content_type != "image/jpeg":
        raise Invalid({"photo": "照片请选择 JPG、PNG 或 WebP 图片。"})
    with Image.open(BytesIO(clean.content)) as image:
        if image.width < LEAST[0] or image.height < LEAST[1]:
            raise Invalid({"photo": f"照片太小，印出来会模糊，请选择不小于 {LEAST[0]}×{LEAST[1]} 像素的照片。"})
        cut = ImageOps.fit(image, SIZE, centering=_CENTRES[crop])
    out = BytesIO()
    cut.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
