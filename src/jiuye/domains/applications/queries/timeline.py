"""The timeline in words: what happened, who acted, what comes next and by when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jiuye.domains.applications.models import ApplicationEvent
from jiuye.domains.applications.states import APPLICATION_LABELS, CLOSED, RejectionReason
from jiuye.kernel.clock import local

# Verb → (title for the seeker, title for others).
TITLES = {
    "submit": ("您投递了简历", "求职者投递了简历"),
    "view": ("招聘方查看了简历", "查看了简历"),
    "invite": ("收到面试邀约", "发出面试邀约"),
    "reschedule": ("面试改约", "面试改约"),
    "ask_for_another_time": ("您申请改面试时间", "求职者申请改面试时间"),
    "keep_time": ("职介确认按原时间面试", "确认按原时间面试"),
    "accept_interview": ("您接受了面试", "求职者接受了面试"),
    "decline_interview": ("您谢绝了面试", "求职者谢绝了面试"),
    "pass_interview": ("面试通过", "面试通过"),
    "fail_interview": ("面试未通过", "面试未通过"),
    "notify_onboarding": ("收到入职通知", "发出入职通知"),
    "accept_onboarding": ("您接受了入职", "求职者接受了入职"),
    "decline_onboarding": ("您谢绝了入职", "求职者谢绝了入职"),
    "record_onboarded": ("职介登记您已入职", "登记已入职"),
    "record_no_show": ("职介登记您未入职", "登记未入职"),
    "confirm_onboarded": ("您确认已入职", "求职者确认已入职"),
    "confirm_not_onboarded": ("您反馈没有入职", "求职者反馈没有入职"),
    "nudge": ("您提醒了职介", "求职者提醒尽快处理"),
    "reject": ("招聘方认为不合适", "标记为不合适"),
    "close_unanswered": ("超期未处理，系统关闭", "超期未处理，系统关闭"),
    "withdraw": ("您撤回了投递", "求职者撤回了投递"),
    "leave": ("您注销了账号", "求职者注销了账号"),
}

# State → (next step for the seeker, next step for the agency).
NEXT_STEPS = {
    "submitted": ("等待职介查看简历", "查看简历"),
    "viewed": ("等待职介答复：邀约面试，或告知不合适的原因", "邀约面试，或说明不合适的原因"),
    "interview_invited": ("请答复面试邀约", "等待求职者答复面试邀约"),
    "interview_accepted": ("按时参加面试，之后等待职介登记结果", "面试后登记结果"),
    "interview_declined": ("等待职介改约或结束本次投递", "改约面试，或结束本次投递"),
    "interview_passed": ("等待职介发出入职通知", "发出入职通知"),
    "onboarding_notified": ("请答复入职通知", "等待求职者答复入职通知"),
    "onboarding_accepted": ("按时报到，之后由职介登记入职", "报到后登记入职结果"),
}
# The next steps while a request for another time is unanswered.
WAITING_FOR_A_TIME = (
    "等待职介答复改时间的申请；对方改约之前，原时间仍然有效",
    "求职者想改时间：改约面试，或确认按原时间",
)
HAPPY_PATH = [
    "submitted",
    "viewed",
    "interview_invited",
    "interview_accepted",
    "interview_passed",
    "onboarding_notified",
    "onboarding_accepted",
    "onboarded",
]
_HOURS = {"starts_at": "面试时间", "report_at": "报到时间"}


@dataclass(frozen=True)
class TimelineStep:
    """One step of the timeline. `state`: done, current, stopped (it ended here) or future; `due`: next step and deadline.

    What happened also has its verb, who did it (`party`), through which API client (`client_name`), and `member_id`: the
    member who acted for the agency, told to the agency only.
    """

    state: str
    title: str
    at: datetime | None = None
    by: str = ""
    note: str = ""
    due: str = ""
    verb: str = ""
    party: str = ""
    client_name: str = ""
    member_id: UUID | None = None


@dataclass(frozen=True)
class NextStep:
    """The next step and its deadline, if any. `is_late`: the deadline has passed."""

    text: str
    respond_by: datetime | None
    is_late: bool


def timeline(
    entries: list[ApplicationEvent],
    state: str,
    following: NextStep | None,
    agency_name: str,
    applicant: str,
    *,
    party: str,
) -> list[TimelineStep]:
    """Return the stored events, oldest first, in words for `party`, then the steps that would follow if all goes well."""
    names = {"agency": agency_name, "seeker": applicant, "system": "就业在线平台", "employer": "招聘企业"}
    last = len(entries) - 1
    here = "done" if state == "onboarded" else "stopped" if state in CLOSED else "current"
    happened = [
        TimelineStep(
            state=here if index == last else "done",
            title=_title(entry, party),
            at=entry.occurred_at,
            by=through_client(names.get(entry.party, ""), entry.actor_client_name),
            note=_note(entry.detail, entry.note),
            due=_due(following) if index == last and following else "",
            verb=entry.verb,
            party=entry.party,
            client_name=entry.actor_client_name,
            member_id=entry.actor_person_id if party == entry.party == "agency" else None,
        )
        for index, entry in enumerate(entries)
    ]
    return happened + [TimelineStep("future", label) for label in future_steps(state)]


def through_client(who: str, client_name: str) -> str:
    """Return who acted, with the name of the API client through which they did."""
    return f"{who} 经接口（{client_name}）" if client_name else who


def _title(entry: ApplicationEvent, party: str) -> str:
    seekers, others = TITLES.get(entry.verb, (APPLICATION_LABELS[entry.to_state],) * 2)
    return seekers if party == "seeker" else others


def _due(following: NextStep) -> str:
    if following.respond_by is None:
        return f"下一步：{following.text}"
    by = local(following.respond_by).strftime("%-m月%-d日 %H:%M")
    return f"下一步：{following.text}（{'已超过' if following.is_late else '截止'} {by}）"


def _note(detail: dict[str, Any], note: str) -> str:
    """Return the text of a step's detail: reason, time, note."""
    reason = detail.get("reason")
    if reason and reason != RejectionReason.UNANSWERED:
        label = RejectionReason(reason).label
        return f"{label}：{note}" if note else label
    facts = [f"{label} {_moment(detail[name])}" for name, label in _HOURS.items() if detail.get(name)]
    if detail.get("times"):
        facts.append("希望改到 " + "、".join(map(_moment, detail["times"])))
    if facts and note:
        note = note if note.endswith(("。", "！", "？")) else note + "。"
    return "。".join([*facts, note]) if note else "；".join(facts)


def _moment(text: str) -> str:
    return local(datetime.fromisoformat(text)).strftime("%-m月%-d日 %H:%M")


def next_step(
    state: str, party: str, respond_by: datetime | None, moment: datetime, *, waits_for_a_time: bool = False
) -> NextStep | None:
    """Return what `party` should do or expect now; None when the application has ended."""
    if state in CLOSED:
        return None
    seeker, agency = WAITING_FOR_A_TIME if waits_for_a_time else NEXT_STEPS[state]
    late = respond_by is not None and respond_by < moment
    return NextStep(seeker if party == "seeker" else agency, respond_by, late)


def future_steps(state: str) -> list[str]:
    """Return the labels of the steps that would follow if all goes well; empty when the application has ended."""
    if state in CLOSED:
        return []
    anchor = {"interview_declined": "interview_invited"}.get(state, state)
    return [APPLICATION_LABELS[step] for step in HAPPY_PATH[HAPPY_PATH.index(anchor) + 1 :]]
