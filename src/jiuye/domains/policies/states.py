"""Vocabularies of policies."""

from django.db.models import TextChoices


class Topic(TextChoices):
    GRADUATES = "graduates", "高校毕业生"
    STARTUP = "startup", "创业扶持"
    TRAINING = "training", "技能培训"
    ASSISTANCE = "assistance", "就业援助"
    SUBSIDY = "subsidy", "补贴奖励"
    VETERANS = "veterans", "退役军人"
    DISABILITY = "disability", "残疾人就业"
    RIGHTS = "rights", "劳动权益"
