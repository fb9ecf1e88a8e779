"""The pieces of an entry's first lines: employer, title, school, major, level, role, in any order, without what is beside them."""

import re

from jiuye.domains.resumes.extraction import words

_STRONG = re.compile(r"\t|\s{2,}|\s?[|｜丨]\s?|[,，;；、]\s?|\s[-–—·/]{1,2}\s|·|\s?—\s?|/")
_BRACKETS = re.compile(r"\s?[(（\[【]([^()（）\[\]【】]{1,30})[)）\]】]\s?")
_ASIDE = re.compile(
    r"^(?:\d{1,6}\s?(?:-|–|~|至)?\s?\d{0,6}\s?人(?:以上)?|[\d一二三四五六七八九十]{1,3}\s?年(?:\s?\d{1,2}\s?个?月)?|\d{1,2}\s?个?月|[\d.,kK\s-]{1,20}(?:元|万)?(?:/月|每月|/年)?|"
    r"民营|国企|外企|合资|上市公司|统招|全日制|非全日制|211|985|双一流|在职|兼职|全职|自考|函授|毕业|已毕业|学历|实习|GPA.{0,12})$",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(r"^(?:中国|北京|上海|广州|深圳|成都|杭州|武汉|天津|重庆|苏州|南京|[\u4e00-\u9fff]{2,4})$")
_LONGEST_SKILL = 12
_HAN = r"[\u3400-\u9fff]"
_GAP = re.compile(rf"(?<={_HAN})\s(?=\S)|(?<=\S)\s(?={_HAN})")


def pieces_of(text: str) -> list[str]:
    """Return the pieces of a line. A comma or slash inside a Latin name does not divide it."""
    text = text.replace("中专/中职", "中专")
    beside: list[str] = []

    def aside(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if _IN_A_NAME.match(inside) and words.is_place(inside):
            return match[0].strip()  # 某某（中国）有限公司
        if inside and not _ASIDE.match(inside):
            beside.append(inside)
        return "\t"

    bare = _BRACKETS.sub(aside, text)
    found = [piece for one in _STRONG.split(bare) for piece in _spaced(one.strip(" :：.·-–—()（）[]"))]
    return [one for one in [*found, *beside] if one and not _ASIDE.match(one)]


def _spaced(text: str) -> list[str]:
    """Divide at single spaces beside Chinese characters: 某公司 装配工. `Java 开发工程师` stays one title."""
    found: list[str] = []
    for piece in _GAP.split(text) if " " in text else [text]:
        last = found[-1] if found else ""
        if (
            last
            and last.isascii()
            and len(last) <= _LONGEST_SKILL
            and not (words.is_employer(last) or words.is_school(last))
        ):
            found[-1] = f"{last} {piece.strip()}"
        else:
            found.append(piece.strip())
    return found
