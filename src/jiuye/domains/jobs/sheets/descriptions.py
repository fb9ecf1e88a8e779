"""Duties and requirements: split from a mixed description, or composed from other columns."""

import re

from jiuye.domains.jobs.experience import Experience, format_experience

_DUTIES = r"岗位职责|工作职责|职位职责|主要职责|工作内容|岗位内容|职责描述|职位描述|岗位描述|你将负责|你要做的"
_REQUIREMENTS = r"任职要求|任职资格|任职条件|岗位要求|职位要求|招聘要求|招聘条件|应聘条件|录用条件|资格要求|我们希望你|希望你是|要求"
_HEADING = re.compile(
    rf"(?:^|\n|[。；;\s])[\s\d一二三、.【\[（(]*(?:(?P<duties>{_DUTIES})|(?P<requirements>{_REQUIREMENTS}))[】\]）)]?\s*[:：\n]"
)


def split_description(text: str) -> tuple[str, str]:
    """Split a mixed description into (duties, requirements) by its headings; without headings all of it is duties."""
    found = list(_HEADING.finditer(text))
    if not found:
        return text, ""
    parts: dict[str, list[str]] = {"duties": [], "requirements": []}
    if lead := text[: found[0].start()].strip():
        parts["duties"].append(lead)
    for heading, following in zip(found, [*found[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else len(text)].strip()
        if body:
            parts["duties" if heading["duties"] else "requirements"].append(body)
    return "\n".join(parts["duties"]), "\n".join(parts["requirements"])


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
