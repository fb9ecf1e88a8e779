"""Create or update postings as a client of the agency states them: one, or a batch, with a result for each.

The natural key is the agency's own number (`external_code`): a statement with a known one updates that posting. Without one,
the same content for the same employer is the same posting.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.actions.content import NO_SUCH_EMPLOYER, checked, recruitable
from jiuye.domains.jobs.bulk.records import StoredRecords
from jiuye.domains.jobs.bulk.rows import Decision, Result
from jiuye.domains.jobs.bulk.tables import Rows, copy, draft, json
from jiuye.domains.jobs.bulk.writer import Writer, screened
from jiuye.domains.jobs.content import PostingContent, hash_of
from jiuye.domains.jobs.faults import fault_of, missing_faults
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.screening import Finding
from jiuye.domains.jobs.states import PostingState
from jiuye.domains.organisations import actions as organisation_actions
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.actions import EmployerBasics
from jiuye.domains.reference import queries as reference
from jiuye.kernel import audit, clock, database, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Fault, NotFound
from jiuye.kernel.identifiers import InvalidIdentifier, check_credit_code
from jiuye.kernel.models import AuditEntry
from jiuye.kernel.text.tidying import tidy_line

MOST_AT_ONCE = 1000
_FEW = 8
_ENTRY = (
    "occurred_at",
    "actor_person_id",
    "actor_organisation_id",
    "actor_role",
    "ip",
    "action",
    "subject_id",
    "digest",
    "detail",
)
_of_entry = attrgetter(*_ENTRY[:-1])
_REPUBLISHED = frozenset({PostingState.DRAFT, PostingState.REJECTED, PostingState.WITHDRAWN, PostingState.EXPIRED})


@dataclass(frozen=True, slots=True)
class StatedPosting:
    """What a client states. The employer: `content.employer_id`, or `employer` by its name, or the agency (`is_own`).

    `publish` publishes it if it is not public; without it, the state stays. `version`: only if the posting is at it.
    """

    content: PostingContent
    employer: EmployerBasics | None = None
    is_own: bool = False
    publish: bool = False
    version: int | None = None


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """The result for one statement. `posting_id` is None if there is no posting; `state`, `version` are as it is now.

    `faults` say why nothing was written; `missing` are the legal elements that it lacks, `findings` those of the
    screening.
    """

    result: Result
    posting_id: UUID | None
    external_code: str
    state: str
    version: int
    faults: Sequence[Fault]
    missing: Sequence[Fault]
    findings: Sequence[Finding]
    cluster: tuple[UUID | None, str | None, str] = (None, None, "")
    """Employer, region and title: what makes it the same job as others (`queries.cluster_key`)."""


class _Row:
    """A checked statement for `bulk.writer.Writer`."""

    is_complete = True

    def __init__(self, stated: StatedPosting, values: dict[str, Any], agency_id: UUID, *, must_be_new: bool) -> None:
        self.stated, self.values, self.agency_id, self.must_be_new = stated, values, agency_id, must_be_new
        self.publish = stated.publish
        self.external_code: str = values["external_code"]
        basics = stated.employer
        self.employer: tuple[str, str] | UUID | None = values["employer_id"]
        self.employer_name = self.employer_credit_code = self.employer_ownership = self.employer_size = ""
        self.industry: str = values["industry_id"] or ""
        if basics:
            self.employer = (basics.legal_name, basics.credit_code)
            self.employer_name, self.employer_credit_code = self.employer
            self.employer_ownership, self.employer_size = basics.ownership, basics.size

    def content_hash(self, employer_id: UUID | None) -> str:
        return hash_of({**self.values, "employer_id": employer_id})

    def conflict(self, known: JobPosting | None) -> Fault | None:
        if self.stated.version is not None and (known is None or known.version != self.stated.version):
            return Fault(
                "", "这个职位在您读取之后被修改或删除过，这次操作没有生效。请重新读取，核对后再写。", "edited_meanwhile"
            )
        if known is None:
            return None
        if not self.must_be_new:
            return None
        if self.external_code and known.external_code == self.external_code:
            return Fault(
                "external_code", "这个编号已用在本机构的另一个职位上，请换一个，或按编号更新。", "external_id_taken"
            )
        return Fault("", "本机构已有内容相同的职位。确是不同的职位，请用不同的编号。", "own_duplicate")

    def new(self, employer_id: UUID | None, moment: datetime) -> JobPosting:
        values = {**self.values, "employer_id": employer_id, "agency_id": self.agency_id}
        return draft({**values, "content_hash": hash_of(values)}, moment)

    def apply(self, posting: JobPosting, employer_id: UUID | None) -> Collection[str]:
        values = {**self.values, "employer_id": employer_id}
        if not self.external_code:
            del values["external_code"]
        changed = {name: value for name, value in values.items() if getattr(posting, name) != value}
        for name, value in changed.items():
            setattr(posting, name, value)
        posting.content_hash = hash_of({**self.values, "employer_id": employer_id})
        return changed

    def republished_from(self, changed: Collection[str]) -> Collection[str]:
        return _REPUBLISHED


def write_postings(
    actor: Actor, *, stated: Sequence[StatedPosting], must_be_new: bool = False, dry_run: bool = False
) -> list[StoredPosting]:
    """Create or update postings of the actor's agency, at most `MOST_AT_ONCE`. Return the results in the same order.

    Statements are independent: one with faults changes nothing for the others. `must_be_new`: what exists already is a
    conflict. `dry_run`: check everything and write nothing. Raises `Denied` and `NotFound`.
    """
    policies.may_edit(actor)
    agency_id = actor.organisation_id
    if agency_id is None:
        raise NotFound
    try:
        return _attempt(actor, agency_id, stated, must_be_new=must_be_new, dry_run=dry_run)
    except IntegrityError:  # somebody else wrote the same number at the same moment
        return _attempt(actor, agency_id, stated, must_be_new=must_be_new, dry_run=dry_run)


def _attempt(
    actor: Actor, agency_id: UUID, stated: Sequence[StatedPosting], *, must_be_new: bool, dry_run: bool
) -> list[StoredPosting]:
    moment = clock.now()
    with transaction.atomic():
        prepared = _prepare(actor, agency_id, stated, must_be_new=must_be_new)
        rows = [one for one in prepared if isinstance(one, _Row)]
        named = [row for row in rows if isinstance(row.employer, tuple)]
        obstacle = partial(_obstacle, agency_id)
        records = StoredRecords(agency_id, moment, folds_codes=False)
        writer = Writer(records, rows, named, obstacle=obstacle, moment=moment, today=clock.today())
        decisions = {id(row): writer.decide(row) for row in rows}
        stored = [one if isinstance(one, StoredPosting) else _stored(one, decisions[id(one)]) for one in prepared]
        if dry_run:
            transaction.set_rollback(True)
        else:
            _write(actor, writer, list(decisions.values()))
    return stored


def _obstacle(agency_id: UUID) -> str:
    standing = organisations.standing(agency_id)
    return "" if standing.may_publish else standing.reason


def _prepare(
    actor: Actor, agency_id: UUID, stated: Sequence[StatedPosting], *, must_be_new: bool
) -> list[_Row | StoredPosting]:
    """Return each statement checked, or its result if it is refused."""
    if any(one.is_own for one in stated):
        own = organisation_actions.own_employer(actor)
        stated = [replace(one, content=replace(one.content, employer_id=own)) if one.is_own else one for one in stated]
    ids = {one.content.employer_id for one in stated if one.content.employer_id and not one.is_own}
    known = recruitable(ids, agency_id) if ids else set()
    seen: dict[str, int] = {}
    prepared: list[_Row | StoredPosting] = []
    for number, one in enumerate(stated):
        values, faults = _checked(one)
        if one.content.employer_id in ids - known:
            faults.append(Fault("employer", NO_SUCH_EMPLOYER))
        code = values["external_code"]
        if code and code in seen:
            text = f"这一批的第 {seen[code] + 1} 项已用了这个编号，请合并成一项，或换一个编号。"
            prepared.append(_refused(one, values, [Fault("external_code", text, "repeated")], "conflict"))
            continue
        if code:
            seen[code] = number
        row = _Row(one, values, agency_id, must_be_new=must_be_new)
        prepared.append(_refused(one, values, faults) if faults else row)
    return prepared


def _checked(one: StatedPosting) -> tuple[dict[str, Any], list[Fault]]:
    content = one.content
    if not content.occupation and content.title:
        content = replace(content, occupation=reference.guess_occupation(content.title) or "")
    values, wrong = checked(content)
    faults = [Fault(name, text) for name, text in wrong.items()]
    if one.employer:
        faults += _employer_faults(one.employer)
    return values, faults


def _employer_faults(basics: EmployerBasics) -> list[Fault]:
    faults = []
    if len(basics.legal_name) < 2 or len(basics.legal_name) > 100:
        faults.append(Fault("employer_name", "请填写用人单位的全称，与营业执照一致，最多 100 字。"))
    if basics.credit_code:
        try:
            check_credit_code(basics.credit_code)
        except InvalidIdentifier as error:
            faults.append(Fault("employer_credit_code", f"{error}。"))
    return faults


def faults_of(one: StatedPosting) -> list[Fault]:
    """Return all that is wrong with a statement by itself. No query."""
    values, faults = _checked(one)
    return list(_refused(one, values, faults).faults)


def stated_employer(name: str, credit_code: str, *, ownership: str = "", size: str = "") -> EmployerBasics:
    """Return an employer by its name, as it is stored."""
    return EmployerBasics(tidy_line(name), credit_code.strip().upper(), ownership=ownership, size=size)


def _refused(
    one: StatedPosting, values: dict[str, Any], faults: list[Fault], result: Result = "rejected"
) -> StoredPosting:
    """Return the result of a refused statement with all that is wrong with it, so that it can be corrected at once."""
    shown = SimpleNamespace(**values)
    shown.employer_id = shown.employer_id or (one.employer and one.employer.legal_name) or None
    missing, findings = missing_faults(shown), screened(shown)
    if one.publish:
        told = {fault.field.removesuffix("_name") for fault in faults}
        further = [*missing, *(fault_of(finding) for finding in findings if finding.verdict == "stop")]
        faults = faults + [fault for fault in further if fault.field not in told]
    return StoredPosting(result, None, values["external_code"], "", 0, faults, missing, findings)


def _stored(row: _Row, decision: Decision) -> StoredPosting:
    posting = decision.posting
    if posting is None or decision.result == "rejected":
        refused = _refused(row.stated, row.values, list(decision.faults), decision.result)
        if posting is None:
            return refused
        return replace(refused, posting_id=posting.id, state=posting.state, version=posting.version)
    return StoredPosting(
        decision.result, posting.id, posting.external_code, posting.state, posting.version, decision.faults,
        missing_faults(posting), screened(posting), (posting.employer_id, posting.region_id, posting.title),
    )  # fmt: skip


def _write(actor: Actor, writer: Writer, decisions: Sequence[Decision]) -> None:
    """Write postings, one audit entry for each, and one event for all that are public."""
    entries = [
        audit.entry(
            actor, f"posting.{'create' if one.result == 'created' else 'edit'}", one.posting.id,
            to_state=one.posting.state, version=one.posting.version,
        )
        for one in decisions
        if one.result in ("created", "updated") and one.posting
    ]  # fmt: skip
    if not entries:
        return
    together: list[Model] = []
    if len(entries) <= _FEW:  # a single one is written together with its entry and its event, in one statement
        together = [*writer.rows.new.values(), *entries]
        writer.rows = Rows(changed=writer.rows.changed)
    else:
        copy(AuditEntry, _ENTRY, ([*_of_entry(one), json(one.detail)] for one in entries))
    writer.rows.write()
    if happened := writer.happened():
        events.publish(actor, *happened, rows=together)
    elif together:
        database.insert(*together)
