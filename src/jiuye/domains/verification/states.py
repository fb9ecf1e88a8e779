"""The state machine of a verified item (product.md) and its enumerations. docs/states/verification.md is generated from it."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class VerificationState(StrEnum):
    UNVERIFIED = "unverified"
    PENDING = "pending"
    VERIFIED = "verified"
    MISMATCHED = "mismatched"
    NO_RECORD = "no_record"


VERIFICATION_LABELS = {
    "unverified": "未核验",
    "pending": "核验中",
    "verified": "已核验",
    "mismatched": "信息不一致",
    "no_record": "未查到记录",
}
ANSWERED = ("verified", "mismatched", "no_record")
_ASKED = ("pending", *ANSWERED)

VERIFICATION = StateMachine(
    "verification",
    VerificationState,
    VERIFICATION_LABELS,
    [
        transition("request", ["unverified", *ANSWERED], "pending", ["seeker"], "申请核验"),
        transition("confirm", ["pending"], "verified", ["system"], "登记核验一致"),
        transition("find_difference", ["pending"], "mismatched", ["system"], "登记信息不一致"),
        transition("find_nothing", ["pending"], "no_record", ["system"], "登记未查到记录"),
        transition("give_up", ["pending"], "unverified", ["system"], "停止核验"),
        transition("reset", _ASKED, "unverified", ["seeker"], "因修改而重置"),
    ],
)

# The transition for each outcome of the authority.
VERB_OF_OUTCOME = {"verified": "confirm", "mismatched": "find_difference", "no_record": "find_nothing"}


class CheckKind(TextChoices):
    """The kinds of items, in the authority's terms (`ports.authority.CheckKind`); EMPLOYED is its `employment` without a
    start: insured there today."""

    IDENTITY = "identity", "身份"
    EMPLOYMENT = "employment", "工作经历"
    EDUCATION = "education", "教育经历"
    CERTIFICATE = "certificate", "证书"
    EMPLOYED = "employed", "在职"


class EndReason(TextChoices):
    """Why a case ended without an answer; the texts are for the person."""

    REJECTED = "rejected", "核验服务没有受理这一项，请检查内容是否完整，修改后再试。"
    TIMEOUT = "timeout", "核验服务 7 天没有给出结果，这次核验已停止，可以重新申请。"
    TAKEN = "taken", "这个身份证号已在另一个账号完成实名，没有作任何改动。如果那也是您的账号，请用那个账号登录。"
