"""Concurrent edits on two devices: changes to different fields are merged, and nothing is overwritten unseen.

A form carries `seen`: a fingerprint of every field when the form was rendered. A field that comes back unchanged was
not edited; an edited one is stored, unless it was changed elsewhere to a different value since.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar, cast

from jiuye.kernel.errors import Refused

Written = TypeVar("Written")
_LENGTH = 8


class ChangedElsewhere(Refused):
    """Fields that were changed here and, to a different value, elsewhere.

    `stored` holds the present values; sending `seen` again overwrites them.
    """

    code = "changed_elsewhere"

    def __init__(self, stored: Mapping[str, Any], names: list[str], seen: str) -> None:
        super().__init__("这部分内容刚在别的页面或设备上改过，请选择用哪一份。")
        self.stored = dict(stored)
        self.names = names
        self.seen = seen


def seen_of(written: Any) -> str:
    """Return the fingerprints of a dataclass's fields, for its form."""
    return _written({name: _print(value) for name, value in values_of(written).items()})


def seen_after(seen: str, stored: Any, names: Collection[str]) -> str:
    """Return `seen` after these fields were shown or stored as they are in `stored`."""
    there = values_of(stored)
    return _written(_read(seen) | {name: _print(there[name]) for name in names})


def values_of(written: Any) -> dict[str, Any]:
    """Return a dataclass's fields by name."""
    return {field.name: getattr(written, field.name) for field in fields(written)}


def merged(stored: Written, typed: Written, seen: str) -> Written:
    """Return `stored` with the fields of `typed` that were edited since `seen`. Without `seen`, return `typed`.

    Raises `ChangedElsewhere` for fields that both sides changed differently.
    """
    prints = _read(seen)
    if not prints:
        return typed
    there, wanted = values_of(stored), values_of(typed)
    changes = {name: value for name, value in wanted.items() if _print(value) != prints.get(name)}
    torn = [
        name
        for name, value in changes.items()
        if _print(there[name]) != prints.get(name) and _print(there[name]) != _print(value)
    ]
    if torn:
        raise ChangedElsewhere(there, torn, seen_after(seen, stored, torn))
    return cast(Written, replace(cast(Any, stored), **changes))


def touched(typed: Mapping[str, Any], seen: str) -> dict[str, Any]:
    """Return the typed values that differ from what was seen."""
    prints = _read(seen)
    return {name: value for name, value in typed.items() if _print(value) != prints.get(name)}


def _read(seen: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in seen.split(";") if ":" in pair)


def _written(prints: Mapping[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in prints.items())


def _print(value: Any) -> str:
    """Return a short fingerprint; line endings, surrounding space, and the difference of empty and None do not count."""
    if isinstance(value, date):
        value = value.isoformat()
    text = "" if value is None else "\n".join(str(value).splitlines()).strip()
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
