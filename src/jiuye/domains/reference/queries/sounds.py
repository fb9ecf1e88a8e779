"""Pinyin as people type it."""

from functools import lru_cache

_PLAIN = str.maketrans("vü", "uu")


@lru_cache(maxsize=8192)
def plain_sound(pinyin: str) -> str:
    """Return the pinyin with u for ü, however it was written: lüe, lve, lue, lyue are lue. For comparison only."""
    return pinyin.translate(_PLAIN).replace("lyu", "lu").replace("nyu", "nu")
