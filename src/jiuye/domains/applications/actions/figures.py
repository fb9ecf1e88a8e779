"""What shops show of how their agency answers."""

from django.db import transaction

from jiuye.domains.applications.queries.figures import AnswerFigures, measure_answers
from jiuye.domains.organisations.models import Shop


@transaction.atomic
def recount_answers() -> int:
    """Bring the shops' figures up to date; returns how many changed. Safe to repeat."""
    figures = measure_answers()
    changed = []
    for shop in Shop.objects.select_for_update().order_by("pk").only("typical_answer_hours", "answered_within_7_days"):
        now = figures.get(shop.pk, AnswerFigures())
        if (shop.typical_answer_hours, shop.answered_within_7_days) != (now.typical_hours, now.share):
            shop.typical_answer_hours, shop.answered_within_7_days = now.typical_hours, now.share
            changed.append(shop)
    Shop.objects.bulk_update(changed, ["typical_answer_hours", "answered_within_7_days"], batch_size=1000)
    return len(changed)
