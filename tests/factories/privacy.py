"""Copies of people's data, asked for and made."""

import io
import zipfile
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.accounts.models import User
from jiuye.kernel.actor import Actor
from jiuye.privacy import actions
from tests.factories.accounts import actor


def confirmed(user: User) -> Actor:
    """The person, who has just proved who they are."""
    return replace(actor(user), is_confirmed=True)


def export(user: User) -> UUID:
    """A copy that is ready."""
    export_id = actions.request_export(confirmed(user))
    actions.prepare(export_id)
    return export_id


def opened(content: bytes) -> dict[str, Any]:
    """What an archive holds: JSON read, all else as bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {
            name: orjson.loads(archive.read(name)) if name.endswith(".json") else archive.read(name)
            for name in archive.namelist()
        }


def taken(user: User) -> dict[str, Any]:
    """What a person finds in a copy made just now."""
    return opened(actions.download(confirmed(user), export_id=export(user)))
