"""Uploaded files, sanitised before they are stored.

The type of a file is decided by its first bytes, never by its name. Images are re-encoded from their pixels, which
removes EXIF data (such as the place) and anything hidden in the file; PDFs with active content are refused. Files are
opened in a child process (`kernel.confinement`), one at a time for each data folder, so that what a picture needs is given back
at once and no crowd of them fills the memory.
"""

from jiuye.kernel.uploads.cleaning import MOST_BYTES, clean
from jiuye.kernel.uploads.files import MOST_PIXELS, Clean, Drawing, Unacceptable, display_name

__all__ = ["MOST_BYTES", "MOST_PIXELS", "Clean", "Drawing", "Unacceptable", "clean", "display_name"]
