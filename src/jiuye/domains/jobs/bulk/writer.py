"""Decide on each row of a batch: create, update, leave, or refuse it. The same rules for sheets and for the API."""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cached_property, lru_cache
from uuid import UUID

from jiuye.domains.jobs import policies, screening
from jiuye.domains.jobs.bulk.employers import EmployerFault, NamedEmployer
from jiuye.domains.jobs.bulk.records import Records
from jiuye.domains.jobs.bulk.rows import Decision, Row
from jiuye.domains.jobs.bulk.tables import Rows
from jiuye.domains.jobs.closing import reopen
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.faults import fault_of, missing_faults
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.states import POSTING, POSTING_LABELS, PostingState
from jiuye.kernel.errors import Fault

CLOSED_TO_AGENCIES = frozenset({PostingState.BANNED, PostingState.UNDER_REVIEW})


class Writer:
    """Decides on rows one after the other; `rows` are to be written in the open transaction, or only shown.

    `named` are those of the rows that name an employer by its name. `obstacle` returns why the agency may not publish now,
    or "".
    """

    def __init__(
        self,
        records: Records,
        rows: Sequence[Row],
        named: Sequence[NamedEmployer],
        *,
        obstacle: Callable[[], str],
        moment: datetime,
        today: date,
    ) -> None:
        self._records, self._obstacle, self.moment, self.today = records, obstacle, moment, today
        self._all = rows
        self._employers = records.employers(named)
        self.known = records.postings([(row.external_code, self._hash(row)) for row in rows])
        self.rows = Rows()
        self._verbs: dict[UUID, str] = {}

    @cached_property
    def obstacle(self) -> str:
        """Why the agency may not publish, or ""."""
        return self._obstacle()

    @cached_property
    def _obstacles(self) -> Mapping[UUID, str]:
        """Why no postings for these employers may be published."""
        found = {row.employer if isinstance(row.employer, UUID) else self._resolved(row) for row in self._all}
        ids = {one for one in found if isinstance(one, UUID)}
        return self._records.employer_obstacles(ids) if ids else {}

    def _resolved(self, row: Row) -> UUID | EmployerFault | None:
        return self._employers[row.employer] if isinstance(row.employer, tuple) else row.employer

    def happened(self) -> list[PostingsChanged]:
        """Return the events of what became public, changed while it is public, or waits for a review now."""
        ids: dict[str, list[UUID]] = {}
        for posting_id, verb in self._verbs.items():
            ids.setdefault(verb, []).append(posting_id)
        return [PostingsChanged(some, verb) for verb, some in ids.items()]

    def _hash(self, row: Row) -> str:
        employer = self._resolved(row)
        return "" if isinstance(employer, EmployerFault) else row.content_hash(employer)

    def decide(self, row: Row) -> Decision:
        """Return what happens to the next row."""
        employer = self._resolved(row)
        if isinstance(employer, EmployerFault):
            refused = row.new(None, self.moment)
            return Decision(
                "rejected", None, [Fault(employer.field, employer.message, rule="employer")], refused=refused
            )
        known = self.known.find(row.external_code, row.content_hash(employer))
        if found := row.conflict(known):
            return Decision("conflict", known, [found])
        if known is None:
            return self._create(row, employer)
        return self._update(row, known, employer)

    def _create(self, row: Row, employer: UUID | None) -> Decision:
        posting = row.new(employer, self.moment)
        faults, withheld = self._publish(row, posting, {PostingState.DRAFT})
        if faults:
            return Decision("rejected", None, faults, refused=posting)
        self.rows.new[posting.id] = posting
        self.known.remember(posting)
        return Decision("created", posting, published=self._note(posting), withheld=withheld)

    def _update(self, row: Row, known: JobPosting, employer: UUID | None) -> Decision:
        posting = copy(known)
        changed = row.apply(posting, employer)
        if known.state in CLOSED_TO_AGENCIES:
            if changed:
                return Decision("conflict", known, [_closed(known)], refused=posting)
            return Decision("unchanged", known)
        withheld: Sequence[Fault] = ()
        if posting.state == PostingState.PUBLISHED:
            faults = self._stays_public(row, known, posting) if changed else []
        else:
            faults, withheld = self._publish(row, posting, row.republished_from(changed))
        if faults:
            return Decision("rejected", known, faults, refused=posting)
        self.known.remember(posting)
        if not changed and posting.state == known.state:
            return Decision("unchanged", posting, withheld=withheld)
        posting.updated_at = self.moment
        posting.version += 1
        rows = self.rows.new if posting.id in self.rows.new else self.rows.changed
        rows[posting.id] = posting
        if known.state == PostingState.PUBLISHED:
            posting.confirmed_at = self.moment
            is_held = posting.state == PostingState.UNDER_REVIEW
            self._verbs[posting.id] = "hold" if is_held else self._verbs.get(posting.id, "edit")
            return Decision("updated", posting)
        return Decision("updated", posting, published=self._note(posting), withheld=withheld)

    def _note(self, posting: JobPosting) -> bool:
        """Note that a posting was published or held back, if it was. Return whether it is public now."""
        verb = {PostingState.PUBLISHED: "publish", PostingState.UNDER_REVIEW: "hold"}.get(PostingState(posting.state))
        if verb:
            self._verbs[posting.id] = verb
        return verb == "publish"

    def _publish(self, row: Row, posting: JobPosting, sources: Collection[str]) -> tuple[list[Fault], list[Fault]]:
        """Publish the posting if wanted and possible. Return why the row is refused, and why it comes in without being public."""
        if not row.publish or posting.state not in sources:
            return [], []
        faults = [*missing_faults(posting), *self._validity_faults(posting)]
        if self.obstacle:
            faults.append(Fault("publish", self.obstacle, rule="agency_may_not_publish"))
        if faults and not row.is_complete:
            return [], faults
        faults += self._employer_faults(posting)
        found = screened(posting)
        faults += [fault_of(finding) for finding in found if finding.verdict == "stop"]
        if faults:
            return faults, []
        if found:
            posting.state = POSTING.find("hold", posting.state, "system").target
            return [], [fault_of(finding) for finding in found]
        posting.state = POSTING.find("publish", posting.state, "agency").target
        posting.published_at = posting.published_at or self.moment
        posting.confirmed_at = self.moment
        posting.review_note = ""
        reopen(posting)
        return [], []

    def _stays_public(self, row: Row, known: JobPosting, posting: JobPosting) -> list[Fault]:
        """Return why a public posting could not be published as it is now; hold it back if new text needs a review."""
        before = {(finding.field, finding.rule, finding.words) for finding in screened(known)}
        found = [one for one in screened(posting) if (one.field, one.rule, one.words) not in before]
        faults = missing_faults(posting)
        if row.publish or posting.employer_id != known.employer_id:
            faults += self._employer_faults(posting)
        faults += [fault_of(finding) for finding in found if finding.verdict == "stop"]
        if not faults and found:
            posting.state = POSTING.find("hold", posting.state, "system").target
        return faults

    def _validity_faults(self, posting: JobPosting) -> list[Fault]:
        if posting.valid_through is None:  # a missing element
            return []
        fault = policies.validity_fault(posting.valid_through, self.today)
        return [Fault("valid_through", fault, rule="validity", legal_basis=policies.NOTICE_2025)] if fault else []

    def _employer_faults(self, posting: JobPosting) -> list[Fault]:
        obstacle = self._obstacles.get(posting.employer_id) if posting.employer_id else None
        return [Fault("employer_name", obstacle, rule="employer_restricted")] if obstacle else []


def screened(posting: object) -> list[screening.Finding]:
    """Screen text by text, cached: rows repeat their duties, conditions and tags."""
    found: list[screening.Finding] = []
    for name in screening.FIELD_LABELS:
        value = getattr(posting, name)
        found.extend(_findings(name, value) if isinstance(value, str) else _findings_in_list(name, tuple(value)))
    found.extend(screening.held_in_test_data(posting))
    return found


@lru_cache(maxsize=20_000)
def _findings(name: str, text: str) -> tuple[screening.Finding, ...]:
    return screening.screen({name: text}).findings


@lru_cache(maxsize=20_000)
def _findings_in_list(name: str, texts: tuple[str, ...]) -> tuple[screening.Finding, ...]:
    return tuple(finding for text in texts for finding in _findings(name, text))


def _closed(known: JobPosting) -> Fault:
    message = f"这个职位已在平台上，现在是“{POSTING_LABELS[known.state]}”，不能修改；如有疑问请联系平台客服"
    return Fault("external_code", message, rule="state_not_allowed")
