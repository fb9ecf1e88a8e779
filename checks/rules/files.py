# The examples of files.yaml.
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage


def keep(file, key):
    # ruleid: temporary-name
    place = Path(tempfile.gettempdir()) / "jiuye-upload"
    # ok: temporary-name
    with tempfile.TemporaryDirectory(prefix="jiuye-") as folder:
        place = Path(folder)
    # ruleid: name-of-a-sent-file-as-path
    default_storage.save(f"photos/{file.name}", file)
    # ok: name-of-a-sent-file-as-path
    default_storage.save(f"photos/{key}.jpg", file)
    return place
