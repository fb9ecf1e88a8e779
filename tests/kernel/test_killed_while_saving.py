"""A process killed between a file and its row loses nothing that was acknowledged, and leaves nothing that can be opened."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from jiuye.kernel import sealed_files
from jiuye.kernel.models import SealedFile
from jiuye.kernel.sealed_files import upkeep
from tests.kernel.test_sealed_files import CANARY, made_old

pytestmark = pytest.mark.django_db(transaction=True)

BEGIN = """
import os, signal, django
django.setup()
from django.core.files.storage import default_storage
from django.db import transaction
from jiuye.kernel import sealed_files
from jiuye.kernel.models import SealedFile
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
"""
BETWEEN_FILE_AND_ROW = """
SealedFile.objects.create = die
with transaction.atomic():
    sealed_files.save("materials", b"never acknowledged", "image/jpeg")
"""
BEFORE_THE_COMMIT = """
with transaction.atomic():
    sealed_files.save("materials", b"never acknowledged", "image/jpeg")
    die()
"""
BETWEEN_COMMIT_AND_DELETION = """
default_storage.delete = die
with transaction.atomic():
    sealed_files.delete({key!r})
"""


def killed(program: str, folder: Path) -> None:
    """Run a program in its own process, on this test's database and files, until it kills itself."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(str(database['HOST']), safe='')}"
    environment = os.environ | {
        "DATABASE_URL": f"{url}&port={database['PORT'] or 5432}",
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", BEGIN + program], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.fixture
def acknowledged(own_files: Path) -> str:
    """A file whose upload was answered."""
    with transaction.atomic():
        return sealed_files.save("materials", CANARY, "image/jpeg")


@pytest.mark.parametrize(
    "program", [BETWEEN_FILE_AND_ROW, BEFORE_THE_COMMIT], ids=["before the row", "before the commit"]
)
def test_while_saving(program: str, acknowledged: str, own_files: Path) -> None:
    killed(program, own_files.parent)
    stored = [path for path in own_files.rglob("*") if path.is_file()]
    assert len(stored) == 2
    assert list(SealedFile.objects.values_list("pk", flat=True)) == [acknowledged]
    assert sealed_files.read(acknowledged) == CANARY
    for path in stored:
        made_old(path)
    assert upkeep.sweep() == 1
    assert sealed_files.read(acknowledged) == CANARY


def test_while_deleting(acknowledged: str, own_files: Path) -> None:
    killed(BETWEEN_COMMIT_AND_DELETION.format(key=acknowledged), own_files.parent)
    assert (own_files / acknowledged).exists()
    with pytest.raises(sealed_files.FileGone):
        sealed_files.read(acknowledged)
    made_old(own_files / acknowledged)
    assert upkeep.sweep() == 1
    assert not (own_files / acknowledged).exists()
