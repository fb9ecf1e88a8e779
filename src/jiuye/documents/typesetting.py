"""Setting a document: a Typst template of this package, with data that is never markup.

Data reach the template as JSON, so that what people typed is only ever text. Templates load no packages and read no files.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _fonts() -> typst.Fonts:
    """Noto Sans SC, and Typst's own faces for the few letters that it lacks; never what the machine happens to have."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(sans_path().parent)])


def typeset(template: str, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """The PDF of `templates/{template}.typ`, its fonts embedded; tagged for readers that speak it (PDF/UA-1, ISO 14289-1).

    PDF/UA lets no character go unshown. A text with one that no font has (an emoji, a script not at hand) gives a tagged PDF
    that doesn't claim the standard: a person's document is not refused for a letter. `data` holds JSON values; `made_at`
    is aware. Raises `typst.TypstError` for a fault in the template.
    """
    try:
        return _compile(template, data, made_at, accessible=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in problem.message:
            raise
        return _compile(template, data, made_at, accessible=False)


def _compile(template: str, data: dict[str, Any], made_at: datetime, *, accessible: bool) -> bytes:
    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1" if accessible else [],
        timestamp=int(made_at.timestamp()),
    )
