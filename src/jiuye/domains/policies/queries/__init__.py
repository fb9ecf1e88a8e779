"""Reads of policies: public ones, and the editors'."""

from jiuye.domains.policies.policies import MOST_CONDITIONS, Condition
from jiuye.domains.policies.queries.editor import (
    Change,
    PolicyDesk,
    PolicyRow,
    counts,
    desk,
    draft_file,
    history,
    listing,
    preview,
)
from jiuye.domains.policies.queries.public import (
    WHOLE_COUNTRY,
    Eligibility,
    PolicyCard,
    PolicyFileView,
    PolicyView,
    Withdrawn,
    eligibility,
    file,
    on_the_map,
    policies,
    policy,
)

__all__ = [
    "MOST_CONDITIONS",
    "WHOLE_COUNTRY",
    "Change",
    "Condition",
    "Eligibility",
    "PolicyCard",
    "PolicyDesk",
    "PolicyFileView",
    "PolicyRow",
    "PolicyView",
    "Withdrawn",
    "counts",
    "desk",
    "draft_file",
    "eligibility",
    "file",
    "history",
    "listing",
    "on_the_map",
    "policies",
    "policy",
    "preview",
]
