"""The parts of the resume page: their names, invitations, and what their open form needs."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.resumes.states import SectionKind
from jiuye.portals.seeker.resume.fields import ResumeForm


@dataclass(frozen=True, slots=True)
class Part:
    """A panel of the page. `kind` is empty for the parts without entries (basics, self description)."""

    key: str
    title: str
    icon: str
    invitation: str
    add: str = ""

    @property
    def kind(self) -> SectionKind | None:
        """Return its section, if it has entries."""
        return SectionKind(self.key) if self.key in SectionKind.values else None


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part("basics", "基本信息", "person", "写下怎么称呼您、怎么联系您。"),
        Part("intention", "求职意向", "flag", "想做什么、在哪里、期望多少薪资？", "添加求职意向"),
        Part(
            "employment",
            "工作经历",
            "job",
            "从最近的一份工作写起。没有工作过，可在基本信息里把工作年限填 0。",
            "添加工作经历",
        ),
        Part("education", "教育经历", "school", "写最高学历的一段就够了，也可以多写几段。", "添加教育经历"),
        Part("self", "自我描述", "edit", "两三句话说明您的长处，招聘方会先看到。"),
        Part("skill", "技能", "star", "会什么就写什么：操作、软件、语言都可以。", "添加技能"),
        Part("certificate", "证书", "certificate", "持证上岗的岗位会优先联系有证的人。", "添加证书"),
        Part("project", "项目经历", "file", "做过值得一提的项目，写在这里。", "添加项目经历"),
    )
}


@dataclass(frozen=True, slots=True)
class Editing:
    """An open form of a part; `section_id` None adds a new entry. `seen` (`resumes.merge`): the values it was rendered
    from.

    With a `warning` it is not autosaved: the first keystroke would drop a result.
    """

    form: ResumeForm
    action: str
    section_id: UUID | None = None
    warning: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """A removed item that can be restored."""

    part: str
    name: str
