"""Writes on postings. Seekers' saved postings and history are in `records`, sheets in `imports`."""

from jiuye.domains.jobs.actions import imports, records
from jiuye.domains.jobs.actions.checks import Screened
from jiuye.domains.jobs.actions.drafts import change_posting, copy_posting, create_posting, delete_posting, edit_posting
from jiuye.domains.jobs.actions.figures import recount_shops_of_changed_postings, recount_shops_of_restricted_employer
from jiuye.domains.jobs.actions.moderation import approve_posting, ban_posting, reject_posting
from jiuye.domains.jobs.actions.occupations import choose_occupation, keep_label
from jiuye.domains.jobs.actions.publication import (
    Outcome,
    confirm_posting,
    confirm_several,
    expire_due_postings,
    fill_posting,
    publish_posting,
    publish_several,
    withdraw_posting,
    withdraw_several,
)
from jiuye.domains.jobs.actions.retention import forget_old_sheets, forget_old_views
from jiuye.domains.jobs.actions.upserts import (
    MOST_AT_ONCE,
    StatedPosting,
    StoredPosting,
    faults_of,
    stated_employer,
    write_postings,
)
from jiuye.domains.jobs.actions.wishes import WISH_LIMIT, answer_wish, wish_for_change
from jiuye.domains.jobs.content import PostingContent

__all__ = [
    "MOST_AT_ONCE",
    "WISH_LIMIT",
    "Outcome",
    "PostingContent",
    "Screened",
    "StatedPosting",
    "StoredPosting",
    "answer_wish",
    "approve_posting",
    "ban_posting",
    "change_posting",
    "choose_occupation",
    "confirm_posting",
    "confirm_several",
    "copy_posting",
    "create_posting",
    "delete_posting",
    "edit_posting",
    "expire_due_postings",
    "faults_of",
    "fill_posting",
    "forget_old_sheets",
    "forget_old_views",
    "imports",
    "keep_label",
    "publish_posting",
    "publish_several",
    "records",
    "recount_shops_of_changed_postings",
    "recount_shops_of_restricted_employer",
    "reject_posting",
    "stated_employer",
    "wish_for_change",
    "withdraw_posting",
    "withdraw_several",
    "write_postings",
]
