"""Last days as people read them. A last day is inclusive and counted in Beijing: pages, letters, text messages and the API say
it with the same words.
"""

from datetime import date


def until(day: date | None) -> str:
    """Return `2026-12-31（含当日）`; 长期 for None."""
    return f"{day.isoformat()}（含当日）" if day else "长期"
