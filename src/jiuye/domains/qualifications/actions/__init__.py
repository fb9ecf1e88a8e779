"""Writes on qualifications."""

from jiuye.domains.qualifications.actions.claims import (
    MOST_AT_ONCE,
    Claimed,
    assign,
    claim,
    claim_next,
    claim_several,
    release,
)
from jiuye.domains.qualifications.actions.complaints import (
    open_complaint,
)
from jiuye.domains.qualifications.actions.decisions import (
    REASON_LIMIT,
    pass_case,
    return_case,
    reverse_case,
)
from jiuye.domains.qualifications.actions.expiry import (
    open_renewal,
    refresh_listings,
    tell_of_expiry,
)
from jiuye.domains.qualifications.actions.items import (
    confirm_item,
    prove_employment,
    prove_handler,
    save_item,
)
from jiuye.domains.qualifications.actions.machine_checks import (
    REGISTER_TASK,
    ask_again,
    ask_registers,
)
from jiuye.domains.qualifications.actions.materials import (
    INSPECTION_TASK,
    add_material,
    delete_material,
    erase_due,
    inspect_material,
    recheck_waiting,
)
from jiuye.domains.qualifications.actions.notes import (
    NOTE_LIMIT,
    add_note,
    open_materials,
    record_download,
)
from jiuye.domains.qualifications.actions.own_look import open_own_material
from jiuye.domains.qualifications.actions.profile import (
    Profile,
    complete_profile,
)
from jiuye.domains.qualifications.actions.recognition import (
    READING_TASK,
    read_picture,
)
from jiuye.domains.qualifications.actions.registration import (
    AlreadyRegistered,
    Registered,
    Registration,
    begin_case,
    register,
    release_abandoned,
)
from jiuye.domains.qualifications.actions.submission import (
    submit,
    withdraw,
)
from jiuye.domains.qualifications.verdicts import (
    ItemVerdict,
)

__all__ = [
    "INSPECTION_TASK",
    "MOST_AT_ONCE",
    "NOTE_LIMIT",
    "READING_TASK",
    "REASON_LIMIT",
    "REGISTER_TASK",
    "AlreadyRegistered",
    "Claimed",
    "ItemVerdict",
    "Profile",
    "Registered",
    "Registration",
    "add_material",
    "add_note",
    "ask_again",
    "ask_registers",
    "assign",
    "begin_case",
    "claim",
    "claim_next",
    "claim_several",
    "complete_profile",
    "confirm_item",
    "delete_material",
    "erase_due",
    "inspect_material",
    "open_complaint",
    "open_materials",
    "open_own_material",
    "open_renewal",
    "pass_case",
    "prove_employment",
    "prove_handler",
    "read_picture",
    "recheck_waiting",
    "record_download",
    "refresh_listings",
    "register",
    "release",
    "release_abandoned",
    "return_case",
    "reverse_case",
    "save_item",
    "submit",
    "tell_of_expiry",
    "withdraw",
]
