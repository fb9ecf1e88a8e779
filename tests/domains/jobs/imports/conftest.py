from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from jiuye.kernel.actor import Actor
from tests.factories import imports


@pytest.fixture(autouse=True)
def kept_files(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:  # type: ignore[no-untyped-def]
    """Uploads go into the test's own folder."""
    folder = tmp_path / "files"
    backend = settings.STORAGES["default"]["BACKEND"]
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": folder}}}
    default_storage._wrapped = __import__("django.utils.functional", fromlist=["empty"]).empty  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def recruiter(db: None) -> Actor:
    return imports.recruiter()
