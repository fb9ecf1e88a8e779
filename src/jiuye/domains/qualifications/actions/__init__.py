"""Writes on qualifications."""

__all__: list[str] = []
