"""Words for the education that a posting asks for."""

import re

from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel.text import one_form

LONGEST_READ = 80

# From the highest to the lowest.
_LEVELS: tuple[tuple[str, EducationLevel], ...] = (
    (r"博士|ph\.?d|doctor", EducationLevel.DOCTOR),
    (r"硕士|硕博|硕研|研究生|postgraduate|master|mba|(?<=[/、])硕", EducationLevel.MASTER),
    (
        r"专升本|本科|大本|学士|本硕|一本|二本|三本|985|211|双一流|重点大学|bachelor|undergraduate|(?:^|[/、])本(?=[/、]|$)|大学(?!专)",
        EducationLevel.BACHELOR,
    ),
    (
        r"大专|专科|高职|高专|高等职业|专本|大学专|(?:^|[/、])专(?=[/、]|$)|college|diploma|associate",
        EducationLevel.COLLEGE,
    ),
    (
        r"中专|中技|技校|职高|职专|职业高中|职业中学|职中|中职|技工|技师|高技|中等职业|中等专业|中师|卫校|vocational",
        EducationLevel.VOCATIONAL,
    ),
    (r"初?高中|高级中学|senior|high ?school", EducationLevel.SENIOR),
    (r"初高?中|小学|文盲|义务教育|初级中学|junior|primary", EducationLevel.JUNIOR),
)
_EDUCATION = tuple((re.compile(pattern), level) for pattern, level in _LEVELS)
_ANY = re.compile(
    r"不限|无要求|不要求|无学历要求|不做要求|不作要求|不拘|不论|均可|皆可|无学历|识字|零学历|^(?:无|没有|-|/|any|n/?a|none|其他|其它)$"
)
_WORD = "|".join(f"(?:{pattern})" for pattern, _ in _LEVELS)
_UPPER = re.compile(
    rf"(?:{_WORD})(?:学历|文凭|毕业|水平)?(?:[(]含[)])?(?:[及和或含])?(?:以下|以内|之下)"
    rf"|(?:不超过|不高于|最高|至多)(?:{_WORD})"
)
_LOWEST = re.compile(r"初中|小学|初级中学|junior")
_CLAUSES = re.compile(r"[,，;；。、/()（）]")
_PREFERRED = re.compile(r"优先|更佳|为佳|尤佳|加分|preferred")
_PREFERRED_RANK = re.compile(r"(?:985|211|双一流|[/、和及,或]){1,6}(?:院校|高校|大学)?(?:毕业)?生?优先")
_JUST_RANK = re.compile(r"(?:985|211|双一流|重点大学|名校|[/、,和及或 ]|院校|高校|大学|毕业|以上)+")
_TAG = re.compile(
    r"(?:统招|全日制|学历)?(?:博士(?:研究生)?|硕士(?:研究生)?|研究生|大学本科|本科|大学专科|大专|专科|中专|中技|技校|职高|高中|初中|小学)"
    r"(?:[/、](?:博士|硕士|本科|大专|专科|中专|中技|技校|职高|高中|初中))?(?:[及或]?以[上下])?(?:学历)?|学历不限|不限学历|无学历要求"
)


def parse_education(text: str) -> str | None:
    """Return an `EducationLevel` value, blank for 不限, None for unknown words. `大专及以上` is the named level; of several
    (`高中/中专`) the lowest, which is the minimum. What is only preferred (本科优先) or only an upper end (高中以下) limits nobody.
    """
    folded = "".join(one_form(text, longest=LONGEST_READ).split())
    folded = _PREFERRED_RANK.sub("", folded) or "不限"
    if _PREFERRED.search(folded):
        required = "/".join(clause for clause in _CLAUSES.split(folded) if not _PREFERRED.search(clause))
        return _lowest(required) or ("" if _lowest(folded) else None)
    if _ANY.search(folded):
        return ""
    if upper := _UPPER.search(folded):
        return str(EducationLevel.JUNIOR) if _LOWEST.search(upper[0]) else _lowest(_UPPER.sub("", folded)) or ""
    return _lowest(folded)


def _lowest(folded: str) -> str | None:
    return next((str(level) for pattern, level in reversed(_EDUCATION) if pattern.search(folded)), None)


def doubt_of_education(text: str) -> str:
    """Return what the sender should know: a rank of schools (985/211) is no level of education. Blank if there is nothing."""
    folded = one_form(text, longest=LONGEST_READ).strip()
    if _JUST_RANK.fullmatch(folded) and folded != "大学":
        return f"学历“{text.strip()[:40]}”是院校的类别，不是学历，按“本科”理解"
    return ""


def is_education_tag(word: str) -> bool:
    """Return whether a tag is nothing but a level of education: 本科, 大专及以上; not 小学数学."""
    return len(word) <= 12 and bool(_TAG.fullmatch(word))
