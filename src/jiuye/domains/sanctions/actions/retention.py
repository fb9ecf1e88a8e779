"""Delete evidence after its time."""

from django.db import transaction

from jiuye.domains.sanctions import policies
from jiuye.domains.sanctions.models import EvidenceFile, Sanction
from jiuye.kernel import clock

_AT_ONCE = 100


def forget_evidence() -> int:
    """Empty texts and files of sanctions that ended over three years ago (网络招聘服务管理规定). Return how many. Idempotent."""
    before = clock.now() - policies.KEPT_FOR
    old = Sanction.objects.filter(closed_at__lt=before, evidence_erased_at=None).order_by("closed_at", "id")
    gone = 0
    while batch := list(old[:_AT_ONCE]):
        for sanction in batch:
            _forget(sanction)
        gone += len(batch)
    return gone


@transaction.atomic
def _forget(sanction: Sanction) -> None:
    for file in EvidenceFile.objects.filter(sanction=sanction):
        file.delete()
    sanction.appeals.update(text="", answer="")
    sanction.reason = sanction.evidence = sanction.step_reason = sanction.note = sanction.lift_reason = ""
    sanction.evidence_erased_at = clock.now()
    sanction.save()
