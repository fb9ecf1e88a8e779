"""Duties and requirements: split from a mixed description, or composed from other columns."""

import re

from jiuye.domains.jobs.experience import Experience, format_experience

LONGEST_READ = 12_000

_DUTIES = (
    "岗位职责描述|主要工作内容|岗位职责|工作职责|职位职责|主要职责|职责描述|职责范围|职位描述|岗位描述|工作描述|工作内容|岗位内容|主要工作|工作任务|工作说明"
    "|岗位说明|职位介绍|岗位介绍|日常工作|[你您]将负责|[你您]要做的|职责|(?:job |key |main )?responsibilities|(?:main |job )?duties"
    "|job description|what you(?:'ll| will) do"
)
_REQUIREMENTS = (
    "任职资格要求|任职者?(?:基本)?(?:要求|条件|资格)|招聘岗位要求|我们需要[你您]|任职要求|任职资格|任职条件|岗位要求|职位要求|岗位条件|招聘要求|招聘条件|应聘条件|应聘要求|录用条件|聘用条件|资格要求|资格条件|职位资格"
    "|基本要求|基本条件|工作要求|能力要求|技能要求|技术要求|我们希望[你您]|希望[你您]是|我们期待|[你您]需要具备|[你您]需要|其[他它]要求|要求"
    "|(?:job |key )?requirements|qualifications|what we(?:'re| are) looking for|what we need|who you are"
)
_BOTH = (
    "(?:岗位|职位|工作)?(?:职责|内容|描述)(?:和|与|以及|及|、|/|&)(?:任职|岗位|职位|工作)?(?:要求|资格|条件)|职责要求"
)
_WORDS = re.compile(rf"(?P<both>{_BOTH})|(?P<duties>{_DUTIES})|(?P<requirements>{_REQUIREMENTS})", re.IGNORECASE)
# Unlike 要求 or 职责 these are headings before a colon wherever they stand.
_SURE = re.compile("(?:岗位|工作|职位)职责|任职(?:要求|资格|条件)|(?:岗位|职位)要求")
_BEFORE_READ, _AFTER_READ = 16, 48
_BRACKETS = tuple("【[（(《「〖<")
_NUMBER = r"(?:第[一二三四]部分[ \t:：]?|[(（]?[一二三四五六七八九十\dA-Ca-c]{1,2}[)）、.．:：,，]?)?"
_BEFORE = re.compile(
    rf"(?:^|\n|[。；;！!]|\s|[】\]])[ \t*#•·●◆■▶★-]{{0,6}}{_NUMBER}[ \t]{{0,3}}[【\[（(《「〖<]?{_NUMBER}[ \t]{{0,2}}$"
)
_ON_ITS_LINE = re.compile(r"(?:^|\n)[ \t]{0,6}$")
_AFTER = re.compile(
    r"(?:[(（][^()（）\n]{1,12}[)）]|[ ]?[(（ /][A-Za-z /&]{2,36}[)）]?)?"
    r"(?P<bracket>[】\]）)》」〗>]?)\*{0,2}(?P<blank>[ \t]{0,8})(?P<colon>[:：]|[-—–]{2,6}|)[】\]）)]?\*{0,2}"
    r"[ \t]{0,6}(?P<line>\n|$)?(?P<item>(?=[(（]?[一二三四五\d]{1,2}[)）、.．])|(?=[•·●◆■-]))?"
)
# Where a sentence ends before a heading, its mark goes with the heading.
_MARKS = " \n\t。；;"


def split_description(text: str) -> tuple[str, str]:
    """Split a mixed description into (duties, requirements) by its headings; without headings all of it is duties.

    A heading for both (岗位职责及要求) parts nothing.
    """
    found = _headings(text[:LONGEST_READ])
    parts: dict[str, list[str]] = {"duties": [], "requirements": []}
    if not any(kind == "requirements" for _, _, kind in found):
        first = found[0] if found else None
        return (text[first[1] :] if first and not text[: first[0]].strip() else text).strip(), ""
    if lead := text[: found[0][0]].strip():
        parts["duties"].append(lead.rstrip(_MARKS))
    for heading, following in zip(found, [*found[1:], None], strict=True):
        body = text[heading[1] : following[0]].strip().rstrip(_MARKS) if following else text[heading[1] :].strip()
        if body:
            parts[heading[2]].append(body)
    return "\n".join(parts["duties"]), "\n".join(parts["requirements"])


def _headings(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and kind of the headings, in order."""
    found = []
    for word in _WORDS.finditer(text):
        end = _end_of_heading(text, word)
        if end is None:
            continue
        before = text[max(0, word.start() - _BEFORE_READ) : word.start()]
        marks = _BEFORE.search(before if word.start() <= _BEFORE_READ else "x" + before)
        start = word.start() - (len(marks[0]) if marks else before[-1:] in _BRACKETS and 1)
        found.append((start, end, "requirements" if word["requirements"] else "duties"))
    return found


def _end_of_heading(text: str, word: re.Match[str]) -> int | None:
    """Return where the heading that a word begins ends; None if the word is part of a sentence."""
    before = text[max(0, word.start() - _BEFORE_READ) : word.start()]
    before = before if word.start() <= _BEFORE_READ else "x" + before
    after = _AFTER.match(text, word.end(), word.end() + _AFTER_READ)
    if after is None:
        return None
    is_line = after["line"] is not None and (after.end() < word.end() + _AFTER_READ or after.end() == len(text))
    is_bracketed = bool(after["bracket"]) and before[-1:] in _BRACKETS
    if is_bracketed and before[-1:] in "【〖<《":
        return after.end()
    if after["colon"] and _SURE.fullmatch(word[0]):
        return after.end()
    if not _BEFORE.search(before):
        return None
    if after["colon"] or is_bracketed or is_line or (after["blank"] and after["item"] is not None):
        return after.end()
    return after.end() if after["blank"] and _ON_ITS_LINE.search(before) else None


def names_requirements(text: str) -> bool:
    """Return whether a text has a heading for requirements: then it is a description of both."""
    return any(kind == "requirements" for _, _, kind in _headings(text[:LONGEST_READ]))


def compose_requirements(education: str, experience: Experience | None, skills: tuple[str, ...]) -> str:
    """Compose a sentence from other columns: `学历：本科；经验：3-4年；技能：python、linux`; blank if they are empty.

    `education` is the level's label, blank if the sheet has none.
    """
    parts = []
    if education:
        parts.append(f"学历：{education}")
    if experience is not None:
        parts.append(f"经验：{format_experience(experience)}")
    if skills:
        parts.append(f"技能：{'、'.join(skills[:10])}")
    return "；".join(parts)
