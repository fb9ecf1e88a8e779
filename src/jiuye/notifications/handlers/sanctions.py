"""Notifications about sanctions and appeals, to the organisation's owners or to the person."""

from jiuye.domains.sanctions import queries
from jiuye.domains.sanctions.events import AppealDecided, SanctionClosed, SanctionImposed
from jiuye.domains.sanctions.queries import ToTell
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import SANCTIONS, Facts
from jiuye.notifications.recipients import staff_of


def tell_of_sanction(event: SanctionImposed, delivered: Delivered) -> None:
    """Tell the subject of a sanction that came into force."""
    sanction = queries.to_tell(event.sanction_id)
    until = f"至 {sanction.ends_on}（含当日）。" if sanction.ends_on else ""
    _tell("imposed", sanction, delivered, until)


def tell_of_closed_sanction(event: SanctionClosed, delivered: Delivered) -> None:
    """Tell the subject that a sanction was lifted or has ended."""
    sanction = queries.to_tell(event.sanction_id)
    _tell("ended" if sanction.state == "ended" else "lifted", sanction, delivered)


def tell_of_decided_appeal(event: AppealDecided, delivered: Delivered) -> None:
    """Tell the subject of the answer to an appeal."""
    appeal = queries.appeal_to_tell(event.appeal_id)
    _tell("appeal_upheld" if appeal.is_upheld else "appeal_rejected", appeal.sanction, delivered)


def _tell(kind: str, sanction: ToTell, delivered: Delivered, found: str = "") -> None:
    is_person = sanction.kind == "person"
    place = "me" if is_person else sanction.kind
    facts = Facts(title=sanction.level_label, found=found, link=f"/{place}/sanctions/{sanction.id}")
    told = [sanction.subject_id] if is_person else list(staff_of(sanction.subject_id).owners)
    side = Side() if is_person else Side(sanction.kind, sanction.subject_id)
    tell(SANCTIONS[kind], f"sanction.{kind}", facts, delivered, user_ids=told, by_sms=told, side=side)
