"""The form of message texts: patterns with placeholders, and how they are filled."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from string import Formatter
from uuid import UUID

from jiuye.kernel import clock

SIGNATURE = "【就业在线】"
MORE = "登录就业在线查看。"


@dataclass(frozen=True, slots=True)
class Facts:
    """The values that texts may contain. Times are already formatted (11月25日 14:30); counts are text."""

    title: str = ""
    agency: str = ""
    employer: str = ""
    interview_at: str = ""
    report_at: str = ""
    reason: str = ""
    application_id: str = ""
    affiliation_id: str = ""
    batch_id: str = ""
    posting_id: str = ""
    count: str = ""
    rejected: str = ""
    found: str = ""
    link: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One kind of message. `sms` empty: only in the notification centre.

    `sms_pause`: minutes during which the same person gets no other one about the same posting, for events that can
    happen many times an hour. `sms_daily`: all of this kind together at most once a day for each member of an
    organisation.
    """

    title: str
    body: str
    link: str
    sms: str = ""
    sms_pause: int = 0
    sms_daily: bool = False


def fill(pattern: str, facts: Facts, limit: int) -> str:
    """Return a pattern with its facts, cut to `limit` characters."""
    filled = pattern.format(**asdict(facts))
    return filled if len(filled) <= limit else filled[: limit - 1] + "…"


def parameters(text: Text, facts: Facts) -> dict[str, str]:
    """Return the parameters of the text message of `text`, by name."""
    names = [name for _, name, _, _ in Formatter().parse(text.sms) if name]
    return {name: getattr(facts, name) for name in names}


def in_words(moment: datetime | None) -> str:
    """Format a time as 11月25日 14:30, in Asia/Shanghai; empty for None."""
    if moment is None:
        return ""
    there = clock.local(moment)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def daily_key(organisation_id: UUID | None, day: date) -> str:
    """Return the key of an organisation's one text message a day about open work."""
    return f"daily:{organisation_id}:{day}"
