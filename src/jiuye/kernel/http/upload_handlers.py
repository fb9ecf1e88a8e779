"""Uploads are held in memory, never in a temporary file: files of people touch the disk encrypted only.

Django's own handlers write what is larger than FILE_UPLOAD_MAX_MEMORY_SIZE to a file in the temporary folder, where a
killed process leaves it in clear.
"""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_OF_A_FILE = 20 * 1024 * 1024 + 1
"""Bytes kept of one file. Every form refuses files of this size, so what is cut off is never missed."""
MOST_OF_A_REQUEST = 64 * 1024 * 1024


class MemoryUploadHandler(FileUploadHandler):
    """Keeps the beginning of each uploaded file. Raises `RequestDataTooBig` for a request with more than 64 MB of files."""

    _request = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk, as far as the file is not too large yet."""
        kept = raw_data[: max(0, MOST_OF_A_FILE - start)]
        self._request += len(kept)
        if self._request > MOST_OF_A_REQUEST:
            raise RequestDataTooBig("more than 64 MB of files in one request")
        self._file.write(kept)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file with its true size."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            self._file, self.field_name, self.file_name, self.content_type, file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
