"""Sort tags as boards write them (`3-4年,本科,五险一金,python`) into their kinds."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jiuye.domains.jobs.experience import Experience, ExperienceError, parse_experience
from jiuye.domains.jobs.numerals import arabic, fold_dashes
from jiuye.domains.jobs.sheets.degrees import is_education_tag

MOST = 20
LONGEST_TAG = 30
LONGEST_SKILL = 40
LONGEST_CELL = 2000

_SEPARATORS = re.compile(r"[,，、;；|\n\r\t]")
_EDGES = " 　·。[]【】\"'"
_BENEFIT = re.compile(
    r"[二三四五六七]险|险[一二]金|公积金|保险|社保|补贴|补助|津贴|餐补|房补|车补|话补|奖金|年终奖|绩效奖|全勤|双休|做[五六]休|单休|年假|带薪"
    r"|旅游|体检|班车|包吃|包住|包食宿|提供[吃住食宿]|住宿|宿舍|食堂|工作餐|免费餐|下午茶|零食|团建|节日|节假日|福利|弹性|期权|股票|分红"
    r"|出国机会|专业培训|岗前培训|入职培训|岗位培训|加班费|不加班|少加班|高温|健身|生日|晋升|双薪|1[3-9]薪|朝[八九]晚|休假|婚假|产假|探亲"
)
# What ends so is work with such things, not something that the employer gives.
_WORK = re.compile(
    r"(?:销售|电销|专员|顾问|经纪人?|代理人?|理赔|查勘|核保|精算|管理员?|主管|经理|教练|司机|医生|医师|护士|厨师|技师|人员|店员|员|师|策划|交易|分析"
    r"|规划|咨询|核算|办理|申报|行业|公司|产品|项目|软件|系统|客户|业务|营销|推广|运营|设计|开发|维修|保洁|服务|产业|力学|材料|体|法|学|投资|研究"
    r"|中心|医院|院|科技|商城|电商)$|^(?:人寿|财产|人身|车辆?|汽车|再|互联网)保险$"
)
_STILL_A_BENEFIT = re.compile(r"弹性(?:工作|上下班|时间|工时)|免费|提供|(?:福利|补贴|补助|津贴)$|[五六七]险")
_EXPERIENCE = re.compile(
    r"\d{1,2}(?:-\d{1,2})?年(?:及?以上|以下|以内|起)?(?:工作)?(?:经验)?|(?:无需|无|不限|不需要)(?:工作)?经验"
    r"|(?:工作)?经验(?:不限|要求)?(?:\d{1,2}(?:-\d{1,2})?年)?"
    r"|在校生?(?:[/、]应届(?:毕业)?生?)?|应届(?:毕业)?生?"
)
_SKILL = re.compile(
    r"[A-Za-z]|开发|设计|分析|测试|运维|算法|编程|数据库|架构|维修|操作|焊|驾驶|会计|翻译|证$|证书|建模|机器学习|深度学习|图像|软件|网络|自动化"
    r"|电工|钳工|车工|识图|软件工程|嵌入式|爬虫|英语|日语|德语|法语|韩语|剪辑|摄影|办公|文案|策划"
)


@dataclass(frozen=True, slots=True)
class SortedTags:
    """`tags` are the remaining words; `skills` those of them that name a skill; `education` a word for a level."""

    tags: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    education: str | None = None
    experience: Experience | None = None
    experience_text: str = field(default="", compare=False)


@lru_cache(maxsize=8192)
def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a list cell, each once, in order; blanks separate only if no other mark does."""
    if not text:
        return ()
    folded = unicodedata.normalize("NFKC", text[:LONGEST_CELL])[:LONGEST_CELL]
    parts = _SEPARATORS.split(folded)
    if len(parts) == 1 and (len(folded) > 12 or not folded.isascii()):
        apart = folded.split()
        if len(folded) > 12 or not any(part.isascii() for part in apart):
            parts = apart
    words = (_word(part) for part in parts)
    return tuple(dict.fromkeys(word for word in words if word and "\ufffd" not in word))


def _word(part: str) -> str:
    """Return a word without marks around it; a point before letters belongs to it (.NET)."""
    word = part.strip(_EDGES).rstrip(".")
    return word if word[:1] != "." or word[1:2].isalpha() else word.lstrip("." + _EDGES)


def sort_tags(words: Sequence[str], find_education: Callable[[str], str | None]) -> SortedTags:
    """Sort words into benefits, education, experience, skills and the rest; words that are too long are dropped."""
    if not words:
        return SortedTags()
    tags: list[str] = []
    benefits: list[str] = []
    education: str | None = None
    experience: Experience | None = None
    experience_text = ""
    for word in words:
        years = _experience(word)
        if years is not None:
            experience, experience_text = (experience or years), (experience_text or word)
        elif is_education_tag(word) and (level := find_education(word)) is not None:
            education = education if education is not None else level
        elif len(word) <= LONGEST_TAG:
            (benefits if _is_benefit(word) else tags).append(word)
    skills = tuple(word for word in tags if _SKILL.search(word))
    return SortedTags(tuple(tags[:MOST]), tuple(benefits[:MOST]), skills[:MOST], education, experience, experience_text)


@lru_cache(maxsize=8192)
def _is_benefit(word: str) -> bool:
    return bool(_BENEFIT.search(word)) and (not _WORK.search(word) or bool(_STILL_A_BENEFIT.search(word)))


@lru_cache(maxsize=4096)
def _experience(word: str) -> Experience | None:
    if len(word) > 12 or not _EXPERIENCE.fullmatch(arabic(fold_dashes(word))):
        return None
    try:
        return parse_experience(word)
    except ExperienceError:
        return None
