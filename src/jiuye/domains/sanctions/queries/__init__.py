"""Reads on sanctions."""

from jiuye.domains.sanctions.queries.bans import HOW_TO_APPEAL, Ban, ban_on

__all__ = ["HOW_TO_APPEAL", "Ban", "ban_on"]
