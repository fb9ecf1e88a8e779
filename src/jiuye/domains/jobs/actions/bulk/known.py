"""The postings that the rows of a batch may already be."""

from collections.abc import Iterable
from uuid import UUID

from jiuye.domains.jobs.actions.bulk.tables import these
from jiuye.domains.jobs.models import JobPosting


class KnownPostings:
    """Postings by the agency's code and by content, locked, each as it is after the rows before. At most two queries."""

    def __init__(self, agency_id: UUID, rows: Iterable[tuple[str, str]]) -> None:
        """`rows`: code and content hash of each row; either may be blank."""
        self._by_code: dict[str, JobPosting] = {}
        self._by_content: dict[str, JobPosting] = {}
        pairs = list(rows)
        mine = JobPosting.objects.filter(agency_id=agency_id).select_for_update().order_by("-id")
        if codes := [code for code, _ in pairs if code]:
            # The indexes leave out blank values; the conditions say so too, or they would not be used.
            for posting in mine.exclude(external_code="").filter(external_code__in=these(codes)):
                self.remember(posting)
        if hashes := [content for code, content in pairs if content and code not in self._by_code]:
            for posting in mine.exclude(content_hash="").filter(content_hash__in=these(hashes)):
                self.remember(posting)

    def remember(self, posting: JobPosting) -> None:
        """Use the posting for the rows that follow."""
        if posting.external_code:
            self._by_code[posting.external_code] = posting
        if posting.content_hash:
            self._by_content[posting.content_hash] = posting

    def find(self, code: str, content_hash: str) -> JobPosting | None:
        """Return the posting that a row is: by the agency's code; without one, or before it had one, by its content."""
        if code and (known := self._by_code.get(code)):
            return known
        same = self._by_content.get(content_hash)
        if same is None or (code and same.external_code):
            return None
        return same
