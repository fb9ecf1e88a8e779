"""Vocabularies of resumes."""

from django.db.models import TextChoices


class SectionKind(TextChoices):
    """A resume's sections, in display order."""

    INTENTION = "intention", "求职意向"
    EMPLOYMENT = "employment", "工作经历"
    EDUCATION = "education", "教育经历"
    PROJECT = "project", "项目经历"
    SKILL = "skill", "技能"
    CERTIFICATE = "certificate", "证书"


class Availability(TextChoices):
    NOW = "now", "随时到岗"
    WITHIN_MONTH = "within_month", "一个月内到岗"
    EMPLOYED_LOOKING = "employed_looking", "在职，考虑机会"
    NOT_LOOKING = "not_looking", "暂不考虑"


class SkillLevel(TextChoices):
    BASIC = "basic", "了解"
    WORKING = "working", "熟练"
    EXPERT = "expert", "精通"


class PhotoCrop(TextChoices):
    """Which part of a picture that is too high or too wide is kept."""

    MIDDLE = "middle", "中间"
    START = "start", "靠上或靠左"
    END = "end", "靠下或靠右"


class AccessKind(TextChoices):
    VIEW = "view", "查看"
    CONTACT = "contact", "查看联系方式"
    DOWNLOAD = "download", "下载"
    HAND_ON = "hand_on", "转交"


class FileState(TextChoices):
    """What has happened to an uploaded resume."""

    WAITING = "waiting", "正在读取"
    READ = "read", "已读取"
    REFUSED = "refused", "不能使用"


class VersionCause(TextChoices):
    """Why a version was kept: the change after it, or that it was sent."""

    EDIT = "edit", "修改之前"
    PREFILL = "prefill", "用社保卡填写之前"
    RESTORE = "restore", "恢复旧版本之前"
    APPLICATION = "application", "投递时"


class VisibilityLevel(TextChoices):
    """Who may see a resume besides those it was sent to."""

    APPLIED_ONLY = "applied_only", "仅投递的机构可见"
    AGENCIES = "agencies", "对所选地区的职介可见"
    HIDDEN = "hidden", "完全隐藏"
