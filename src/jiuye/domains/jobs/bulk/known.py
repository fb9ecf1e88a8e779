"""The postings that the rows of a batch may already be."""

from collections.abc import Iterable
from uuid import UUID

from jiuye.domains.jobs.bulk.tables import these
from jiuye.domains.jobs.models import JobPosting


class KnownPostings:
    """Postings by the agency's code and by content, each as it is after the rows before."""

    def __init__(self) -> None:
        self._by_code: dict[str, JobPosting] = {}
        self._by_content: dict[str, JobPosting] = {}

    def remember(self, posting: JobPosting) -> None:
        """Use the posting for the rows that follow."""
        if posting.external_code:
            self._by_code[posting.external_code] = posting
        if posting.content_hash:
            self._by_content[posting.content_hash] = posting

    def has_code(self, code: str) -> bool:
        """Return whether a posting has this code."""
        return code in self._by_code

    def find(self, code: str, content_hash: str) -> JobPosting | None:
        """Return the posting that a row is: by the agency's code; without one, or before it had one, by its content."""
        if code and (known := self._by_code.get(code)):
            return known
        same = self._by_content.get(content_hash)
        if same is None or (code and same.external_code):
            return None
        return same


def stored_postings(agency_id: UUID, rows: Iterable[tuple[str, str]], *, lock: bool) -> KnownPostings:
    """Return the agency's postings that rows may be, by code and content hash of each row; either may be blank.

    `lock` them for the open transaction. At most two queries.
    """
    known = KnownPostings()
    pairs = list(rows)
    mine = JobPosting.objects.filter(agency_id=agency_id).order_by("-id")
    if lock:
        mine = mine.select_for_update()
    if codes := [code for code, _ in pairs if code]:
        # The indexes leave out blank values; the conditions say so too, or they would not be used.
        for posting in mine.exclude(external_code="").filter(external_code__in=these(codes)):
            known.remember(posting)
    if hashes := [content for code, content in pairs if content and not known.has_code(code)]:
        for posting in mine.exclude(content_hash="").filter(content_hash__in=these(hashes)):
            known.remember(posting)
    return known
