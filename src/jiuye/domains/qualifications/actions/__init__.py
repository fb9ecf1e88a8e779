"""Writes on qualifications."""

from jiuye.domains.qualifications.actions.expiry import open_renewal, refresh_listings, tell_of_expiry
from jiuye.domains.qualifications.actions.items import confirm_item, prove_handler, save_item
from jiuye.domains.qualifications.actions.machine_checks import REGISTER_TASK, ask_again, ask_registers
from jiuye.domains.qualifications.actions.materials import (
    INSPECTION_TASK,
    add_material,
    delete_material,
    erase_due,
    inspect_material,
    recheck_waiting,
)
from jiuye.domains.qualifications.actions.profile import Profile, complete_profile
from jiuye.domains.qualifications.actions.registration import (
    AlreadyRegistered,
    Registered,
    Registration,
    begin_case,
    register,
    release_abandoned,
)
from jiuye.domains.qualifications.actions.submission import submit, withdraw

__all__ = [
    "INSPECTION_TASK",
    "REGISTER_TASK",
    "AlreadyRegistered",
    "Profile",
    "Registered",
    "Registration",
    "add_material",
    "ask_again",
    "ask_registers",
    "begin_case",
    "complete_profile",
    "confirm_item",
    "delete_material",
    "erase_due",
    "inspect_material",
    "open_renewal",
    "prove_handler",
    "recheck_waiting",
    "refresh_listings",
    "register",
    "release_abandoned",
    "save_item",
    "submit",
    "tell_of_expiry",
    "withdraw",
]
