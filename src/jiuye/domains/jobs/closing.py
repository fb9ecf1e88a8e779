"""Why and when a posting closed: set together, and cleared together when it opens again."""

from datetime import datetime

from jiuye.domains.jobs.content import HIGHEST_HEADCOUNT
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.states import ClosingReason
from jiuye.kernel.errors import Invalid

COLUMNS = ("closed_at", "closing_reason", "hired_here", "hired_elsewhere")


def close(posting: JobPosting, reason: ClosingReason, moment: datetime) -> None:
    """Set the reason and the time, not the state."""
    posting.closed_at, posting.closing_reason = moment, reason


def reopen(posting: JobPosting) -> None:
    """Clear what `close` and a filling set."""
    posting.closed_at, posting.closing_reason = None, ""
    posting.hired_here = posting.hired_elsewhere = None


def check_hired(here: int, elsewhere: int) -> None:
    """Raises `Invalid` (fields hired_here, hired_elsewhere) for impossible numbers, and if nobody was hired."""
    faults = {
        name: f"请填写 0 到 {HIGHEST_HEADCOUNT} 之间的整数。"
        for name, number in {"hired_here": here, "hired_elsewhere": elsewhere}.items()
        if not 0 <= number <= HIGHEST_HEADCOUNT
    }
    if not faults and here + elsewhere == 0:
        faults["hired_here"] = "招满至少要招到 1 人，请填写人数；没有招到人，请用“下架”。"
    if faults:
        raise Invalid(faults)
