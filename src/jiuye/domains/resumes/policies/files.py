"""Files of a resume: where they lie, how many, and how long one that was taken away can be brought back."""

from datetime import timedelta

PHOTOS = "photos"
"""The folder of photos in the file storage."""
UNDO_FOR = timedelta(minutes=10)
