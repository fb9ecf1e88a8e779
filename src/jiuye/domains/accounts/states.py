"""Enumerations of accounts."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import NOTHING, StateMachine, transition


class OrganisationKind(TextChoices):
    AGENCY = "agency", "职介"
    EMPLOYER = "employer", "招聘企业"
    PLATFORM = "platform", "平台运营"


class Role(TextChoices):
    """Roles of agency and employer staff, then the operators' separated roles (GB/T 22239-2019 §8.1.4)."""

    OWNER = "owner", "管理员"
    RECRUITER = "recruiter", "招聘专员"
    VIEWER = "viewer", "只读"
    AUDITOR = "auditor", "审核员"
    EDITOR = "editor", "内容编辑"
    SUPPORT = "support", "客服"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


class CodePurpose(TextChoices):
    """The purpose of a code by text message; a code for one purpose is invalid for another."""

    LOGIN = "login", "登录"
    CONFIRM = "confirm", "身份确认"
    CHANGE_PHONE = "change_phone", "更换手机号"
    LINK_CARD = "link_card", "关联电子社保卡"


class CodeLane(TextChoices):
    """How a request for a code is counted (`code_limits`)."""

    OWNER = "owner", "本人"
    NEAR = "near", "本人常用的网络"
    STRANGER = "stranger", "未知"


class SignInMethod(TextChoices):
    SMS_CODE = "sms_code", "短信验证码"
    ESSC_APP = "essc_app", "电子社保卡（合作应用）"
    ESSC_QR = "essc_qr", "电子社保卡扫码"
    ESSC_PHONE = "essc_phone", "电子社保卡（本机）"


class QrSignInState(TextChoices):
    WAITING = "waiting", "等待扫码"
    SCANNED = "scanned", "已扫码，等待确认"
    APPROVED = "approved", "已确认"
    REFUSED = "refused", "已拒绝"
    EXPIRED = "expired", "已过期"


class RealNameSource(TextChoices):
    CARD = "card", "电子社保卡"
    AUTHORITY = "authority", "人社部门核验"


class CodeDelivery(TextChoices):
    """The delivery status of a login code's message, as shown to the person waiting for it."""

    QUEUED = "queued", "正在发送"
    SENT = "sent", "已发送"
    DELAYED = "delayed", "短信服务暂时不通，正在重试"
    REFUSED = "refused", "短信服务拒绝发送"
    DELIVERED = "delivered", "已送达手机"
    FAILED = "failed", "没有送达手机"


class ConsentKind(TextChoices):
    RESUME_DISCLOSURE = "resume_disclosure", "向招聘方提供简历"
    CARD_PREFILL = "card_prefill", "用电子社保卡信息填写简历"
    VERIFICATION = "verification", "向人社部门核验简历信息"
    RESUME_VISIBILITY = "resume_visibility", "让所选地区的职介看到简历"


OPERATOR_ROLES = (Role.OWNER, Role.AUDITOR, Role.EDITOR, Role.SUPPORT, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""Roles in the platform's own organisation."""


class RoleChangeState(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ROLE_CHANGE_LABELS = {
    "pending": "待另一位管理员确认",
    "confirmed": "已生效",
    "refused": "未同意",
    "withdrawn": "已撤回",
}

ROLE_CHANGE = StateMachine(
    "role_change",
    RoleChangeState,
    ROLE_CHANGE_LABELS,
    [
        transition("request", [NOTHING], "pending", ["operator"], "提出变更"),
        transition("confirm", ["pending"], "confirmed", ["operator"], "确认"),
        transition("refuse", ["pending"], "refused", ["operator"], "不同意"),
        transition("withdraw", ["pending"], "withdrawn", ["operator"], "撤回"),
    ],
)
"""Changes of operators' roles. `confirm` and `refuse` are for another administrator than the one who asked."""
