"""What a rule consists of, and the words that several rules share.

Write expressions for folded text: half width, "-" for every dash, once without blanks between Chinese characters. Use
bounded repetitions only (`{0,8}`, never `*` or `+`), so that the cost grows with the length of a text and no faster.
"""

from dataclasses import dataclass
from typing import Literal

PROMOTION = "《就业促进法》"
WOMEN = "《妇女权益保障法》第四十三条"
MARKET = "《人力资源市场暂行条例》"
NOTICE_2025 = "《关于规范网络平台招聘类信息发布的通知》（2025）"

# Where an item begins (also after its number: 1、 2. (1) ①, which folds to 1) and where it ends.
START = r"(?:(?<![^,;:。、.!?\n()\[\]【】|/\s-])|(?<=(?<![\d.])[1-9]))"
END = r"(?=[,;。、.!?\n()\[\]【】|/\s-]|$)"
NEAR = r"[^,。;;\n]"

PREFERRED = (
    "(?:者|的|人士|人员|求职者|应聘者)?"
    "(?:优先|为佳|为主|为宜|[最更尤极]佳|更好|最好|较好|佳(?!人)|加分|从优|[更较]?合适|[更较]适合)"
)
UNWANTED = (
    "(?:(?:敬?请|一律|均|概|就)?(?:勿[扰投来试进询]|勿打扰|勿应聘|勿报名|勿投递|慎投|慎扰|绕行|绕道|免谈|不要|不招|不收|不考虑|不录用?|不予录用"
    "|不予考虑|不接受|不接收|除外|止步|别投|别来|谢绝|不能应聘|不得报名|免投|免扰))"
)
ONLY = (
    r"(?:仅限|只限|仅面向|(?<![不需主只重])要(?=[男女])|面向(?=[男女][性士生]?招)|(?<![不无权有局时期])限|只招|只要|只收|只考虑|仅招|仅收|仅接受|仅考虑|仅要|须为?|需要?|必须(?:是|为)?|要求(?:是|为)?"
    r"|(?:高薪|急|诚|现|直|特)?(?:招聘|招收|招|聘)|最好是?|建议)"
)
NOT_WANTED = r"(?:不招|不要|不收|不考虑|暂不(?:招|要|收|考虑|接受)|谢绝|拒绝|拒收|不接受|不接收|不录用?)"
NUMBER = r"(?:\d{1,3}|[一两二三四五六七八九十]{1,3}|数|若干|几|多)"
COUNT = rf"(?:{NUMBER}\s?(?:名|人|个|位)|若干)"
# An age in figures or words: 25, 三十五, 十八.
YEARS = r"(?<![\d一二三四五六七八九十百.])(?:[1-7]\d(?![\d.])|[二三四五六七]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of offence.

    `verdict` stop: not published; review: needs a review first. `words` offend; `doubtful` ones only need a review. A phrase in
    `harmless` excuses what it overlaps. With one of the `lawful` reasons in the same sentence, a stop becomes a
    review (`advice_in_doubt`). The rule is tried only on texts that contain one of `marks`, words with blanks between them.
    """

    key: str
    verdict: Literal["stop", "review"]
    reason: str
    advice: str
    basis: str
    marks: str
    words: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    lawful: tuple[str, ...] = ()
    advice_in_doubt: str = ""
