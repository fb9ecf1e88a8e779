"""Reports of postings: some open, some decided, a few postings reported by several people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports.models import Report
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

POSTINGS = 24
TEXTS = {
    "fees": "面试当天要求先交三百元服装押金，说入职满三个月才退。",
    "impersonation": "打电话到单位总机核对，对方说没有委托招聘。",
    "filled": "联系后对方说上个月就招满了，页面还挂着。",
    "discrimination": "电话里明确说只要三十岁以下的男性。",
    "false_pay": "页面写七千到九千，面试时说底薪只有三千五。",
    "illegal": "要求提供本人银行卡给对方使用。",
    "other": "填写的地址是居民楼，没有找到单位。",
}
ANSWERS = {
    "upheld": "核对了聊天记录并联系了机构，情况属实，已要求机构当日整改。",
    "dismissed": "联系机构和用人单位核实，未发现所反映的情况。如有新的证据，可以再次举报。",
}


def build(chance: Chance, moment: datetime, people: Sequence[User], postings: Sequence[JobPosting]) -> None:
    """Write them; the first seeker has one in each state."""
    chosen = chance.sample(postings, min(POSTINGS, len(postings)))
    rows: list[Report] = []
    for number, posting in enumerate(chosen):
        state = ("open", "upheld", "dismissed")[number % 3]
        others = chance.sample(people[1:], chance.choice([1, 1, 1, 2, 3]))
        said = chance.choice(list(TEXTS))
        for person in [people[0], *others] if number < 3 else others:
            rows.append(_report(chance, moment, person, posting, said, state))
    rows.sort(key=lambda row: row.created_at)
    copy_rows(rows)


def _report(chance: Chance, moment: datetime, person: User, posting: JobPosting, reason: str, state: str) -> Report:
    told = moment - timedelta(hours=chance.uniform(30, 200))
    is_open = state == "open"
    return Report(
        id=chance.id(),
        posting=posting,
        reporter=person,
        reason=reason,
        text=TEXTS[reason],
        contact="",
        state=state,
        answer="" if is_open else ANSWERS[state],
        decided_by_id=None,
        created_at=told,
        decided_at=None if is_open else told + timedelta(hours=chance.uniform(2, 28)),
    )
