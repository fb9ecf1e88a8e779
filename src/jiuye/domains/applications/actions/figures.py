"""Figures on how fast agencies answer, as their shops show them."""

from django.db import transaction

from jiuye.domains.applications.queries.figures import AnswerFigures, measure_answers
from jiuye.domains.organisations.models import Shop


@transaction.atomic
def recount_answers() -> int:
    """Update the figures of all shops. Return how many changed. Idempotent."""
    figures = measure_answers()
    changed = []
    for shop in Shop.objects.select_for_update().order_by("pk").only("typical_answer_hours", "answered_within_7_days"):
        now = figures.get(shop.pk, AnswerFigures())
        if (shop.typical_answer_hours, shop.answered_within_7_days) != (now.typical_hours, now.share):
            shop.typical_answer_hours, shop.answered_within_7_days = now.typical_hours, now.share
            changed.append(shop)
    Shop.objects.bulk_update(changed, ["typical_answer_hours", "answered_within_7_days"], batch_size=1000)
    return len(changed)
