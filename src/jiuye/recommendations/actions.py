"""Opt out of recommendations and in again, both with one click (互联网信息服务算法推荐管理规定 art. 17)."""

from django.db import transaction

from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.recommendations.models import RecommendationsOff


@transaction.atomic
def switch_off(actor: Actor) -> None:
    """Stop choosing anything for the actor by their data. Safe to repeat."""
    row = RecommendationsOff(user_id=actor.person, since=clock.now())
    RecommendationsOff.objects.bulk_create([row], ignore_conflicts=True)
    audit.record(actor, "recommendations.off", actor.person)


@transaction.atomic
def switch_on(actor: Actor) -> None:
    """Resume recommendations for the actor. Safe to repeat."""
    RecommendationsOff.objects.filter(user_id=actor.person).delete()
    audit.record(actor, "recommendations.on", actor.person)
