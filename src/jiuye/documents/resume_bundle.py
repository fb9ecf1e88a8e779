"""The resumes of several applications in one archive, streamed and not stored.

Rendering a resume takes 15 to 80 ms, so fifty are sent in a few seconds, the first at once. No typed text becomes a
path: of names and titles only letters, digits and a few signs are kept.
"""

import zipfile
from collections.abc import Iterable, Iterator
from uuid import UUID

from jiuye.documents.resume import resume_pdf
from jiuye.domains.applications import queries
from jiuye.domains.resumes.queries import read_photo
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused

_LONGEST_PART = 30


def resume_bundle(actor: Actor, ids: Iterable[UUID], *, taken_by: str) -> Iterator[bytes]:
    """Yield the archive of the applications' resumes, without contacts. Log them by `actions.take_resumes` first."""
    return _zipped(_documents(actor, ids, taken_by))


def _documents(actor: Actor, ids: Iterable[UUID], taken_by: str) -> Iterator[tuple[str, bytes]]:
    for number, application_id in enumerate(ids, start=1):
        try:
            resume = queries.resume_for_agency(actor, application_id)
        except (NotFound, Refused):
            continue  # withdrawn while the archive was being sent
        title = queries.for_agency(actor, application_id).title
        name = "-".join(part for part in (f"{number:02d}", _safe(resume.name) or "求职者", _safe(title)) if part)
        yield f"{name}.pdf", resume_pdf(resume, taken_by=taken_by, photo=read_photo(resume.photo_key))


def _safe(text: str) -> str:
    """Return a text that is safe in file names on any system."""
    kept = "".join(one for one in text if one.isalnum() or one in "（）()·+ ")
    return " ".join(kept.split())[:_LONGEST_PART].strip()


class _Pieces:
    """A write-only buffer for the archive that cannot seek."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, some: bytes, /) -> int:
        self._waiting.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def close(self) -> None:
        """Do nothing: nothing to release."""

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        piece, self._waiting = b"".join(self._waiting), []
        return piece


def _zipped(documents: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the archive piece by piece. PDFs are compressed already and stored unchanged."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_STORED) as archive:
        for name, content in documents:
            stored = zipfile.ZipInfo(name, date_time=clock.local(clock.now()).timetuple()[:6])
            archive.writestr(stored, content)
            yield pieces.taken()
    yield pieces.taken()
