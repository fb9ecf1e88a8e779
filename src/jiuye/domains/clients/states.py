"""Modes, scopes and kinds of credentials of API clients."""

from django.db.models import TextChoices


class Mode(TextChoices):
    LIVE = "live", "正式"
    TEST = "test", "测试"


class Scope(TextChoices):
    """What a client may do: `resource:verb`. Write includes neither read nor other resources."""

    JOBS_READ = "jobs:read", "查看职位"
    JOBS_WRITE = "jobs:write", "发布和修改职位"
    APPLICATIONS_READ = "applications:read", "查看投递"
    APPLICATIONS_WRITE = "applications:write", "处理投递、面试和入职"
    RESUMES_READ = "resumes:read", "查看和下载简历"
    FAIRS_READ = "fairs:read", "查看招聘会"
    FAIRS_WRITE = "fairs:write", "举办招聘会"
    REVIEWS_READ = "reviews:read", "查看评价"
    REVIEWS_WRITE = "reviews:write", "回复评价"
    AFFILIATIONS_READ = "affiliations:read", "查看关联企业"
    AFFILIATIONS_WRITE = "affiliations:write", "处理企业关联"
    MEMBERS_READ = "members:read", "查看成员"
    SHOP_READ = "shop:read", "查看旗舰店"
    SHOP_WRITE = "shop:write", "修改旗舰店"
    CHANGES_READ = "changes:read", "读取变更"
    WEBHOOKS_READ = "webhooks:read", "查看推送"
    WEBHOOKS_WRITE = "webhooks:write", "设置推送"
    AUDIT_READ = "audit:read", "查看接口操作记录"


RESOURCES = {
    "jobs": "职位",
    "applications": "投递、面试和入职",
    "resumes": "简历",
    "fairs": "招聘会",
    "reviews": "评价",
    "affiliations": "关联企业",
    "members": "成员",
    "shop": "旗舰店",
    "changes": "变更",
    "webhooks": "推送",
    "audit": "接口操作记录",
}
"""The resources of the scopes, in the order in which people see them."""


class CredentialKind(TextChoices):
    KEY = "key", "密钥"
    SECRET = "secret", "客户端密码"
    PUBLIC_KEY = "public_key", "公钥"


# Asymmetric only: `none` is unsigned, and HS* would take the public key for a secret.
SIGNATURES = {"EC": ("ES256",), "OKP": ("EdDSA", "Ed25519"), "RSA": ("RS256", "PS256")}
"""Signature algorithms of assertions by type of key. `Ed25519` is the name of EdDSA since RFC 9864."""
