"""Files of a resume: location, number, names, and how long a removed one can be restored."""

from datetime import timedelta
from pathlib import PurePosixPath

from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line

PHOTOS = "photos"
"""The folder of photos in the file storage."""
ATTACHMENTS = "attachments"
"""The folder of attachments in the file storage."""
MOST_ATTACHMENTS = 5
LONGEST_NAME = 60
"""Characters of an attachment's name, without its extension."""
UNDO_FOR = timedelta(minutes=10)
FILE_KEPT = timedelta(days=7)
"""How long an uploaded resume waits for its owner to look it through."""
FILE_LOST = timedelta(minutes=10)
"""After this the job that reads it is deferred again."""
_NEVER_IN_NAMES = frozenset('<>:"/\\|?*%;')


def named(stem: str, extension: str) -> str:
    """Return an attachment's name: the given words with the extension of its real type.

    Raises `Invalid` (field name) for an empty or too long name, or characters that file systems refuse.
    """
    stem = tidy_line(stem)
    if stem.lower().endswith(extension):
        stem = stem[: -len(extension)]
    stem = stem.strip(" .")
    if not stem:
        raise Invalid({"name": "请填写名称，例如“焊工证”“作品集”。"})
    if len(stem) > LONGEST_NAME:
        raise Invalid({"name": f"名称最多 {LONGEST_NAME} 个字，现在有 {len(stem)} 个字，请缩短一些。"})
    if wrong := sorted(_NEVER_IN_NAMES.intersection(stem)):
        raise Invalid({"name": f"名称里不能有 {' '.join(wrong)}，请去掉。"})
    return f"{stem}{extension}"


def shortened(name: str) -> str:
    """Return an uploaded file's name, shortened to the limit of attachments."""
    path = PurePosixPath(name)
    return f"{path.stem[:LONGEST_NAME].rstrip(' .') or '附件'}{path.suffix}"
