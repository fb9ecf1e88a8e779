"""Jobs that are open at several agencies: copies of postings with slightly different pay."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from jiuye.domains.jobs.models import JobPosting
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

EVERY = 40


def build(chance: Chance, moment: datetime, cast: Cast, postings: Sequence[JobPosting]) -> list[JobPosting]:
    """Write them. Return the written postings, for the shops' figures."""
    made: list[JobPosting] = []
    for posting in postings[::EVERY]:
        others = [agency for agency in cast.agencies if agency.id != posting.agency_id and agency.is_listed]
        for agency in chance.sample(others, chance.choice([1, 2])):
            made.append(_at(chance, moment, agency.id, posting))
    copy_rows(made)
    return made


def _at(chance: Chance, moment: datetime, agency_id: object, posting: JobPosting) -> JobPosting:
    other = copy(posting)
    other.id, other.external_code, other.content_hash, other.import_batch_id = chance.id(), "", "", None
    other.agency_id = agency_id  # type: ignore[assignment]
    other.published_at = other.confirmed_at = chance.before(moment, 24 * 3, 24 * 20)
    if posting.pay_min and posting.pay_max and posting.pay_unit == "month":
        other.pay_max, other.pay_text = posting.pay_max + 500, ""
    return other
