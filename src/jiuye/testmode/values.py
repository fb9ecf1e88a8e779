"""The magic values of test data: the same for every client, so that a program can be written against them. See docs/test-mode.md."""

from dataclasses import dataclass
from enum import StrEnum

from jiuye.domains.jobs.screening import HELD_IN_TEST

APPROVED_CODE = f"{HELD_IN_TEST}approve"
"""How the number of a posting begins that is held for review and then approved."""
REJECTED_CODE = f"{HELD_IN_TEST}reject"
"""How the number of a posting begins that is held for review and then rejected."""
REJECTION = "测试数据：按编号的约定驳回，请修改后重新提交。"


class Habit(StrEnum):
    """What a seeker of test data does, always."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    SILENT = "silent"
    WITHDRAWS = "withdraws"
    RESCHEDULES = "reschedules"


class Proof(StrEnum):
    """What the authority says of the job on a seeker's resume; `pending`: it never answers."""

    VERIFIED = "verified"
    MISMATCHED = "mismatched"
    PENDING = "pending"
    NO_RECORD = "no_record"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Seeker:
    """A seeker of every test data set, found by the phone."""

    phone: str
    name: str
    habit: Habit
    habit_label: str
    proof: Proof
    proof_label: str


SEEKERS = (
    Seeker("19900000001", "测试接受", Habit.ACCEPTS, "总是接受面试和入职", Proof.VERIFIED, "工作经历已核验"),
    Seeker("19900000002", "测试谢绝", Habit.DECLINES, "总是谢绝面试和入职", Proof.MISMATCHED, "工作经历信息不一致"),
    Seeker("19900000003", "测试不答", Habit.SILENT, "从不答复", Proof.PENDING, "工作经历一直核验中"),
    Seeker("19900000004", "测试撤回", Habit.WITHDRAWS, "简历被查看后撤回投递", Proof.NO_RECORD, "工作经历未查到记录"),
    Seeker("19900000005", "测试改期", Habit.RESCHEDULES, "先申请改面试时间，改约后接受", Proof.UNVERIFIED, "没有申请过核验"),
)  # fmt: skip
BY_PHONE = {one.phone: one for one in SEEKERS}


@dataclass(frozen=True, slots=True)
class Marker:
    """The beginning of a posting's number (external_id) and what happens to it when it is published."""

    starts_with: str
    label: str


MARKERS = (
    Marker(APPROVED_CODE, "送审，随后通过"),
    Marker(REJECTED_CODE, "送审，随后驳回"),
    Marker(HELD_IN_TEST, "送审，一直等待，直到您用测试接口通过或驳回"),
)
"""The longest beginning counts."""
