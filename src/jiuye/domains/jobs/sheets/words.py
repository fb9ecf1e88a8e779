"""Words of job sheets for headcount, employment type, education, and an employer's size and ownership."""

import re
import unicodedata
from collections.abc import Iterable

from jiuye.domains.jobs.numerals import arabic
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind


class WordError(ValueError):
    """The text is not understood. The message is Chinese and says how to correct it."""


MOST_OPENINGS = 100_000

_VAGUE = re.compile(r"若干|不限|多名|多人|数名|大量|长期|面议")
_COUNT = re.compile(r"(\d+)(?:-(\d+))?")


def parse_headcount(text: str) -> int | None:
    """Parse the number of openings: `3`, `招3人`, `5-10人` (the lower end, which is certain). None for 若干, which is no number."""
    folded = arabic(unicodedata.normalize("NFKC", text)).replace(" ", "").replace(",", "")
    folded = re.sub(r"[~—–至到]", "-", folded)
    found = _COUNT.search(folded)
    if found is None:
        if _VAGUE.search(folded):
            return None
        raise WordError(f"招聘人数“{text.strip()}”看不明白，请写一个数字，如“5”")
    count = int(found[1])
    if not 1 <= count <= MOST_OPENINGS:
        raise WordError(f"招聘人数“{text.strip()}”不对，请写1到{MOST_OPENINGS:,}之间的数字")
    return count


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))


# The first matching pattern decides, so specific ones come first.
_EMPLOYMENT_TYPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_pattern(["实习", "intern", "见习"]), EmploymentType.INTERNSHIP),
    (_pattern(["派遣", "dispatch"]), EmploymentType.DISPATCH),
    (_pattern(["外包", "outsourc"]), EmploymentType.OUTSOURCED),
    (_pattern(["兼职", "非全日", "小时工", "钟点", "part"]), EmploymentType.PART_TIME),
    (_pattern(["临时", "零工", "短期", "季节", "日结", "temp"]), EmploymentType.TEMPORARY),
    (_pattern(["全职", "全日制", "正式", "长期", "社招", "校招", "合同", "full", "固定"]), EmploymentType.FULL_TIME),
)


def parse_employment_type(text: str) -> str:
    """Return an `EmploymentType` value. Raises WordError for unknown words."""
    folded = unicodedata.normalize("NFKC", text).lower()
    for pattern, code in _EMPLOYMENT_TYPES:
        if pattern.search(folded):
            return str(code)
    known = "”“".join(label for _, label in EmploymentType.choices)
    raise WordError(f"用工类型“{text.strip()}”看不明白，请写“{known}”中的一个")


_BELOW = re.compile(r"少于|以下|以内|不足|<|under")
_SIZES: tuple[tuple[int, EmployerSize], ...] = (
    (50, EmployerSize.UNDER_50),
    (150, EmployerSize.FROM_50),
    (500, EmployerSize.FROM_150),
    (1000, EmployerSize.FROM_500),
    (5000, EmployerSize.FROM_1000),
    (10000, EmployerSize.FROM_5000),
)


def parse_size(text: str) -> str:
    """Return an `EmployerSize` value, blank if the text has no number of people.

    A range is classified by its middle, because boards divide the scale differently.
    """
    folded = re.sub(r"[~—–至到]", "-", unicodedata.normalize("NFKC", text)).replace(",", "").replace("万", "0000")
    numbers = [int(number) for number in re.findall(r"\d{1,7}", folded)[:2]]
    if not numbers:
        return ""
    people = sum(numbers) / len(numbers)
    if len(numbers) == 1 and _BELOW.search(folded):
        people -= 1
    return str(next((size for below, size in _SIZES if people < below), EmployerSize.OVER_10000))


_OWNERSHIP: tuple[tuple[re.Pattern[str], str], ...] = (
    (_pattern(["政府", "机关", "公务"]), OwnershipKind.GOVERNMENT),
    (_pattern(["事业单位"]), OwnershipKind.PUBLIC_INSTITUTION),
    (_pattern(["非营利", "非盈利", "社会团体", "社会组织", "基金会", "民办非企"]), OwnershipKind.NON_PROFIT),
    (_pattern(["个体"]), OwnershipKind.SELF_EMPLOYED),
    (_pattern(["未上市", "不需要融资", "轮"]), OwnershipKind.PRIVATE),
    (_pattern(["上市"]), OwnershipKind.LISTED),
    (_pattern(["合资", "合营"]), OwnershipKind.JOINT_VENTURE),
    (_pattern(["外资", "外商", "外企", "港澳台", "代表处"]), OwnershipKind.FOREIGN),
    (_pattern(["国企", "国有", "央企", "集体", "state"]), OwnershipKind.STATE),
    (_pattern(["民营", "私营", "私企", "创业", "股份", "有限责任", "private"]), OwnershipKind.PRIVATE),
)


def parse_ownership(text: str) -> str:
    """Return an `OwnershipKind` value, blank for unknown words."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return next((str(code) for pattern, code in _OWNERSHIP if pattern.search(folded)), "")


_EDUCATION: tuple[tuple[re.Pattern[str], str], ...] = (
    (_pattern(["博士", "phd", "doctor"]), EducationLevel.DOCTOR),
    (_pattern(["硕士", "研究生", "master", "mba"]), EducationLevel.MASTER),
    (_pattern(["本科", "学士", "bachelor", "大学(?!专)"]), EducationLevel.BACHELOR),
    (_pattern(["大专", "专科", "高职", "高等职业", "college"]), EducationLevel.COLLEGE),
    (
        _pattern(["中专", "中技", "技校", "职高", "职业高中", "中职", "技工", "中等职业", "中等专业"]),
        EducationLevel.VOCATIONAL,
    ),
    (_pattern(["高中", "high ?school"]), EducationLevel.SENIOR),
    (_pattern(["初中", "小学", "文盲"]), EducationLevel.JUNIOR),
)
_ANY_EDUCATION = re.compile(r"不限|无要求|不要求|不拘|均可|无学历|^(?:无|-|—|/|any|其他|其它)$")


def parse_education(text: str) -> str | None:
    """Return an `EducationLevel` value, blank for 不限, None for unknown words. `大专及以上` is the named level;
    of several (`高中/中专`) the lowest, which is the minimum.
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if _ANY_EDUCATION.search(folded):
        return ""
    return next((str(level) for pattern, level in reversed(_EDUCATION) if pattern.search(folded)), None)
