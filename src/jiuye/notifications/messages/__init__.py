"""Message texts as data: for each kind the title, the body, the link, and the text message if there is one.

Placeholders are the fields of `Facts`. No names of applicants: these rows and messages are stored in plain text
(个人信息保护法 art. 51).
"""

from collections.abc import Iterator

from jiuye.notifications.messages.affiliations import AFFILIATIONS
from jiuye.notifications.messages.agencies import TO_AGENCY, TO_STAFF
from jiuye.notifications.messages.applicants import TO_SEEKER
from jiuye.notifications.messages.audits import AUDITS
from jiuye.notifications.messages.fairs import FAIRS, FAIRS_TO_EMPLOYERS
from jiuye.notifications.messages.members import ERASURE_HELD, MEMBERS, TO_OWNERS
from jiuye.notifications.messages.operators import OPERATORS
from jiuye.notifications.messages.qualifications import QUALIFICATIONS
from jiuye.notifications.messages.reminders import REMINDERS
from jiuye.notifications.messages.sanctions import SANCTIONS
from jiuye.notifications.messages.services import (
    ANSWERED,
    CHECKED,
    CHECKED_EMPLOYMENT,
    MANY_CODES,
    REPORTED,
    SAVED_SEARCH,
    SEEN,
)
from jiuye.notifications.messages.texts import SIGNATURE, Facts, Text, daily_key, fill, in_words, parameters

__all__ = [
    "AFFILIATIONS",
    "ANSWERED",
    "AUDITS",
    "CHECKED",
    "CHECKED_EMPLOYMENT",
    "ERASURE_HELD",
    "FAIRS",
    "FAIRS_TO_EMPLOYERS",
    "MANY_CODES",
    "MEMBERS",
    "OPERATORS",
    "QUALIFICATIONS",
    "REMINDERS",
    "REPORTED",
    "SANCTIONS",
    "SAVED_SEARCH",
    "SEEN",
    "SIGNATURE",
    "TO_AGENCY",
    "TO_OWNERS",
    "TO_SEEKER",
    "TO_STAFF",
    "Facts",
    "Text",
    "daily_key",
    "every",
    "fill",
    "find",
    "in_words",
    "parameters",
]

_GROUPS = {
    "audit": AUDITS,
    "seeker": TO_SEEKER,
    "alert": {"saved_search": SAVED_SEARCH},
    "verification": {"answered": CHECKED},
    "feedback": {"answered": ANSWERED},
    "fair": FAIRS,
    "agency": TO_AGENCY,
    "resume": {"seen": SEEN},
    "reminder": REMINDERS,
    "affiliation": AFFILIATIONS,
    "member": MEMBERS,
    "team": TO_OWNERS,
    "operator": OPERATORS,
    "sanction": SANCTIONS,
    "qualification": QUALIFICATIONS,
    "staff": TO_STAFF | FAIRS_TO_EMPLOYERS,
}


def find(template: str) -> Text:
    """Return the text of a template named `group.kind` (`seeker.invite`). Raises KeyError."""
    group, kind = template.split(".")
    return _GROUPS[group][kind]


def every() -> Iterator[tuple[str, Text]]:
    """Return all templates by name."""
    for group, texts in _GROUPS.items():
        for kind, text in texts.items():
            yield f"{group}.{kind}", text
