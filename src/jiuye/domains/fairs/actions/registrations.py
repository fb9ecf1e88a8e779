"""Registration for fairs, check-in, and reminders."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.fairs import policies
from jiuye.domains.fairs.events import FairIsTomorrow
from jiuye.domains.fairs.labels import in_words, where
from jiuye.domains.fairs.models import FairInterest, JobFair
from jiuye.domains.fairs.queries import CheckedIn, public_fairs
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit

_AT_ONCE = 200
_FROM_HOUR = 10
CHECK_INS = Limit(
    "check-ins", "招聘会签到时核对签到码", "每位工作人员", 1200, 3600, "签到码核对得太频繁了，请 {wait}后再试。"
)
"""One every three seconds: a busy entrance. A code has eight letters, so guessing at this speed finds none."""


def _public(fair_id: UUID) -> JobFair:
    fair = public_fairs().filter(pk=fair_id).first()
    if fair is None:
        raise NotFound("没有找到这场招聘会，它可能尚未发布。")
    return fair


@transaction.atomic
def register(actor: Actor, *, fair_id: UUID) -> None:
    """Register the actor. Idempotent. Raises `NotFound` and `Refused`."""
    fair = _public(fair_id)
    if FairInterest.objects.filter(fair=fair, person_id=actor.person).exists():
        return
    if fair.capacity is not None:
        # Serialised, so that the last place goes to one person.
        fair.capacity = JobFair.objects.select_for_update().filter(pk=fair.pk).values_list("capacity", flat=True).get()
    policies.may_register(fair, clock.now(), FairInterest.objects.filter(fair=fair).count())
    _, is_new = FairInterest.objects.get_or_create(
        fair=fair, person_id=actor.person, defaults={"code": policies.new_code(), "created_at": clock.now()}
    )
    if is_new:
        audit.record(actor, "fair.register", fair.id)


@transaction.atomic
def cancel(actor: Actor, *, fair_id: UUID) -> None:
    """Cancel the actor's registration, if any. Raises `Refused` after check-in."""
    row = FairInterest.objects.select_for_update().filter(fair_id=fair_id, person_id=actor.person).first()
    if row is None:
        return
    if row.checked_in_at:
        raise Refused("您已经签到，不能再取消登记。", code="checked_in")
    row.delete()
    audit.record(actor, "fair.cancel_registration", fair_id)


def check_in(actor: Actor, *, fair_id: UUID, code: str) -> CheckedIn:
    """Check in the person with this code (typed, or scanned: then it is a URL that ends with it), once.

    Raises `NotFound`, `Denied`, `Invalid` for `code`, `Refused` outside the fair's hours or if it was used,
    `RateLimited`.
    """
    CHECK_INS.hit(actor.person)
    with transaction.atomic():
        fair = policies.may_work_at(actor, JobFair.objects.filter(pk=fair_id).first())
        policies.may_let_in(fair, clock.now())
        row = (
            FairInterest.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(fair=fair, code=policies.tidy_code(code))
            .first()
        )
        if row is None:
            raise Invalid({"code": "没有这个签到码。请核对，或确认对方登记的是这一场。"})
        if row.checked_in_at:
            at = clock.local(row.checked_in_at)
            raise Refused(f"这个签到码在 {at.month}月{at.day}日 {at:%H:%M} 用过了，不能重复签到。", code="used")
        row.checked_in_at, row.checked_in_by_id = clock.now(), actor.person
        row.save(update_fields=["checked_in_at", "checked_in_by"])
        audit.record(actor, "fair.check_in", fair.id, registration=row.id)
        number = FairInterest.objects.filter(fair=fair, checked_in_at__isnull=False).count()
    return CheckedIn(f"{row.person.name[:1] or '求职者'}**", number)


def remind_of_tomorrow(actor: Actor) -> int:
    """Publish reminders for tomorrow's fairs, from ten in the morning. Return the number of people reminded.

    Each registration is reminded once; people who register the evening before are reminded then.
    """
    here = clock.local(clock.now())
    if here.hour < _FROM_HOUR:
        return 0
    start = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    fairs = public_fairs().filter(state="published", starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return sum(_remind(actor, fair) for fair in fairs.order_by("starts_at", "id"))


def _remind(actor: Actor, fair: JobFair) -> int:
    count = 0
    waiting = FairInterest.objects.filter(fair=fair, reminded_at=None).order_by("id")
    while True:
        with transaction.atomic():
            rows = list(waiting.select_for_update(skip_locked=True)[:_AT_ONCE])
            if not rows:
                return count
            events.publish(
                actor,
                FairIsTomorrow(
                    fair_id=fair.id,
                    title=fair.title,
                    when=in_words(fair.starts_at),
                    where=where(fair),
                    person_ids=tuple(row.person_id for row in rows),
                ),
            )
            FairInterest.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=clock.now())
            count += len(rows)
