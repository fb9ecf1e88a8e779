"""Portrait photos from uploaded pictures."""

from typing import IO

from jiuye.domains.resumes.states import PhotoCrop
from jiuye.kernel import uploads
from jiuye.kernel.errors import Invalid

SIZE = (600, 800)
LEAST = (150, 200)
_CENTRES = {PhotoCrop.MIDDLE: (0.5, 0.5), PhotoCrop.START: (0.0, 0.0), PhotoCrop.END: (1.0, 1.0)}


def portrait(file: IO[bytes], *, name: str, crop: PhotoCrop) -> bytes:
    """Return a newly encoded JPEG of 600×800 pixels, cut to 3:4; only pixels are kept. Raises `Invalid` (field photo), `Unavailable`."""
    drawing = uploads.Drawing(cut=SIZE, centre=_CENTRES[crop], least=LEAST)
    try:
        return uploads.clean(file, name=name, drawing=drawing, takes_pdf=False).content
    except uploads.Unacceptable as problem:
        raise Invalid({"photo": problem.message}) from problem
