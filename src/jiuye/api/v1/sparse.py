"""`fields`: which members of the items an answer has."""

from collections.abc import Mapping
from typing import Any

from ninja import Schema

from jiuye.api.v1 import listed
from jiuye.kernel.errors import Invalid

DESCRIPTION = "只要这些成员，用逗号连接，如 id,url；id 总是给出。留空给出全部。接口说明中的成员是全部时的。"
FORMAT = "fields"
FIELDS = listed.of_format(FORMAT, DESCRIPTION)


def chosen(fields: str, schema: type[Schema]) -> frozenset[str] | None:
    """Return the members asked for, always with `id`; None for all. Raises `Invalid` for a member that `schema` lacks."""
    names = [name for part in fields.split(",") if (name := part.strip())]
    if not names:
        return None
    known = schema.model_fields
    if unknown := [name for name in names if name not in known]:
        raise Invalid({"fields": f"没有成员 {'、'.join(unknown[:5])}。可以选：{'、'.join(known)}。"})
    return frozenset({"id", *names})


def only(item: Mapping[str, Any], names: frozenset[str] | None) -> Mapping[str, Any]:
    """Return the item with only these members."""
    return item if names is None else {name: value for name, value in item.items() if name in names}
