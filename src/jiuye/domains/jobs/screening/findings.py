"""What screening found, and the verdict that follows."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["clean", "review", "stop"]

FIELD_LABELS = {
    "title": "职位名称",
    "duties": "工作内容",
    "requirements": "任职要求",
    "working_conditions": "工作条件",
    "tags": "职位标签",
    "benefits": "福利待遇",
    "skills": "技能要求",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Offending words in one field, with the rule they break. `span`: where they begin and end in the text as written."""

    field: str
    words: str
    rule: str
    verdict: Literal["stop", "review"]
    reason: str
    advice: str
    basis: str
    span: tuple[int, int] = (0, 0)

    @property
    def message(self) -> str:
        """Return the text for the author: the words, what is wrong, the law, and what to do."""
        return f"“{self.words}”{self.reason}（{self.basis}）。{self.advice}"


@dataclass(frozen=True, slots=True)
class Screening:
    """The findings in a posting, in the order of its fields."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the strictest verdict of the findings."""
        verdicts = {finding.verdict for finding in self.findings}
        return "stop" if "stop" in verdicts else "review" if verdicts else "clean"

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """Return the findings that prevent publication."""
        return tuple(finding for finding in self.findings if finding.verdict == "stop")

    def messages(self) -> dict[str, str]:
        """Return field → message to the author, for the findings that prevent publication."""
        by_field: dict[str, list[str]] = {}
        for finding in self.stopping:
            by_field.setdefault(finding.field, []).append(finding.message)
        return {field: " ".join(messages) for field, messages in by_field.items()}
