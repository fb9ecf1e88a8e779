"""The fixed vocabularies of accounts."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    AGENCY = "agency", "职介"
    EMPLOYER = "employer", "招聘企业"
    PLATFORM = "platform", "平台运营"


class Role(TextChoices):
    """Roles of agency and employer staff, then the operators' separated duties (GB/T 22239-2019 §8.1.4)."""

    OWNER = "owner", "管理员"
    RECRUITER = "recruiter", "招聘专员"
    VIEWER = "viewer", "只读"
    AUDITOR = "auditor", "审核员"
    EDITOR = "editor", "内容编辑"
    SUPPORT = "support", "客服"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


class CodePurpose(TextChoices):
    LOGIN = "login", "登录"


class CodeDelivery(TextChoices):
    """How far the message with a login code has come; what the page tells the person who waits for it."""

    QUEUED = "queued", "正在发送"
    SENT = "sent", "已发送"
    DELAYED = "delayed", "短信服务暂时不通，正在重试"
    REFUSED = "refused", "短信服务拒绝发送"


class ConsentKind(TextChoices):
    RESUME_DISCLOSURE = "resume_disclosure", "向招聘方提供简历"
