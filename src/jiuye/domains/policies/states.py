"""States and enumerations of policies."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class PolicyState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


POLICY_LABELS = {"draft": "草稿", "published": "已发布", "withdrawn": "已撤下"}

POLICY = StateMachine(
    "policy",
    PolicyState,
    POLICY_LABELS,
    [
        transition("publish", ["draft", "withdrawn"], "published", ["operator"], "发布政策"),
        transition("withdraw", ["published"], "withdrawn", ["operator"], "撤下政策"),
    ],
)


class Topic(TextChoices):
    GRADUATES = "graduates", "高校毕业生"
    STARTUP = "startup", "创业扶持"
    TRAINING = "training", "技能培训"
    ASSISTANCE = "assistance", "就业援助"
    SUBSIDY = "subsidy", "补贴奖励"
    VETERANS = "veterans", "退役军人"
    DISABILITY = "disability", "残疾人就业"
    RIGHTS = "rights", "劳动权益"


class Audience(TextChoices):
    """The audience of a policy."""

    GRADUATE = "graduate", "高校毕业生"
    UNEMPLOYED = "unemployed", "失业人员"
    HARDSHIP = "hardship", "就业困难人员"
    MIGRANT = "migrant", "农民工"
    VETERAN = "veteran", "退役军人"
    DISABLED = "disabled", "残疾人"
    WORKER = "worker", "在职职工"
    FLEXIBLE = "flexible", "灵活就业人员"
    FOUNDER = "founder", "创业者"
    EMPLOYER = "employer", "企业"


class Verdict(TextChoices):
    """The result of a condition for an answer. Unknown is not failure."""

    HOLDS = "holds", "符合"
    FAILS = "fails", "不符合"
    UNKNOWN = "unknown", "不确定"
