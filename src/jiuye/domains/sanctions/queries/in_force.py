"""What is in force on a subject, and its history."""

from uuid import UUID

from django.db.models import Q

from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.sanctions.models import Sanction
from jiuye.domains.sanctions.states import Level, SanctionState, Subject

_ORDER = list(Level)


def of_same_code(kind: Subject, organisation_id: UUID) -> list[tuple[Subject, UUID]]:
    """Return the organisation and the one of the other kind with the same credit code, agencies first. Three queries."""
    model: type[Agency] | type[Employer] = Agency if kind == Subject.AGENCY else Employer
    code = model._default_manager.filter(pk=organisation_id).values_list("credit_code", flat=True).first()
    own = Q(pk=organisation_id)
    agencies = Q(credit_code=code) if code else Q(pk=None)
    employers = Q(credit_code=code) if code else Q(pk=None)
    if kind == Subject.AGENCY:
        agencies |= own
    else:
        employers |= own
    return [
        *((Subject.AGENCY, pk) for pk in Agency.objects.filter(agencies).order_by("pk").values_list("pk", flat=True)),
        *(
            (Subject.EMPLOYER, pk)
            for pk in Employer.objects.filter(employers).order_by("pk").values_list("pk", flat=True)
        ),
    ]


def level_in_force(kind: Subject, subject_id: UUID) -> Level | None:
    """Return the highest level in force, with bans on the same credit code; None if there is none. At most four queries."""
    wanted = Q(**{f"{kind}_id": subject_id})
    if kind != Subject.PERSON:
        for twin_kind, twin_id in of_same_code(kind, subject_id):
            wanted |= Q(level=Level.BAN, **{f"{twin_kind}_id": twin_id})
    levels = Sanction.objects.filter(wanted, state=SanctionState.ACTIVE).order_by().values_list("level", flat=True)
    return max((Level(level) for level in levels), key=_ORDER.index, default=None)


def sanctions_of(kind: Subject, subject_id: UUID) -> list[Sanction]:
    """Return a subject's sanctions with their appeals, newest first. Two queries."""
    rows = Sanction.objects.filter(**{f"{kind}_id": subject_id}).prefetch_related("appeals")
    return list(rows.order_by("-decided_at", "-id"))
