"""Audiences, validity and conditions of the demonstration's policies."""

from dataclasses import asdict
from datetime import datetime, timedelta

from jiuye.domains.policies.models import Policy
from jiuye.domains.policies.policies import Condition
from jiuye.domains.policies.states import Audience, Topic
from jiuye.kernel import clock

AUDIENCES = {
    Topic.GRADUATES: [Audience.GRADUATE, Audience.UNEMPLOYED],
    Topic.STARTUP: [Audience.FOUNDER, Audience.GRADUATE, Audience.MIGRANT],
    Topic.TRAINING: [Audience.WORKER, Audience.UNEMPLOYED],
    Topic.ASSISTANCE: [Audience.HARDSHIP],
    Topic.SUBSIDY: [Audience.EMPLOYER],
    Topic.VETERANS: [Audience.VETERAN],
    Topic.DISABILITY: [Audience.EMPLOYER, Audience.DISABLED],
    Topic.RIGHTS: [Audience.FLEXIBLE],
}
CONDITIONS = {
    Topic.GRADUATES: [
        Condition("您毕业多久了？（按月填）", "第一条", "number", most=24, unit="个月"),
        Condition("您现在有工作单位吗？", "第一条", "no"),
        Condition("以前领过就业见习补贴吗？", "第三条", "no"),
    ],
    Topic.TRAINING: [
        Condition("拿到职业技能等级证书多久了？", "第一条", "number", most=12, unit="个月"),
        Condition("您的失业保险累计缴了多少个月？", "第一条", "number", least=12, unit="个月"),
        Condition("同一工种、同一等级以前申领过补贴吗？", "第二条", "no"),
    ],
    Topic.STARTUP: [
        Condition("您办理了营业执照吗？", "第一条"),
        Condition("您是第一次创业吗？", "第二条"),
        Condition("企业正常经营多久了？", "第二条", "number", least=6, unit="个月"),
    ],
    Topic.SUBSIDY: [
        Condition("单位与新招的毕业生签订劳动合同了吗？", "第一条"),
        Condition("为他们缴纳失业保险了吗？", "第一条"),
        Condition("他们毕业多久了？", "第一条", "number", most=12, unit="个月"),
    ],
}


def build(moment: datetime) -> None:
    """Write everything in one statement; the oldest two are no longer valid."""
    rows = list(Policy.objects.order_by("-published_on", "id"))
    today = clock.local(moment).date()
    for row in rows:
        topic = Topic(row.topic)
        row.audiences = [str(one) for one in AUDIENCES[topic]]
        row.conditions = [asdict(one) for one in CONDITIONS.get(topic, [])]
        row.valid_until = row.published_on + timedelta(days=730)
    rows[-1].abolished_on = today - timedelta(days=20)
    rows[-2].valid_until = today - timedelta(days=5)
    Policy.objects.bulk_update(rows, ["audiences", "conditions", "valid_until", "abolished_on"])
