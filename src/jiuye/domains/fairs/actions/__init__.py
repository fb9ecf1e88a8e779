"""Writes on fairs: organise them, add employers, register and check in."""

from jiuye.domains.fairs.actions.editorial import (
    LIMITS,
    MOST_PLACES,
    PLAN_LIMIT,
    REASON_LIMIT,
    FairContent,
    cancel_fair,
    copy_fair,
    create_fair,
    delete_draft,
    edit_fair,
    publish_fair,
)
from jiuye.domains.fairs.actions.participation import (
    BOOTH_LIMIT,
    MOST_EMPLOYERS,
    add_employer,
    change_place,
    remove_employer,
)
from jiuye.domains.fairs.actions.registrations import cancel, check_in, register, remind_of_tomorrow

__all__ = [
    "BOOTH_LIMIT",
    "LIMITS",
    "MOST_EMPLOYERS",
    "MOST_PLACES",
    "PLAN_LIMIT",
    "REASON_LIMIT",
    "FairContent",
    "add_employer",
    "cancel",
    "cancel_fair",
    "change_place",
    "check_in",
    "copy_fair",
    "create_fair",
    "delete_draft",
    "edit_fair",
    "publish_fair",
    "register",
    "remind_of_tomorrow",
    "remove_employer",
]
