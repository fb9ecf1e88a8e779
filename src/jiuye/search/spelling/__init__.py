"""What people meant by a word that is written wrongly or in pinyin."""

from jiuye.search.spelling.candidates import candidates

__all__ = ["candidates"]
