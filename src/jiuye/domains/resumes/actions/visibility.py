"""Choosing who may find one's resume."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.resumes.events import VisibilityChanged
from jiuye.domains.resumes.models import Visibility
from jiuye.domains.resumes.policies.visibility import CONSENT_TEXT_VERSION, checked_places
from jiuye.domains.resumes.queries.visibility import place_name
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused


@transaction.atomic
def choose_visibility(
    actor: Actor, *, level: str, places: Collection[str] = (), consented: bool = False, version: int | None = None
) -> bool:
    """Set who may find the actor's resume. Return whether anything changed. Earlier applications are not affected.

    `places` (codes of provinces and cities, or `WHOLE_COUNTRY`) and `consented` are for level `agencies`: being found
    by agencies, or by those of other places than before, needs a consent. `version`: the one that the person was
    shown, 0 for none. Raises `Invalid` (level, places, consent), `Refused` (code changed_elsewhere) when it has
    changed since.
    """
    chosen = checked_places(level, places)
    row = _lock(actor)
    present = (row.level, row.places) if row else (str(VisibilityLevel.APPLIED_ONLY), [])
    if version is not None and version != (row.version if row else 0):
        raise Refused("您刚才在别处改过这项设置，下面是现在的情况，请看清后再选一次。", code="changed_elsewhere")
    if present == (level, chosen):
        return False
    if level == VisibilityLevel.AGENCIES and not consented:
        raise Invalid({"consent": "请勾选同意后再保存；不同意则保持原来的设置。"})
    _end_consent(row)
    moment = clock.now()
    values = {
        "level": level,
        "places": chosen,
        "consent": _consent(actor.person, chosen) if chosen else None,
        "version": row.version + 1 if row else 1,
        "changed_at": moment,
    }
    Visibility.objects.update_or_create(user_id=actor.person, defaults=values)
    events.publish(
        actor, VisibilityChanged(user_id=actor.person, level=str(level), version=row.version + 1 if row else 1)
    )
    audit.record(actor, "resume.visibility", actor.person, level=str(level), places=chosen)
    return True


def stop_showing(actor: Actor, *, consent_id: UUID) -> None:
    """End visibility for agencies after its consent was withdrawn. Idempotent."""
    if Visibility.objects.filter(user_id=actor.person, consent_id=consent_id).exists():
        choose_visibility(actor, level=VisibilityLevel.APPLIED_ONLY)


def pause_visibility(actor: Actor, *, is_paused: bool) -> None:
    """Hide the resume while its owner's account waits for erasure, and show it again when that is cancelled. Idempotent."""
    mine = Visibility.objects.filter(user_id=actor.person)
    if not mine.exclude(is_paused=is_paused).update(is_paused=is_paused) and is_paused and not mine.exists():
        # Somebody without a choice may still choose in these days: it applies afterwards.
        Visibility.objects.create(
            user_id=actor.person,
            level=VisibilityLevel.APPLIED_ONLY,
            is_paused=True,
            version=0,
            changed_at=clock.now(),
        )


def _lock(actor: Actor) -> Visibility | None:
    """Return the row under a lock; the person's own row is locked too, because the first choice has no row yet."""
    if not User.objects.select_for_update(of=("self",)).filter(pk=actor.person, erased_at=None).exists():
        raise NotFound
    return Visibility.objects.select_for_update(of=("self",)).filter(user_id=actor.person).first()


def _consent(person_id: UUID, places: Collection[str]) -> Consent:
    return Consent.objects.create(
        user_id=person_id,
        kind=ConsentKind.RESUME_VISIBILITY,
        scope={"places": list(places), "place_names": [place_name(code) for code in places]},
        text_version=CONSENT_TEXT_VERSION,
        given_at=clock.now(),
    )


def _end_consent(row: Visibility | None) -> None:
    if row and row.consent_id:
        Consent.objects.filter(pk=row.consent_id, withdrawn_at=None).update(withdrawn_at=clock.now())
