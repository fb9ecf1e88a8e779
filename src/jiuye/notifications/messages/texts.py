"""The form of what people are told: texts with places for facts, and how they are filled."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from string import Formatter
from uuid import UUID

from jiuye.kernel import clock

SIGNATURE = "【就业在线】"
MORE = "登录就业在线查看。"


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts may mention. Times are already in words (11月25日 14:30); counts are text."""

    title: str = ""
    agency: str = ""
    employer: str = ""
    interview_at: str = ""
    report_at: str = ""
    reason: str = ""
    application_id: str = ""
    batch_id: str = ""
    posting_id: str = ""
    count: str = ""
    rejected: str = ""
    found: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One kind of message. `sms` empty: only in the notification centre.

    `sms_pause`: minutes in which the same person is not sent another one about the same posting, for what can happen many
    times an hour. `sms_daily`: all of this sort together at most once a day to each member of an organisation.
    """

    title: str
    body: str
    link: str
    sms: str = ""
    sms_pause: int = 0
    sms_daily: bool = False


def fill(pattern: str, facts: Facts, limit: int) -> str:
    """A pattern with its facts, cut to `limit` characters."""
    filled = pattern.format(**asdict(facts))
    return filled if len(filled) <= limit else filled[: limit - 1] + "…"


def parameters(text: Text, facts: Facts) -> dict[str, str]:
    """What the text message of `text` mentions, by name."""
    names = [name for _, name, _, _ in Formatter().parse(text.sms) if name]
    return {name: getattr(facts, name) for name in names}


def in_words(moment: datetime | None) -> str:
    """11月25日 14:30, in Asia/Shanghai; empty for None."""
    if moment is None:
        return ""
    there = clock.local(moment)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def daily_key(organisation_id: UUID | None, day: date) -> str:
    """The key of the one text message a day that an organisation gets of what waits there."""
    return f"daily:{organisation_id}:{day}"
