"""English for the Chinese texts that the API can answer. `{}` stands for what is filled in."""

import re
from functools import lru_cache

from jiuye.api.english import of_api, of_applications, of_jobs, of_organisations

TEXTS: dict[str, str] = {
    **of_api.TEXTS,
    **of_jobs.TEXTS,
    **of_applications.TEXTS,
    **of_organisations.TEXTS,
}

_WAITS = re.compile(r"(.*\D)(\d+ (?:秒|分钟|小时|天))后可以再试。", re.DOTALL)
"""What `kernel.rate_limits` adds to a refusal."""


@lru_cache(maxsize=2048)
def translate(text: str) -> str:
    """Return the English of a text; the text itself if it has none."""
    found = TEXTS.get(text)
    if found is not None:
        return found
    if waits := _WAITS.fullmatch(text):
        return f"{translate(waits[1])} Possible again in {translate(waits[2])}."
    for pattern, translation in _patterns():
        if match := pattern.fullmatch(text):
            return translation.format(*(translate(part) for part in match.groups()))
    return text


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the texts with places, the most specific (with most letters of their own) first."""
    with_places = [(text, translation) for text, translation in TEXTS.items() if "{}" in text]
    with_places.sort(key=lambda pair: -len(pair[0].replace("{}", "")))
    return [
        (re.compile("(.+?)".join(map(re.escape, text.split("{}"))), re.DOTALL), translation)
        for text, translation in with_places
    ]
