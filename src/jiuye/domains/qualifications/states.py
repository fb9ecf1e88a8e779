"""States and enumerations of audit cases."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class CaseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SECOND_LOOK = "second_look"
    RETURNED = "returned"
    APPROVED = "approved"
    REVERSED = "reversed"


CASE_LABELS = {
    "draft": "待提交",
    "submitted": "待审核",
    "second_look": "待复核",
    "returned": "已退回补正",
    "approved": "已通过",
    "reversed": "已撤销通过",
}

CASE = StateMachine(
    "case",
    CaseState,
    CASE_LABELS,
    [
        transition("submit", ["draft", "returned"], "submitted", ["organisation"], "提交审核"),
        transition("withdraw", ["submitted"], "draft", ["organisation"], "撤回"),
        transition("pass_first", ["submitted"], "second_look", ["operator"], "初审通过"),
        transition("approve", ["submitted", "second_look"], "approved", ["operator"], "审核通过"),
        transition("return", ["submitted", "second_look"], "returned", ["operator"], "退回补正"),
        transition("reverse", ["approved"], "reversed", ["operator"], "撤销通过"),
        transition("take_up", ["draft"], "submitted", ["operator"], "立案核查"),
        transition("uphold", ["submitted"], "reversed", ["operator"], "投诉属实"),
    ],
)
"""One audit case. A first approval takes two people: `pass_first`, then `approve` by another; a renewal takes one.

`take_up` and `uphold` are of complaints only: an operator opens such a case, and the reversal of the approval that it is
about ends it.
"""


class CasePurpose(TextChoices):
    FIRST = "first", "首次审核"
    RENEWAL = "renewal", "重新核验"
    CHANGE = "change", "信息变更"
    COMPLAINT = "complaint", "投诉核查"


class Section(TextChoices):
    """The certifications that items belong to (企业端 1: 实名、企业、在职)."""

    REAL_NAME = "real_name", "经办人实名"
    ENTERPRISE = "enterprise", "单位资质"
    EMPLOYMENT = "employment", "在职证明"


class ItemKind(TextChoices):
    HANDLER_IDENTITY = "handler_identity", "经办人身份"
    BUSINESS_LICENCE = "business_licence", "营业执照"
    AUTHORISATION_LETTER = "authorisation_letter", "授权书"
    HR_LICENCE = "hr_licence", "人力资源服务许可证"
    ESTABLISHMENT_DOCUMENT = "establishment_document", "机构设立文件"
    EMPLOYMENT = "employment", "在职证明"


class Verdict(TextChoices):
    PENDING = "pending", "待审核"
    ACCEPTED = "accepted", "通过"
    REFUSED = "refused", "需补正"


class MaterialState(TextChoices):
    CHECKING = "checking", "正在检查"
    READY = "ready", "可以提交"
    REFUSED = "refused", "不能使用"


class CheckResult(TextChoices):
    """The result of a machine check. Only `failed` keeps a case from being submitted; `away` is asked again."""

    PASSED = "passed", "一致"
    DIFFERS = "differs", "有差异"
    NO_RECORD = "no_record", "查无记录"
    FAILED = "failed", "不符合"
    WAITING = "waiting", "正在核对"
    AWAY = "away", "登记系统暂时不通，稍后自动重试"
    NOT_CHECKED = "not_checked", "未核对"


class DecisionStep(TextChoices):
    FIRST = "first", "初审通过"
    SECOND = "second", "复核通过"
    SINGLE = "single", "审核通过"
    RETURN = "return", "退回补正"
    REVERSE = "reverse", "撤销通过"
