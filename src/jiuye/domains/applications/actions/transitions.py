"""The one way an application changes state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from jiuye.domains.applications import policies
from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.applications.states import APPLICATION, APPLICATION_LABELS, CLOSED, REMARKS
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.transitions import NOTHING

_ADVANCED = ("state", "state_changed_at", "respond_by", "version", "first_handled_at")


def lock(actor: Actor, application_id: UUID, *, to_write: bool = True) -> tuple[Application, str]:
    """Return the application under a row lock, and the actor's party. Raises `NotFound` and `Denied`.

    `to_write=False` also admits read-only members: opening a resume is a read, though it is logged.
    """
    application = Application.objects.select_for_update(of=("self",)).filter(pk=application_id).first()
    if application is None:
        raise NotFound
    party = policies.party_of(actor, application)
    if to_write:
        policies.may_write(actor, party)
    return application, party


def create(actor: Actor, application: Application, verb: str, *, rows: Sequence[Model]) -> None:
    """Take the transition that creates an application: set its state and write `rows`, timeline entry, event and audit entry.

    One statement writes all. `rows` contain the unsaved `application`, whose `submitted_at` is set. Raises `Refused` for a
    party that the state machine does not allow, `NotFound` for somebody who is no party.
    """
    party, moment = policies.party_of(actor, application), application.submitted_at
    application.state = APPLICATION.find(verb, NOTHING, party).target
    application.state_changed_at = moment
    application.respond_by = policies.agency_deadline(application.state, moment)
    record(actor, application, party, verb, NOTHING, note="", detail={}, moment=moment, rows=rows)


def advance(
    actor: Actor,
    application: Application,
    party: str,
    verb: str,
    *,
    note: str = "",
    detail: dict[str, Any] | None = None,
    respond_by: datetime | None = None,
    **changes: Any,
) -> None:
    """Take one transition of a locked application: state, `changes`, timeline entry, event, audit.

    Raises `Refused` when the state machine does not allow it; nothing has changed then.
    """
    row = APPLICATION.find(verb, application.state, party)
    moment = clock.now()
    previous, application.state = application.state, row.target
    application.state_changed_at = moment
    application.respond_by = (
        None if row.target in CLOSED else (respond_by or policies.agency_deadline(row.target, moment))
    )
    application.version += 1
    if party == "agency" and verb != "view" and application.first_handled_at is None:
        application.first_handled_at = moment
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=[*_ADVANCED, *changes])
    record(actor, application, party, verb, previous, note=note, detail=detail or {}, moment=moment)


def remark(
    actor: Actor,
    application: Application,
    party: str,
    verb: str,
    *,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record a remark on a locked application: timeline entry, event, audit; the state stays.

    Raises `Refused` when `REMARKS` does not allow this party or state.
    """
    by, states, label = REMARKS[verb]
    if party != by:
        raise Refused(f"您不能进行“{label}”操作。", code="party_not_allowed")
    if application.state not in states:
        present = APPLICATION_LABELS[application.state]
        raise Refused(f"当前状态是“{present}”，不能{label}。请刷新页面查看最新进展。", code="state_not_allowed")
    record(actor, application, party, verb, application.state, note=note, detail=detail or {}, moment=clock.now())


def record(
    actor: Actor,
    application: Application,
    party: str,
    verb: str,
    previous: str,
    *,
    note: str,
    detail: dict[str, Any],
    moment: datetime,
    rows: Sequence[Model] = (),
) -> None:
    """Write the timeline entry of a transition with its event and audit entry, and `rows` (new ones) before them.

    `previous` is the state before, `NOTHING` for a new application.
    """
    entry = ApplicationEvent(
        application_id=application.id,
        verb=verb,
        from_state=previous,
        to_state=application.state,
        party=party,
        actor_person_id=actor.person_id,
        actor_organisation_id=actor.organisation_id,
        actor_client_id=actor.client_id,
        actor_client_name=actor.client_name,
        note=note,
        detail=detail,
        occurred_at=moment,
    )
    event = ApplicationAdvanced(
        application_id=application.id,
        application_event_id=entry.id,
        posting_id=application.posting_id,
        applicant_id=application.applicant_id,
        agency_id=application.agency_id,
        verb=verb,
        party=party,
        to_state=application.state,
    )
    states = {"from_state": previous, "to_state": application.state}
    audited = audit.entry(actor, f"application.{verb}", application.id, **states)
    events.publish(actor, event, rows=[*rows, entry, audited])
