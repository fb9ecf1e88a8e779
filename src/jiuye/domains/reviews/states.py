"""Enumerations of reviews: tags, and reasons for a report."""

from django.db.models import TextChoices


class Tag(TextChoices):
    """What people say about agencies most often, good and bad."""

    QUICK = "quick", "回复快"
    TRUE = "true", "信息真实"
    KIND = "kind", "服务态度好"
    PUNCTUAL = "punctual", "面试准时"
    OPEN_FEES = "open_fees", "收费透明"
    UNLIKE = "unlike", "与描述不符"
    SILENT = "silent", "不回复"
    SLOW = "slow", "回复慢"
    RUDE = "rude", "态度差"
    FEES = "fees", "要求收费"


class ReviewReason(TextChoices):
    """Why a person thinks that a review should be hidden."""

    INSULT = "insult", "辱骂或人身攻击"
    PRIVACY = "privacy", "泄露他人信息"
    ADVERTISING = "advertising", "广告或引流"
    UNTRUE = "untrue", "内容不实"
    OTHER = "other", "其他"


def labels_of(tags: list[str]) -> tuple[str, ...]:
    """Return the tags' labels."""
    return tuple(Tag(one).label for one in tags if one in Tag.values)
