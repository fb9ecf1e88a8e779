"""Chinese or English, as the request asks (RFC 9110 §12.5.4)."""

from functools import lru_cache
from typing import Literal

from django.http import HttpRequest

from jiuye.api import english

Language = Literal["zh", "en"]
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


def language_of(request: HttpRequest) -> Language:
    """Return the language that a request prefers; Chinese if it accepts neither."""
    return _preferred(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


def in_language(request: HttpRequest, text: str) -> str:
    """Return a Chinese text in the language of a request. Text without a translation stays Chinese."""
    return text if language_of(request) == "zh" else english.translate(text)


@lru_cache(maxsize=512)
def _preferred(accepted: str) -> Language:
    """Return the language with the larger weight; the one that is named first if both have the same."""
    weights: dict[str, float] = {}
    for part in accepted[:500].split(","):
        tag, _, parameters = part.strip().lower().partition(";")
        name = tag.strip().partition("-")[0]
        if name in ("zh", "en", "*"):
            weights[name] = max(weights.get(name, 0.0), _weight(parameters))
    anything = weights.pop("*", 0.0)
    order = list(weights)
    chinese, english_ = weights.get("zh", anything), weights.get("en", 0.0)
    if english_ > chinese or (english_ == chinese > 0 and order[0] == "en"):
        return "en"
    return "zh"


def _weight(parameters: str) -> float:
    """Return the weight in `q=0.8`: from 0 to 1; 1 without one, 0 if it is malformed."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
