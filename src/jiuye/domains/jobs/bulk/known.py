"""The postings that the rows of a batch may already be."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jiuye.domains.jobs.bulk.tables import these
from jiuye.domains.jobs.codes import fold_code, has_folded_code
from jiuye.domains.jobs.models import JobPosting


class KnownPostings:
    """Postings by the agency's code and by content, each as it is after the rows before.

    `folds_codes`: a code also means the only posting whose code is the same once both are folded (`jobs.codes`).
    """

    def __init__(self, *, folds_codes: bool) -> None:
        self._folds = folds_codes
        self._by_code: dict[str, JobPosting] = {}
        self._by_folded: dict[str, JobPosting | None] = {}
        self._by_content: dict[str, JobPosting] = {}

    def remember(self, posting: JobPosting) -> None:
        """Use the posting for the rows that follow."""
        if posting.external_code:
            self._by_code[posting.external_code] = posting
            if self._folds:
                folded = fold_code(posting.external_code)
                known = self._by_folded.get(folded, posting)
                self._by_folded[folded] = posting if known is not None and known.id == posting.id else None
        if posting.content_hash:
            self._by_content[posting.content_hash] = posting

    def has_code(self, code: str) -> bool:
        """Return whether a posting has this code."""
        return self._with_code(code) is not None

    def find(self, code: str, content_hash: str) -> JobPosting | None:
        """Return the posting that a row is: by the agency's code; without one, or before it had one, by its content."""
        if code and (known := self._with_code(code)):
            return known
        same = self._by_content.get(content_hash)
        if same is None or (code and same.external_code):
            return None
        return same

    def _with_code(self, code: str) -> JobPosting | None:
        known = self._by_code.get(code)
        return self._by_folded.get(fold_code(code)) if known is None and self._folds else known


def stored_postings(
    agency_id: UUID, rows: Iterable[tuple[str, str]], *, lock: bool, folds_codes: bool
) -> KnownPostings:
    """Return the agency's postings that rows may be, by code and content hash of each row; either may be blank.

    `lock` them for the open transaction. At most two queries, four if codes are folded.
    """
    known = KnownPostings(folds_codes=folds_codes)
    pairs = list(rows)
    mine = JobPosting.objects.filter(agency_id=agency_id).order_by("-id")
    if lock:
        mine = mine.select_for_update()
    if codes := [code for code, _ in pairs if code]:
        # The indexes leave out blank values; the conditions say so too, or they would not be used.
        numbered = mine.exclude(external_code="").filter(external_code__in=these(codes))
        if folds_codes:
            numbered = mine.filter(pk__in=_with_folded(agency_id, codes))
        for posting in numbered:
            known.remember(posting)
    if hashes := [content for code, content in pairs if content and not known.has_code(code)]:
        for posting in mine.exclude(content_hash="").filter(content_hash__in=these(hashes)):
            known.remember(posting)
    return known


def _with_folded(agency_id: UUID, codes: Sequence[str]) -> set[UUID]:
    """Return the agency's postings whose code is one of these, folded or as written.

    Apart from locking: ordered, as locks must be, the database would fold the codes of all postings.
    """
    numbered = JobPosting.objects.filter(agency_id=agency_id).exclude(external_code="").values_list("pk", flat=True)
    found = set(numbered.filter(has_folded_code(codes)))
    if others := [code for code in codes if not code.isascii()]:
        found.update(numbered.filter(external_code__in=these(others)))
    return found
