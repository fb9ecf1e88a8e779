"""Render a document: a Typst template of this package, with data that is never markup.

Data reach the template as JSON, so that user input is only ever text. Templates load no packages and read no files.
"""

import json
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path

from jiuye.documents import fonts

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _fonts() -> typst.Fonts:
    """Return Noto Sans SC, ours and Typst's own for the letters that it lacks; never the machine's fonts."""
    folders = [str(sans_path().parent), str(fonts.FOLDER)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def typeset(template: str, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF of `templates/{template}.typ` with embedded fonts, tagged for screen readers (PDF/UA-1, ISO
    14289-1).

    PDF/UA requires a glyph for every character. A text with a character that no font has (an emoji, an unsupported
    script) gives a tagged PDF that does not claim the standard: a document is not refused because of one character.
    `data` holds JSON values; `made_at` is aware. Raises `typst.TypstError` for a fault in the template.
    """
    try:
        return _compile(template, data, made_at, accessible=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in problem.message:
            raise
        return _compile(template, data, made_at, accessible=False)


def missing_letters(texts: Iterable[str]) -> str:
    """Return the characters, each once, that no font of our documents has. A page without rare ones costs no typesetting."""
    rare = dict.fromkeys(letter for text in texts for letter in text if not _is_common(letter))
    return "".join(letter for letter in rare if not _prints(letter))


def _is_common(letter: str) -> bool:
    return (
        letter.isascii() or "\u4e00" <= letter <= "\u9fa5" or letter.isspace() or unicodedata.category(letter) == "Mn"
    )


@lru_cache(maxsize=4096)
def _prints(letter: str) -> bool:
    try:
        _compile("letter", {"letter": letter}, datetime.fromtimestamp(0, UTC), accessible=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in problem.message:
            raise
        return False
    return True


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
