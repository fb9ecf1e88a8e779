"""The file of a backup: a ZIP whose parts are stored as they are, with a manifest at the end.

A ZIP has its table of contents at the end, so a truncated file is recognised at once, and every tool can look inside.
`SHA256SUMS` has a line for each part, in the format of sha256sum; `manifest.json` has the digest of that list;
`manifest.mac` authenticates the manifest with a key that is not in the file.
"""

import hashlib
import hmac
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from jiuye.runtime.failure import Failure

FORMAT = 1
DATABASE = "database.dump"
_SUMS, _MANIFEST, _MAC = "SHA256SUMS", "manifest.json", "manifest.mac"
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 64 << 20


class Writer:
    """A backup that is being written. It gets its name when it is complete."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._sums: list[str] = []
        self.bytes = 0

    def add(self, name: str, content: IO[bytes]) -> int:
        """Store a part until the stream ends. Return its size in bytes."""
        digest, size = hashlib.sha256(), 0
        with self._file.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
            while block := content.read(_CHUNK):
                part.write(block)
                digest.update(block)
                size += len(block)
        self._sums.append(f"{digest.hexdigest()}  {name}\n")
        self.bytes += size
        return size

    def finish(self, manifest: Mapping[str, Any], mac_key: bytes, key_id: str) -> None:
        """Write the list of digests and the manifest."""
        sums = "".join(self._sums).encode()
        self._file.writestr(_SUMS, sums)
        told = {**manifest, "format": FORMAT, "parts": len(self._sums), "sums": hashlib.sha256(sums).hexdigest()}
        body = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._file.writestr(_MANIFEST, body)
        self._file.writestr(_MAC, f"{key_id}:{hmac.digest(mac_key, body, 'sha256').hex()}\n")


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Write a backup to `path`, readable by us alone. Nothing of that name appears unless all is written and on the disk.

    Raises Failure if there is such a file.
    """
    if path.exists():
        raise Failure(f"{path} 已存在，不会覆盖，请换一个文件名（exists already: choose another name）")
    if not path.parent.is_dir():
        raise Failure(f"没有文件夹 {path.parent}（no such folder）")
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(partial, path)  # unlike a renaming, it replaces nothing
        except FileExistsError:
            raise Failure(f"{path} 已存在，不会覆盖，请换一个文件名（exists already: choose another name）") from None
        except OSError:  # a disk without links
            partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


class Reader:
    """A backup that is there."""

    def __init__(self, path: Path) -> None:
        """Raises Failure if it is no complete backup, or one of a later version of the format."""
        self.path = path
        try:
            self._file = zipfile.ZipFile(path)
            self._body = self._small(_MANIFEST)
            self.manifest: dict[str, Any] = json.loads(self._body)
        except FileNotFoundError:
            raise Failure(f"没有文件 {path}（no such file）") from None
        except OSError as error:
            raise Failure(f"无法读取 {path}（{error.strerror}）") from None
        except (zipfile.BadZipFile, KeyError, ValueError):
            raise self._broken("no manifest") from None
        if self.manifest.get("format") != FORMAT:
            raise Failure(
                "备份由更新的版本写成，请先升级本程序（the backup was made by a later version: update first）"
            )

    def verify(self) -> int:
        """Read everything and compare it with the digests. Return the number of parts. Raises Failure."""
        try:
            sums = self._small(_SUMS)
            expected = {
                name: digest for digest, _, name in (line.partition("  ") for line in sums.decode().splitlines())
            }
            if hashlib.sha256(sums).hexdigest() != self.manifest["sums"] or len(expected) != self.manifest["parts"]:
                raise self._broken("the list of digests")
            if set(self._file.namelist()) != {*expected, _SUMS, _MANIFEST, _MAC}:
                raise self._broken("parts are missing or were added")
            for name, digest in expected.items():
                if not _is_harmless(name) or self._digest(name) != digest:
                    raise self._broken(name)
        except zipfile.BadZipFile as error:
            raise self._broken(str(error)) from None
        except (zlib.error, KeyError, ValueError, EOFError):
            raise self._broken("unreadable") from None
        return len(expected)

    def key_id(self) -> str:
        """Return the id of the key that authenticates the manifest."""
        return self._small(_MAC).decode().partition(":")[0]

    def is_authentic(self, mac_key: bytes) -> bool:
        """Return whether the manifest was written by somebody with the key."""
        told = self._small(_MAC).decode().strip().partition(":")[2]
        return hmac.compare_digest(told, hmac.digest(mac_key, self._body, "sha256").hex())

    def open(self, name: str) -> IO[bytes]:
        """Return a part as a stream."""
        return self._file.open(name)

    def below(self, folder: str) -> list[str]:
        """Return the names of the parts in a folder."""
        return [name for name in self._file.namelist() if name.startswith(f"{folder}/")]

    def _digest(self, name: str) -> str:
        with self._file.open(name) as part:
            return hashlib.file_digest(part, "sha256").hexdigest()  # type: ignore[arg-type]

    def _small(self, name: str) -> bytes:
        if name != _SUMS and self._file.getinfo(name).file_size > _LONGEST_MANIFEST:
            raise self._broken(name)
        return self._file.read(name)

    def _broken(self, why: str) -> Failure:
        return Failure(
            f"{self.path} 不是完整的备份，或已损坏，没有改动任何数据（not a whole backup: {why}; nothing was touched）"
        )


def _is_harmless(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name
