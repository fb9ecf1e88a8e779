"""The states of a report (举报), and the reasons for one."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class ReportState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


REPORT_LABELS = {"open": "处理中", "upheld": "举报属实", "dismissed": "举报不属实"}

REPORT = StateMachine(
    "report",
    ReportState,
    REPORT_LABELS,
    [
        transition("uphold", ["open"], "upheld", ["operator"], "认定属实"),
        transition("dismiss", ["open"], "dismissed", ["operator"], "认定不属实"),
    ],
)


class Reason(TextChoices):
    """What is wrong with a posting: 网络招聘服务管理规定 arts. 17–20, 人力资源市场暂行条例 arts. 24, 42."""

    FEES = "fees", "收取费用（押金、培训费、体检费、服装费等）"
    IMPERSONATION = "impersonation", "冒充或假冒单位"
    FILLED = "filled", "已招满，或信息过期"
    DISCRIMINATION = "discrimination", "就业歧视（性别、年龄、地域等）"
    FALSE_PAY = "false_pay", "薪资或待遇不实"
    ILLEGAL = "illegal", "涉及违法内容"
    OTHER = "other", "其他"
