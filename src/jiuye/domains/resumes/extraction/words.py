"""What a piece of text is by its words: a person's name, an employer, a title, a school, a level, pay, a place."""

import re

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.extraction.plain import with_dots
from jiuye.domains.resumes.extraction.vocabulary import COMPOUND_SURNAMES, SURNAMES

_NOT_A_NAME = re.compile(
    r"简历|求职|姓名|性别|男|女|汉族|学历|本科|大专|硕士|博士|高中|中专|电话|邮箱|应届|毕业|个人|信息|经验|岁|团员|党员|群众|未婚|已婚|照片|在职|离职|本人|党员|职位|待遇|全职|文员|经理|主管"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_DOTTED_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,10}){1,3}")
_LEVELS: tuple[tuple[re.Pattern[str], EducationLevel], ...] = (
    (re.compile(r"博士|phd|ph\.d|doctor", re.IGNORECASE), EducationLevel.DOCTOR),
    (re.compile(r"硕士|研究生|e?mba(?![a-z])|master", re.IGNORECASE), EducationLevel.MASTER),
    (re.compile(r"本科|学士|bachelor", re.IGNORECASE), EducationLevel.BACHELOR),
    (re.compile(r"大专|专科|高职|associate|college diploma", re.IGNORECASE), EducationLevel.COLLEGE),
    (re.compile(r"中专|中职|职高|技校|中技|职业高中|中等专业"), EducationLevel.VOCATIONAL),
    (re.compile(r"高中|high school", re.IGNORECASE), EducationLevel.SENIOR),
    (re.compile(r"初中|小学"), EducationLevel.JUNIOR),
)
_BESIDE_LEVEL = re.compile(
    r"统招|全日制|非全日制|学历|学位|毕业|在读|自考|函授|成人|第一|及以下|在职|普通|高等|教育|结业|肄业|生$|degree|of\s+\w+|'s|[\s()（）/、.·]",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"大学|学院|学校|中学|高中|技校|职高|中专|党校|电大|一中|二中|三中|职教中心|university|college|school|institute",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"公司|集团|有限|厂|店|医院|研究院|研究所|学院|学校|大学|幼儿园|中心|事务所|银行|酒店|宾馆|饭店|饭庄|餐厅|餐饮|工作室|超市|商场|车队|运输队|施工队|合作社|委员会|协会|基金会|"
    r"社区|街道办|物业|俱乐部|会所|农场|护理院|养老院|福利院|分局|支行|门诊|诊所|药房|工地|项目部|出版社|报社|电视台|部队|政府|机场|港口|网点|便利|商行|经营部|美容|理发|网吧|食堂|"
    r"\b(?:ltd|inc|llc|gmbh|co|corp|company|group|limited|consulting|bank|plc)\b|[局所站院部园社坊馆]$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:员|工|师|师傅|长|经理|主管|助理|司机|厨|护士|实习生|总监|顾问|代表|主任|会计|出纳|秘书|岗|学徒|教师|老师|编辑|负责人|领班|医生|律师|翻译|保安|保洁|骑手|导游|主播|总裁|创始人|"
    r"合伙人|助教|干部|开发|设计|运营|销售|客服|行政|人事|前台|采购|法官|班主|店主|总工|帮厨|讲师|教授|组员|成员|核心开发|"
    r"engineer|manager|analyst|developer|designer|assistant|intern|director|consultant|specialist|officer|teacher|nurse|leader|lead|driver|accountant)"
    r"(?:[(（][^)）]{0,20}[)）])?$",
    re.IGNORECASE,
)
_AVAILABILITY = (
    (re.compile(r"暂不|不考虑"), "not_looking"),
    (re.compile(r"在职|考虑机会|观望"), "employed_looking"),
    (re.compile(r"随时|立即|马上|即时|一周内|离职"), "now"),
    (re.compile(r"(?:一|1)\s?个?月|两周|二周|半个?月"), "within_month"),
)
_TYPES = {"全职": "full_time", "兼职": "part_time", "实习": "internship"}
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,2})?)\s?([kK千万]?)\s?(?:元|rmb)?\s?(?:-{1,2}|[–—－~～至到]{1,2})\s?(\d{1,6}(?:\.\d{1,2})?)\s?([kK千万]?)",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?<![\d.])(\d{1,6}(?:\.\d{1,2})?)\s?([kK千万]?)\s?(?:元|rmb|以上|左右|/月|起|\+|$)", re.IGNORECASE)
_SCALE = {"k": 1000, "千": 1000, "万": 10_000, "": 1}
_MONTHS_A_YEAR = 12


def name_of(text: str, *, is_labelled: bool = False) -> str:
    """Return the person's name that a piece of text is, or "". Spaces between the characters of a short name go."""
    bare = re.split(r"[(（]", text.strip(), maxsplit=1)[0].strip()
    dotted = with_dots(bare)
    if _DOTTED_NAME.fullmatch(dotted):
        return dotted
    closed = re.sub(r"(?<=[\u3400-\u9fff])\s{1,6}(?=[\u3400-\u9fff])", "", bare)
    if is_labelled:
        return closed[:40] if 1 < len(closed) <= 40 and re.search(r"[^\W\d_]", closed) else ""
    is_name = _HAN_NAME.fullmatch(closed) and not _NOT_A_NAME.search(closed)
    if not is_name or not (closed[:2] in COMPOUND_SURNAMES or (closed[0] in SURNAMES and len(closed) < 4)):
        return ""
    place = reference.find_region(closed)
    return "" if place is not None and not place.rest else closed


def level_of(text: str) -> str:
    """Return the code of the level that a text names, or ""."""
    return next((level.value for pattern, level in _LEVELS if pattern.search(text)), "")


def is_level(text: str) -> bool:
    """Return whether the text is a level and nothing else: 本科, 全日制大专, 硕士研究生."""
    rest = text
    for pattern, _ in _LEVELS:
        rest = pattern.sub("", rest)
    return rest != text and not _BESIDE_LEVEL.sub("", rest)


def is_school(text: str) -> bool:
    """Return whether the text names a school."""
    return bool(_SCHOOL.search(text)) and not is_level(text)


def is_employer(text: str) -> bool:
    """Return whether the text looks like an employer's name."""
    return bool(_EMPLOYER.search(text))


def is_title(text: str) -> bool:
    """Return whether the text looks like the name of a job."""
    return len(text) <= 30 and (
        bool(_TITLE.search(text)) or (len(text) <= 12 and reference.guess_occupation(text) is not None)
    )


def place_of(text: str) -> str:
    """Return the code of the place that a text begins with, or "". An address gives its district or city."""
    match = reference.find_region(text[:60])
    return match.code if match else ""


def is_place(text: str) -> bool:
    """Return whether the text is the name of a place and nothing else."""
    match = reference.find_region(text) if len(text) <= 30 else None
    return match is not None and not match.rest


def availability_of(text: str) -> str:
    """Return a `states.Availability`, or ""."""
    return next((value for pattern, value in _AVAILABILITY if pattern.search(text)), "")


def employment_type_of(text: str) -> str:
    """Return an `EmploymentType` for 全职, 兼职, 实习, or ""."""
    return next((code for word, code in _TYPES.items() if text.strip().startswith(word)), "")


def pay_of(text: str) -> tuple[int | None, int | None]:
    """Return the wished pay in yuan a month, lowest and highest. A year's pay is divided; by the day or hour: none."""
    if re.search(r"/\s?(?:天|日|小?时)|日薪|时薪", text):
        return None, None
    parts = 1
    if re.search(r"/\s?年|年薪", text):
        parts = _MONTHS_A_YEAR
    if both := _RANGE.search(text):
        high = _yuan(both[3], both[4])
        low = _yuan(both[1], both[2] or (both[4] if float(both[1]) < 1000 else ""))
        return _plausible(low / parts, high / parts)
    single = _ONE.search(text)
    low = _yuan(single[1], single[2]) / parts if single else 0
    return _plausible(low, None)


def _yuan(number: str, scale: str) -> float:
    return float(number) * _SCALE[scale.lower()]


def _plausible(low: float, high: float | None) -> tuple[int | None, int | None]:
    if not 500 <= low <= 500_000 or (high is not None and not low <= high <= 500_000):
        return None, None
    return round(low), round(high) if high is not None else None
