"""Parse working experience as people write it, in whole years."""

import re
import unicodedata
from dataclasses import dataclass

from jiuye.domains.jobs.numerals import arabic


class ExperienceError(ValueError):
    """The text contains no span of years. The message is Chinese and says how to correct it."""


@dataclass(frozen=True, slots=True)
class Experience:
    """Required years: both None is 不限; (0, 0) is for people without any, including students and new graduates.

    maximum None with a minimum is open-ended (`5年及以上`).
    """

    minimum: int | None
    maximum: int | None


ANY = Experience(None, None)
NONE_NEEDED = Experience(0, None)
GRADUATES = Experience(0, 0)

MOST_YEARS = 50
_ANY_WORDS = re.compile(r"不限|无要求|不要求|均可|不拘|不需|^(?:无|否|-|—|/|any)$")
_NONE_WORDS = re.compile(r"无需|无须|不需要|零经验|无经验|没有经验|0经验|no ?experience")
_GRADUATE_WORDS = re.compile(r"应届|在校|实习生|毕业生|学生|fresh")
_RANGE = re.compile(r"(\d+)年?(?:-|~|至|到|—|–)(\d+)(?:个?)年?(?!月)")
_SINGLE = re.compile(r"(\d+)(?:个)?(?:年|years?|yrs?|\+)?")
_ABOVE = re.compile(r"以上|及以上|起|\+|至少|不少于|不低于|≥|>")
_BELOW = re.compile(r"以下|以内|之内|不到|不超过|少于|≤|<")


def parse_experience(text: str) -> Experience:
    """Parse `3-4年`, `无需经验`, `5年及以上`, `在校生/应届生`, `1年`, `经验不限`, `三年以上`, `1年以下`, …

    A single `2年` is a minimum. Raises ExperienceError if the text has neither a known word nor a number.
    """
    folded = re.sub(r"\s+", "", arabic(unicodedata.normalize("NFKC", text).lower()))
    if _NONE_WORDS.search(folded):
        return NONE_NEEDED
    if _ANY_WORDS.search(folded):
        return ANY
    if found := _RANGE.search(folded):
        return _checked(text, int(found[1]), int(found[2]))
    if "个月" in folded:
        return NONE_NEEDED
    if _GRADUATE_WORDS.search(folded) and not re.search(r"\d年", folded):
        return GRADUATES
    if found := _SINGLE.search(folded):
        years = int(found[1])
        if _BELOW.search(folded):
            return _checked(text, 0, years)
        return _checked(text, years, None)
    raise ExperienceError(f"工作经验“{text.strip()}”看不明白，请写成“3-5年”“5年以上”“经验不限”或“应届生”")


def _checked(text: str, minimum: int, maximum: int | None) -> Experience:
    if max(minimum, maximum or 0) > MOST_YEARS:
        raise ExperienceError(f"工作经验“{text.strip()}”超过{MOST_YEARS}年，请检查是否写错")
    if maximum is not None and minimum > maximum:
        raise ExperienceError(f"工作经验“{text.strip()}”的下限大于上限，请写成“3-5年”这样的形式")
    return Experience(minimum, maximum)


def format_experience(experience: Experience) -> str:
    """Format for the screen: 经验不限, 无需经验, 应届生, `1年以内`, `3-5年`, `5年以上`."""
    if experience == ANY:
        return "经验不限"
    if experience == NONE_NEEDED:
        return "无需经验"
    if experience == GRADUATES:
        return "应届生"
    if experience.maximum is None:
        return f"{experience.minimum}年以上"
    if not experience.minimum:
        return f"{experience.maximum}年以内"
    return f"{experience.minimum}-{experience.maximum}年"
