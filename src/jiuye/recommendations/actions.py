"""Refusing recommendations, and wanting them again: as easy as the other (互联网信息服务算法推荐管理规定 art. 17)."""

from django.db import transaction

from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.recommendations.models import RecommendationsOff


@transaction.atomic
def switch_off(actor: Actor) -> None:
    """From now on nothing is chosen for the actor by their data. Safe to repeat."""
    row = RecommendationsOff(user_id=actor.person, since=clock.now())
    RecommendationsOff.objects.bulk_create([row], ignore_conflicts=True)
    audit.record(actor, "recommendations.off", actor.person)


@transaction.atomic
def switch_on(actor: Actor) -> None:
    """The actor wants recommendations again. Safe to repeat."""
    RecommendationsOff.objects.filter(user_id=actor.person).delete()
    audit.record(actor, "recommendations.on", actor.person)
