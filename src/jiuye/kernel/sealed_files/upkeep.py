"""Upkeep of the file storage: files without a row are deleted, files from before there was encryption are encrypted."""

import mimetypes
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from jiuye.kernel import clock
from jiuye.kernel.models import SealedFile
from jiuye.kernel.sealed_files.columns import PublicFileKey, SealedFileKey, columns_of
from jiuye.kernel.sealed_files.files import ROOT, FileGone, delete, save, stored

ORPHAN_AFTER = timedelta(days=1)
"""Until then a file without a row may be one whose transaction is not committed yet."""
AT_ONCE = 20_000
_TOGETHER = 1000
Column = tuple[type[models.Model], str]
log = structlog.get_logger("sealed_files")


def sweep() -> int:
    """Delete stored files that no row names, as a rollback or a crash leaves them. Return the number."""
    naming: dict[str, list[Column]] = {f"{ROOT}/{name}": [(SealedFile, "key")] for name in _listed(ROOT, folders=True)}
    for model, field in columns_of(SealedFileKey):
        if field.formerly:
            naming.setdefault(field.formerly, []).append((model, field.attname))
    for model, public in columns_of(PublicFileKey):
        naming.setdefault(public.folder, []).append((model, public.attname))
    return sum(_sweep(folder, columns) for folder, columns in naming.items())


def seal_clear_files(limit: int = AT_ONCE) -> int:
    """Encrypt up to `limit` files that were stored in clear. Return how many; less than `limit`: none are left.

    One transaction a file, under its row's lock: a file is always readable, and a killed run has only to be repeated.
    """
    done = 0
    for model, field in columns_of(SealedFileKey):
        if not field.formerly:
            continue
        is_clear = ~Q(**{field.attname: ""}) & ~Q(**{f"{field.attname}__startswith": f"{ROOT}/"})
        rows = model._base_manager.filter(is_clear).order_by("pk")
        after: dict[str, Any] = {}
        while done < limit and (some := list(rows.filter(**after).values_list("pk", flat=True)[:_TOGETHER])):
            done += sum(_seal(rows, field, pk) for pk in some[: limit - done])
            after = {"pk__gt": some[-1]}
    return done


@transaction.atomic
def _seal(rows: "models.QuerySet[models.Model]", field: SealedFileKey, pk: Any) -> bool:
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    before = getattr(row, field.attname)
    try:
        content = stored(before)
    except FileGone:
        log.error("a row names a file that is missing", key=before)
        return False
    kind, _ = mimetypes.guess_type(before)
    setattr(row, field.attname, save(before.split("/")[0], content, kind or "application/octet-stream"))
    row.save(update_fields=[field.name])
    delete(before)
    return True


def _sweep(folder: str, columns: list[Column]) -> int:
    swept, names = 0, iter(_listed(folder))
    while some := [f"{folder}/{name}" for name in islice(names, _TOGETHER)]:
        named: set[str] = set()
        for model, name in columns:
            named.update(model._base_manager.filter(**{f"{name}__in": some}).values_list(name, flat=True))
        for key in some:
            if key not in named and _is_old(key):
                default_storage.delete(key)
                swept += 1
    return swept


def _listed(folder: str, *, folders: bool = False) -> Iterator[str]:
    try:
        found = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from sorted(found[0] if folders else found[1])


def _is_old(key: str) -> bool:
    try:
        return default_storage.get_modified_time(key) < clock.now() - ORPHAN_AFTER
    except FileNotFoundError:
        return False
