"""Reads on sanctions."""

from jiuye.domains.sanctions.queries.bans import HOW_TO_APPEAL, Ban, ban_on
from jiuye.domains.sanctions.queries.in_force import level_in_force, of_same_code, sanctions_of

__all__ = ["HOW_TO_APPEAL", "Ban", "ban_on", "level_in_force", "of_same_code", "sanctions_of"]
