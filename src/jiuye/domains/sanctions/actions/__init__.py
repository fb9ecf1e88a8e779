"""Writes on sanctions."""

__all__: list[str] = []
