"""The visibility of the actor's resume, for the actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.models import Visibility
from jiuye.domains.resumes.policies.visibility import (
    MOST_BLOCKS,
    MOST_PLACES,
    WHOLE_COUNTRY,
    fault_of_place,
)
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.kernel.actor import Actor

__all__ = [
    "MOST_BLOCKS",
    "MOST_PLACES",
    "WHOLE_COUNTRY",
    "VisibilityView",
    "fault_of_place",
    "place_name",
    "visibility",
]


@dataclass(frozen=True, slots=True)
class VisibilityView:
    """The present choice. `places`: codes with names. `version` 0: no choice yet. `is_paused`: the account waits for erasure."""

    level: str
    label: str
    places: Sequence[tuple[str, str]]
    version: int
    changed_at: datetime | None
    is_paused: bool

    @property
    def in_words(self) -> str:
        """The level, with its places if any: 对所选地区的职介可见（四川省、上海市）."""
        names = "、".join(name for _, name in self.places[:3])
        more = f"等 {len(self.places)} 个地区" if len(self.places) > 3 else ""
        return f"{self.label}（{names}{more}）" if names else self.label


def visibility(actor: Actor) -> VisibilityView:
    """Return the actor's choice, or the default. One query."""
    row = Visibility.objects.filter(user_id=actor.person).first()
    if row is None:
        level = VisibilityLevel.APPLIED_ONLY
        return VisibilityView(level, level.label, (), 0, None, is_paused=False)
    return VisibilityView(
        level=row.level,
        label=VisibilityLevel(row.level).label,
        places=tuple((code, place_name(code)) for code in row.places),
        version=row.version,
        changed_at=row.changed_at,
        is_paused=row.is_paused,
    )


def place_name(code: str) -> str:
    """Return the name of a chosen place."""
    return "全国" if code == WHOLE_COUNTRY else reference.full_name(code)
