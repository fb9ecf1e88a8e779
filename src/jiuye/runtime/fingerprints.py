"""Fingerprints of files, to recognise steps that are already done."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
REPOSITORY = SOURCE.parents[1]
_ASSET_KINDS = {".css", ".js", ".svg", ".png", ".webp", ".ico", ".jpg", ".webmanifest"}


def of_assets() -> str:
    """Return the fingerprint of the design's sources, their build code, and the locked packages."""
    sources = [path for path in SOURCE.rglob("*") if path.suffix in _ASSET_KINDS]
    builders = (SOURCE / "design").rglob("*.py")
    return _sum([*sources, *builders, REPOSITORY / "uv.lock"])


def of_migrations() -> str:
    """Return the fingerprint of the migrations, ours and those of locked packages."""
    migrations = [path for path in SOURCE.rglob("*.py") if path.parent.name == "migrations"]
    return _sum([*migrations, REPOSITORY / "uv.lock"])


def of_schema(applied: Iterable[tuple[str, str]]) -> str:
    """Return the fingerprint of the migrations and of those that the database has applied."""
    rows = "\n".join(sorted(f"{app} {name}" for app, name in applied))
    return hashlib.sha256(f"{of_migrations()}\n{rows}".encode()).hexdigest()


def of_reference() -> str:
    """Return the fingerprint of the reference data's files and of the code that loads them."""
    return _sum(
        path for path in (SOURCE / "domains" / "reference").rglob("*") if path.is_file() and path.suffix != ".pyc"
    )


def _sum(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(REPOSITORY)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
