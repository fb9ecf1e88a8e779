"""Words in photographed licences, by rapidocr (the extra `ocr`); its models come with the package, nothing is fetched."""

from rapidocr import RapidOCR

from jiuye.adapters.inspection_local import words
from jiuye.kernel.uploads.drawing import redraw
from jiuye.ports.inspection import LONGEST_SIDE, Suggestion


def read(content: bytes) -> tuple[Suggestion, ...]:
    """Return the credit codes in a JPEG picture: the check character tells right readings from wrong ones, names have none.

    Raise Unacceptable for no picture.
    """
    upright = redraw(content, "JPEG", longest_side=LONGEST_SIDE)
    found = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1})(
        upright
    )
    lines = "\n".join(getattr(found, "txts", None) or ())
    return tuple(one for one in words.suggest(lines, source="picture") if one.name == "credit_code")
