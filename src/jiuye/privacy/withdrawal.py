"""Withdraw a consent, as easily as it was given (个人信息保护法 art. 15)."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications import actions as applications
from jiuye.domains.applications.events import ConsentWithdrawn
from jiuye.domains.applications.models import Application
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.privacy.consents import WITHDRAWABLE


@transaction.atomic
def withdraw_consent(actor: Actor, *, consent_id: UUID, ends_application: bool = False) -> None:
    """Withdraw one of the actor's consents. Idempotent. What was done before stays lawful.

    An application whose resume was disclosed under it is withdrawn too, if its state allows that; `ends_application`
    says that the person was told so. Raises `NotFound`, and `Refused` if an application would end and the person was
    not told.
    """
    row = Consent.objects.filter(pk=consent_id, user_id=actor.person).first()
    if row is None:
        raise NotFound
    if row.withdrawn_at is not None:
        return
    if row.kind == ConsentKind.RESUME_DISCLOSURE:
        _close_application(actor, row, ends_application)
    elif row.kind == ConsentKind.VERIFICATION:
        _stop_checks(actor, row)
    elif row.kind == ConsentKind.RESUME_VISIBILITY:
        resumes.stop_showing(actor, consent_id=row.pk)
    Consent.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
    audit.record(actor, "consent.withdraw", row.pk, kind=row.kind)


def _close_application(actor: Actor, row: Consent, ends_application: bool) -> None:
    application = Application.objects.select_for_update(of=("self",)).filter(consent_id=row.pk).first()
    if application is None:
        return
    if application.state in WITHDRAWABLE:
        if not ends_application:
            raise Refused("撤回这项同意会同时撤回投递。请看清说明后再确认一次。", code="ends_application")
        applications.withdraw(actor, application_id=application.pk)
    events.publish(actor, ConsentWithdrawn(application.id, application.posting_id, application.agency_id))


def _stop_checks(actor: Actor, row: Consent) -> None:
    present = VerificationCase.objects.filter(consent_id=row.pk, user_id=actor.person, superseded_at=None)
    if subjects := list(present.values_list("subject_id", flat=True)):
        verification.reset(actor, subject_ids=subjects)
