"""Education levels (GB/T 4658)."""

from django.db.models import TextChoices


class EducationLevel(TextChoices):
    """A coarse set of GB/T 4658-2006 codes, as filters use them; ordered by `rank`, lowest first.

    The standard's finer codes map to these: 41 中专, 44 职高 and 47 技校 to 40; 10 研究生 to 14; 80 小学 to 70.
    """

    JUNIOR = "70", "初中及以下"
    SENIOR = "60", "高中"
    VOCATIONAL = "40", "中专/中职"
    COLLEGE = "30", "大专"
    BACHELOR = "20", "本科"
    MASTER = "14", "硕士"
    DOCTOR = "11", "博士"

    @property
    def rank(self) -> int:
        """Return the level's rank from the lowest (1); see `education_rank`."""
        return education_rank(self.value)


_RANKS = {"": 0} | {level.value: rank for rank, level in enumerate(EducationLevel, 1)}
_CODES = {rank: code for code, rank in _RANKS.items()}


def education_rank(code: str) -> int:
    """Return the rank of a level: 0 for "" (no level), 1 for the lowest. Raise KeyError for a code that is no level."""
    return _RANKS[code]


def education_code(rank: int) -> str:
    """Return the code of a rank; "" for 0 and for a rank that no level has."""
    return _CODES.get(rank, "")
