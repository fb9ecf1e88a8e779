"""What a sanction does to its subject: the highest level in force counts, so lifting one leaves the others' effects."""

from uuid import UUID

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.accounts.models import Membership, RealName, User
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.sanctions import policies, queries
from jiuye.domains.sanctions.models import BanEntry, Sanction
from jiuye.domains.sanctions.states import Level, Subject
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import NotFound

OWN_PAGE = "/me/sanctions"
"""Where a person reads the decision and appeals."""

_SUSPENDING = (Level.SUSPEND, Level.BAN)


def lock_subject(kind: Subject, subject_id: UUID) -> None:
    """Lock the subject, so that its sanctions change one after the other: before any of them. Raise `NotFound`.

    A ban is on a credit code, so the other organisation with that code is locked too; agencies first, against deadlocks.
    """
    if kind == Subject.PERSON:
        if not User.objects.select_for_update(of=("self",)).filter(pk=subject_id).exists():
            raise NotFound
        return
    parties = queries.of_same_code(kind, subject_id)
    if (kind, subject_id) not in parties:
        raise NotFound
    for party_kind, party_id in parties:
        organisations.lock_organisation(party_kind, party_id)


def apply(actor: Actor, kind: Subject, subject_id: UUID) -> None:
    """Give the subject the effects of the highest level in force. Idempotent."""
    if kind == Subject.PERSON:
        _apply_to_person(actor, subject_id)
        return
    for party_kind, party_id in queries.of_same_code(kind, subject_id):
        level = queries.level_in_force(party_kind, party_id)
        restriction = policies.RESTRICTIONS[level]
        organisations.restrict(actor, kind=party_kind, organisation_id=party_id, restriction=restriction)


def _apply_to_person(actor: Actor, person_id: UUID) -> None:
    """Suspend the account until the last of the sanctions that suspend it ends, or restore it."""
    if User.objects.filter(pk=person_id).exclude(erased_at=None).exists():
        return
    suspending = Sanction.objects.filter(person_id=person_id, state="active", level__in=_SUSPENDING)
    found = list(suspending.order_by("-starts_at", "-id"))
    if not found:
        accounts.restore_account(actor, person_id=person_id)
        return
    ends = [one.ends_on for one in found]
    accounts.suspend_account(
        actor,
        person_id=person_id,
        until=None if None in ends else max(end for end in ends if end),
        notice=found[0].reason,
        link=OWN_PAGE,
    )


def enter(ban: Sanction) -> None:
    """Enter a ban's subject in the list: by credit code or as a person, and the owners if it says so."""
    if ban.kind == Subject.PERSON:
        _enter_person(ban, ban.subject_id)
        return
    party: Agency | Employer | None = ban.agency or ban.employer
    BanEntry.objects.create(sanction=ban, credit_code=(party and party.credit_code) or "", since=clock.now())
    if ban.with_owners:
        owners = Membership.objects.filter(organisation_id=ban.subject_id, role="owner", ended_at=None)
        for person_id in owners.order_by("created_at", "id").values_list("user_id", flat=True):
            _enter_person(ban, person_id)


def leave(sanction: Sanction) -> None:
    """End the entries of a ban; nobody can be found by them any more, nor read in them."""
    if sanction.level == Level.BAN:
        BanEntry.objects.filter(sanction=sanction, ended_at=None).update(
            ended_at=clock.now(), phone="", phone_index=None, id_number="", id_number_index=None
        )


def _enter_person(ban: Sanction, person_id: UUID) -> None:
    person = User.objects.get(pk=person_id)
    named = RealName.objects.filter(pk=person_id).first()
    BanEntry.objects.create(
        sanction=ban,
        person=person,
        phone=person.phone,
        phone_index=person.phone_index,
        id_number=named.id_number if named else "",
        id_number_index=blind_index(named.id_number, "id-number") if named else None,
        since=clock.now(),
    )
