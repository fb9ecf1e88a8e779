"""Uploads never touch the disk in clear."""

from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from jiuye.domains.jobs.sheets import limits
from jiuye.kernel import uploads
from jiuye.kernel.http import upload_handlers

MEGABYTE = 1024 * 1024


def received(*sizes: int) -> list[InMemoryUploadedFile]:
    """What a view is given of files of these sizes."""
    files = [SimpleUploadedFile(f"{number}.pdf", bytes(size)) for number, size in enumerate(sizes)]
    request = RequestFactory().post("/", {"file": files})
    return request.FILES.getlist("file")  # type: ignore[return-value]


def test_a_large_file_is_held_in_memory() -> None:
    (file,) = received(10 * MEGABYTE)
    assert isinstance(file.file, BytesIO)
    assert (file.size, len(file.read())) == (10 * MEGABYTE, 10 * MEGABYTE)


def test_of_one_that_is_too_large_no_more_is_kept_than_shows_it() -> None:
    small, large = received(5, 22 * MEGABYTE)
    assert (small.read(), large.size) == (bytes(5), 22 * MEGABYTE)
    assert len(large.read()) == upload_handlers.MOST_OF_A_FILE > max(limits.FILE_BYTES, uploads.MOST_BYTES)


def test_a_request_with_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_handlers, "MOST_OF_A_REQUEST", 2 * MEGABYTE)
    with pytest.raises(RequestDataTooBig):
        received(MEGABYTE, MEGABYTE, MEGABYTE)
