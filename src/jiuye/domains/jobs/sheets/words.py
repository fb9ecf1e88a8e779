"""Words of job sheets for employment type, education, and an employer's size and ownership."""

import re
from collections.abc import Iterable

from jiuye.domains.jobs.numerals import fold_dashes
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind
from jiuye.kernel.text import one_form


class WordError(ValueError):
    """The text is not understood. The message is Chinese and says how to correct it."""


LONGEST_READ = 80
_SHOWN = 40


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _fold(text: str) -> str:
    return one_form(text, longest=LONGEST_READ).strip()


# The first matching pattern decides, so specific ones come first.
_EMPLOYMENT_TYPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("实习|intern|见习"), EmploymentType.INTERNSHIP),
    (re.compile("派遣|劳务工|dispatch"), EmploymentType.DISPATCH),
    (re.compile("外包|outsourc"), EmploymentType.OUTSOURCED),
    (re.compile("兼职|非全日|非全职|小时工|计时工|钟点|周末工|part"), EmploymentType.PART_TIME),
    (
        re.compile(
            "临时|临聘|零工|短期|短工|季节|日结|寒假|暑假|暑期|寒暑|假期工|灵活用工|节假日工|日工|temp|seasonal"
        ),
        EmploymentType.TEMPORARY,
    ),
    (
        re.compile(
            "全职|全日|全时|正式|长期|社招|社会招|公开招|校招|校园|春招|秋招|应届|管培|合同|聘用|编制|在编|编外|固定|劳动关系|标准工时"
            "|标准劳动|直招|直签|人才引进|full|permanent|regular"
        ),
        EmploymentType.FULL_TIME,
    ),
)


def parse_employment_type(text: str) -> str:
    """Return an `EmploymentType` value. Raises WordError for unknown words."""
    folded = _fold(text)
    for pattern, code in _EMPLOYMENT_TYPES:
        if pattern.search(folded):
            return str(code)
    known = "”“".join(label for _, label in EmploymentType.choices)
    raise WordError(f"用工类型“{text.strip()[:_SHOWN]}”看不明白，请写“{known}”中的一个")


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
    folded = re.sub("[至到]", "-", fold_dashes(_fold(text))).replace(",", "").replace("万", "0000")
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
    folded = _fold(text)
    return next((str(code) for pattern, code in _OWNERSHIP if pattern.search(folded)), "")
