"""Parse working experience as people write it, in whole years."""

import math
import re
from dataclasses import dataclass

from jiuye.domains.jobs.numerals import Bound, arabic, bound_of, fold_dashes
from jiuye.kernel.text import one_form


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
LONGEST_READ = 80
_SHOWN = 40
_HOW = "请写成“3-5年”“5年以上”“经验不限”或“应届生”"

_CLAUSES = re.compile(r"[,，;；。、()（）]")
_PREFERRED = re.compile(r"优先|更佳|为佳|尤佳|加分|preferred|a plus")
_ALSO_GRADUATES = re.compile(
    r"(?:接受|欢迎|可招|可收|含|包括|考虑).{0,4}(?:应届|毕业生|学生)|(?:应届|毕业生|学生).{0,3}(?:亦可|也可|均可|皆可|都可|即可|可|欢迎)"
)
_ANY_WORDS = re.compile(
    r"不限|[无没]有?(?:特殊)?要求|不要求|不[做作]要求|无限制|社会人[员士]|无经验要求|无工作经验要求|均可|皆可|都可|不拘|不论|不需(?!要?经验)|^(?:无|否|没有|-|/|any|n/?a|none|null)$"
)
_NONE_WORDS = re.compile(
    r"无需|无须|毋需|不需要?(?:工作)?经验|不用经验|零经验|无(?:工作|相关)?经验|没有?经验|(?<!\d)0经验"
    r"|零基础|小白|新手|学徒|no ?experience|entry ?level"
)
_GRADUATE_WORDS = re.compile(
    r"(?<!非)应届|在校|在读|实习|毕业生|学生|fresh|(?<!\d)(?:\d\d|20\d\d)(?:[-/]\d{2,4})?届|20\d\d年?毕业|往届|intern"
)
_NOT_GRADUATES = re.compile(r"非应届|不(?:招|要|收|接受)应届")
_AGE = re.compile(r"(?:年龄)?(?<!\d)\d{1,2}(?:-\d{1,2})?(?:周)?岁(?:及?以[上下内]|左右)?")
_ABOUT = re.compile(r"(?<=\d)[几来多余](?=个?[年月])")
_FROM_SCHOOL = re.compile(r"应届(?:毕业)?生?-(?=\d)")
_HALF = re.compile(r"(?<!\d)半年")
_AND_HALF = re.compile(r"(\d{1,2})(年|个月)半|(\d{1,2})个半(年|月)")
_UNIT = r"(?:周年|年|个月|years?|yrs?|y(?![a-z])|months?)"
_BOUND = r"(?:[及和或含]?(?:以上|以下|以内|之内|起)|\+)"
_RANGE = re.compile(
    rf"(?<![\d.])(\d{{1,3}}(?:\.\d)?)({_UNIT}?)(?:{_BOUND}?[-,/]?(?:不超过|不满|小于|低于)?)(?<![\d])(\d{{1,3}}(?:\.\d)?)({_UNIT}?)(?![\d.-])"
)
_SINGLE = re.compile(rf"(?<![\d.])(\d{{1,3}}(?:\.\d)?)\+?({_UNIT})(?!制)")
_LONE = re.compile(
    r"(?:工作|经验|年限|要求|至少|不少于|不低于|大于|>=?|≥|:)*(\d{1,2}(?:\.\d)?)(\+|-|以上|及以上|起)?(?:工作)?(?:经验)?"
)


def parse_experience(text: str) -> Experience:
    """Parse `3-4年`, `两三年`, `无需经验`, `5年及以上`, `18个月`, `在校生/应届生`, `25届`, `经验不限`, `1年以下`, …

    A single `2年` is a minimum; less than a year is up to one; what is only preferred (应届生优先) limits nobody. Raises
    ExperienceError if the text has neither a known word nor a span.
    """
    folded = _fold(text)
    clauses = [clause for clause in _CLAUSES.split(folded) if clause]
    required = [clause for clause in clauses if not _PREFERRED.search(clause)]
    if clauses and not required:
        return ANY
    wanted = _AGE.sub("", ",".join(required))
    span = _span(text, wanted)
    if span is not None:
        is_open = _GRADUATE_WORDS.search(wanted) or _ALSO_GRADUATES.search(wanted)
        return Experience(0, span.maximum) if is_open and span.minimum and span.maximum else span
    known = _words(wanted)
    if known is None:
        what = "写的是年龄" if _AGE.search(folded) else "看不明白"
        raise ExperienceError(f"工作经验“{text.strip()[:_SHOWN]}”{what}，没有采用，{_HOW}")
    return known


def _fold(text: str) -> str:
    folded = one_form(text, longest=LONGEST_READ)
    folded = _ABOUT.sub("", arabic("".join(fold_dashes(folded).split())))
    folded = _FROM_SCHOOL.sub("0-", folded)
    return _AND_HALF.sub(lambda found: f"{found[1] or found[3]}.5{found[2] or found[4]}", _HALF.sub("0.5年", folded))


def _words(wanted: str) -> Experience | None:
    if _ALSO_GRADUATES.search(wanted):
        return NONE_NEEDED if not _ANY_WORDS.search(wanted) else ANY
    if _ANY_WORDS.search(wanted) and not re.search(r"无需|不需要?经验", wanted):
        return ANY
    if _NONE_WORDS.search(wanted):
        return NONE_NEEDED
    if _GRADUATE_WORDS.search(wanted) and not _NOT_GRADUATES.search(wanted):
        return GRADUATES
    return None


def _span(text: str, wanted: str) -> Experience | None:
    if found := _RANGE.search(wanted):
        low_unit, high_unit = found[2] or found[4], found[4] or found[2]
        is_whole = found.span() == (0, len(wanted))
        if low_unit or is_whole:
            return _checked(text, _years(found[1], low_unit), _years(found[3], high_unit))
    if found := _SINGLE.search(wanted):
        years = _years(found[1], found[2])
        bound = bound_of(wanted[found.end() : found.end() + 5]) or bound_of(wanted[: found.start()])
        return _single(text, years, bound)
    if found := _LONE.fullmatch(wanted):
        return _single(text, float(found[1]), "lower")
    return None


def _years(figure: str, unit: str) -> float:
    return float(figure) / 12 if "月" in unit or unit.startswith("month") else float(figure)


def _single(text: str, years: float, bound: Bound | None) -> Experience:
    if bound == "upper" or 0 < years < 1:
        return _checked(text, 0, years)
    return _checked(text, years, None)


def _checked(text: str, minimum: float, maximum: float | None) -> Experience:
    """Return whole years: the lower end rounded down, the upper one up."""
    if max(minimum, maximum or 0) > MOST_YEARS:
        raise ExperienceError(f"工作经验“{text.strip()[:_SHOWN]}”超过{MOST_YEARS}年，请检查是否写错")
    if maximum is not None and minimum > maximum:
        raise ExperienceError(f"工作经验“{text.strip()[:_SHOWN]}”的下限大于上限，请写成“3-5年”这样的形式")
    return Experience(math.floor(minimum), None if maximum is None else math.ceil(maximum))


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
