"""Read the number of openings as people and spreadsheet programs write it."""

import re
from dataclasses import dataclass

from jiuye.domains.jobs.numerals import arabic, bound_of, fold_dashes
from jiuye.domains.jobs.sheets.dates import range_made_a_date
from jiuye.kernel.text import one_form

MOST_OPENINGS = 100_000
LONGEST_READ = 80
_UNUSUAL = 5000
_SHOWN = 40


class HeadcountError(ValueError):
    """The text is no number of openings. The message is Chinese and says how to correct it."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """`count`: None for 若干, which is no number. `doubt`: why a person should look before it is published, in Chinese; blank if
    nothing speaks against it.
    """

    count: int | None
    doubt: str = ""


_VAGUE = re.compile(r"若干|不限|多名|多人|数名|数人|几名|几人|几个|大量|长期|面议|批量")
_SOME_TENS = re.compile(r"[数几上][十百千万]|[百千]余?[人名]")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ASIDES = re.compile(
    r"(?:19|20)\d{2}(?:-(?:19|20)?\d{2})?(?:年度?|届|级)(?:\d{1,2}月(?:份|底|前)?(?:\d{1,2}日)?)?|第\d{1,4}[批期轮次]|\d{2}届"
    r"|(?<!\d)\d{1,2}(?:-\d{1,2})?周?岁(?:以上|以下|以内|左右)?|(?<!\d)\d{1,2}月份?(?!\d)|\d{1,2}号(?:楼|线|车间|厂)"
)
_SEX = re.compile(r"[男女]")
_EITHER = re.compile(r"男女(?:不限|均可|皆可|都可)|不限男女|性别不限")
_BY_SEX = re.compile(r"[男女](?:性|士|生|工|员工)?[:：]?(\d{1,5})")
_BEFORE_SEX = re.compile(r"(\d{1,5})[名个人]?[男女]")
_OTHER_COUNTER = re.compile(r"\d[对组班批套]")
_EACH = re.compile(r"各(\d{1,5})")
_COUNTED = re.compile(r"(?<![\d.])(\d{1,7})(千|百|万)?(?:-(\d{1,7}))?[几来多余]?(?:人|名|位|个)")
_PLAIN = re.compile(r"(?<![\d.])(\d{1,7})(千|百|万)?(?:\.0{1,2}(?!\d))?(?!\.\d)(?:-(\d{1,7}))?")
_WHOLE = re.compile(r"其中|共|合计|总计|含|包括")
_SCALES = {"百": 100, "千": 1000, "万": 10000}
_HOW = "请写一个数字，如“5”"


def parse_headcount(text: str) -> Headcount:
    """Parse the number of openings: `3`, `招3人`, `十`, `2026年招5人`, `5-10人` (the lower end, which is certain).

    Raises HeadcountError for text without a number, or with an upper end alone.
    """
    if ends := range_made_a_date(text):
        return _made_a_date(text, *ends)
    folded = fold_dashes(one_form(text, longest=LONGEST_READ))
    folded = "".join(folded.split())
    if _SOME_TENS.search(folded) and not re.search(r"\d", arabic(_SOME_TENS.sub("", folded))):
        return Headcount(None)
    folded = _GROUPED.sub("", arabic(folded))
    folded = _ASIDES.sub(" ", folded)
    counts, numbers = list(_COUNTED.finditer(folded)), list(_PLAIN.finditer(folded))
    if folded.startswith("-"):
        raise HeadcountError(f"招聘人数“{text.strip()[:_SHOWN]}”不对，{_HOW}")
    if not numbers:
        if _VAGUE.search(folded):
            return Headcount(None)
        raise HeadcountError(f"招聘人数“{text.strip()[:_SHOWN]}”看不明白，{_HOW}")
    if _SEX.search(folded) and not _EITHER.search(folded):
        return _by_sex(text, folded, counts or numbers)
    chosen = (counts or numbers)[0]
    count = _checked(text, chosen)
    if bound_of(folded[chosen.end() : chosen.end() + 4]) == "upper" or bound_of(folded[: chosen.start()]) == "upper":
        raise HeadcountError(f"招聘人数“{text.strip()[:_SHOWN]}”只写了上限，{_HOW}")
    return Headcount(count, _doubt(text, folded, counts or numbers, count))


def _doubt(text: str, folded: str, found: list[re.Match[str]], count: int) -> str:
    shown = text.strip()[:_SHOWN]
    if _EACH.search(folded) or (len(found) > 1 and not _WHOLE.search(folded)):
        return f"招聘人数“{shown}”里有不止一个数，按{count}人理解，请核对"
    if _OTHER_COUNTER.search(folded):
        return f"招聘人数“{shown}”不是按人数写的，按{count}人理解，请核对"
    if (ends := found[0])[3] and int(ends[3]) < int(ends[1]):
        return f"招聘人数“{shown}”的两个数大小颠倒，按{count}人理解，请核对"
    if not found[0].group()[-1:].isascii():  # says 人 or 名
        return f"招聘人数“{shown}”比一般的多得多，请核对" if count > _UNUSUAL else ""
    if 1990 <= count <= 2100:
        return f"招聘人数“{shown}”像是年份，请核对"
    return f"招聘人数“{shown}”比一般的多得多，请核对" if count > _UNUSUAL else ""


def _made_a_date(text: str, first: int, second: int) -> Headcount:
    shown = text.strip()[:_SHOWN]
    return Headcount(
        min(first, second),
        f"招聘人数“{shown}”是一个日期，原来可能写的是“{first}-{second}”，请核对人数；表格里请把这一列设成“文本”格式",
    )


def _by_sex(text: str, folded: str, found: list[re.Match[str]]) -> Headcount:
    after, before = _BY_SEX.findall(folded), _BEFORE_SEX.findall(folded)
    parts = [int(part) for part in (after if len(after) >= len(before) else before)]
    whole = [match for match in found if not _SEX.search(folded[max(0, match.start() - 3) : match.start()])]
    if each := _EACH.search(folded):
        count = 2 * int(each[1])
    elif parts and not (whole and _WHOLE.search(folded)):
        count = sum(parts)
    else:
        count = _checked(text, (whole or found)[0])
    return Headcount(
        count,
        f"招聘人数“{text.strip()[:_SHOWN]}”按性别分开或限定，招聘不得限定性别（就业促进法第二十七条），请改成总人数",
    )


def _checked(text: str, found: re.Match[str]) -> int:
    count = int(found[1]) * _SCALES.get(found[2] or "", 1)
    if found[3] and not found[2]:
        count = min(count, int(found[3]))
    if not 1 <= count <= MOST_OPENINGS:
        raise HeadcountError(f"招聘人数“{text.strip()[:_SHOWN]}”不对，请写1到{MOST_OPENINGS:,}之间的数字")
    return count
