"""What people upload is opened in child processes only (`kernel.confinement`): no decoder or parser runs where requests are answered."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.config.env import REPOSITORY

SOURCE = REPOSITORY / "src" / "jiuye"
OPENERS = frozenset(
    {"PIL", "pypdf", "pypdfium2", "pikepdf", "pyhanko", "zipfile", "tarfile", "python_calamine", "openpyxl", "lxml"}
    | {"ofdkit", "pillow_heif", "olefile", "rapidocr"}
)
IN_CHILDREN = (
    "adapters/inspection_local/",
    "domains/jobs/sheets/",
    "kernel/uploads/drawing.py",
    "kernel/uploads/pdf.py",
)
OF_OUR_OWN = {
    "documents/resume_bundle.py": "writes an archive",
    "documents/turning.py": "pages that a child has drawn",
    "documents/watermark.py": "pages that a child has drawn",
    "privacy/archive.py": "writes an archive",
    "runtime/": "makes the demonstration",
}
PARENTS = {
    "adapters/inspection_local/__init__.py",
    "domains/jobs/sheets/reading.py",
    "kernel/uploads/__init__.py",
    "kernel/uploads/cleaning.py",
    "kernel/uploads/files.py",
    "kernel/uploads/headers.py",
}
"""Modules beside the children's that run in the web process or the worker."""


def imported(path: Path) -> set[str]:
    """The top packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def modules() -> Iterator[tuple[str, set[str]]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if opens := imported(path) & OPENERS:
            yield path.relative_to(SOURCE).as_posix(), opens


@pytest.mark.parametrize(("name", "opens"), list(modules()))
def test_decoders_are_imported_where_children_run(name: str, opens: set[str]) -> None:
    is_child = name.startswith(IN_CHILDREN) and name not in PARENTS
    is_own = name.startswith(tuple(OF_OUR_OWN))
    assert is_child or is_own, f"{name} imports {sorted(opens)}: open the file in a child (kernel.confinement)"
