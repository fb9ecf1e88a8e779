"""Postings of the same job by several agencies, recognised by employer, place and title."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from uuid import UUID

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries.facts import pay_of
from jiuye.domains.jobs.queries.public import open_postings
from jiuye.domains.organisations.models import Shop
from jiuye.kernel import clock
from jiuye.kernel.text import fold

MOST_SOURCES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """One posting of the job. `answered_within_7_days` is a share, None if there are too few applications."""

    posting_id: UUID
    agency_id: UUID
    agency_name: str
    pay: str
    valid_through: date
    answered_within_7_days: float | None


@dataclass(frozen=True, slots=True)
class SameJob:
    """Open postings of the same job by other agencies: id, agency, and the agency's name; at most `MOST_SOURCES`."""

    cluster: str
    members: int
    others: tuple[tuple[UUID, UUID, str], ...]


def same_jobs(
    jobs: Collection[tuple[UUID | None, str | None, str]], *, apart_from: UUID
) -> dict[tuple[UUID | None, str | None, str], SameJob]:
    """Return for each job (employer, region, title) which other agencies' open postings are the same job.

    `apart_from`: the agency that asks; `members` counts its posting. Jobs without an employer are left out. One query.
    """
    keys = {job: cluster_key(*job) for job in jobs if job[0]}
    rows = open_postings().filter(employer_id__in={job[0] for job in keys}).exclude(agency_id=apart_from)
    rows = rows.filter(region_id__in={job[1] for job in keys if job[1]}).order_by("published_at", "pk")
    found: dict[str, list[tuple[UUID, UUID, str]]] = {}
    names = ("pk", "agency_id", "agency__legal_name", "employer_id", "region_id", "title")
    for pk, agency_id, name, *job in rows.values_list(*names) if keys else ():
        found.setdefault(cluster_key(*job), []).append((pk, agency_id, name))
    return {
        job: SameJob(key, 1 + len(found.get(key, ())), tuple(found.get(key, ())[:MOST_SOURCES]))
        for job, key in keys.items()
    }


def cluster_of(posting: JobPosting) -> str:
    """Return a key equal for postings of the same job; empty if a posting names no employer."""
    return cluster_key(posting.employer_id, posting.region_id, posting.title)


def cluster_key(employer_id: UUID | None, region_code: str | None, title: str) -> str:
    """Return sixteen hex digits; empty without an employer."""
    if not employer_id:
        return ""
    same = f"{employer_id}|{region_code or None}|{''.join(fold(title).split())}"
    return blake2b(same.encode(), digest_size=8).hexdigest()


def cluster_of_posting(posting_id: UUID) -> str:
    """Return the key of a posting by its id; empty if there is none. One query."""
    row = JobPosting.objects.filter(pk=posting_id).values_list("employer_id", "region_id", "title").first()
    return cluster_key(*row) if row else ""


def siblings(posting_id: UUID, employer_id: UUID | None, region_code: str, title: str) -> list[UUID]:
    """Return the other open postings of the job. One query over the employer's open postings of that place."""
    if not employer_id:
        return []
    key = cluster_key(employer_id, region_code, title)
    rows = open_postings().filter(employer_id=employer_id, region_id=region_code or None).exclude(pk=posting_id)
    titles = rows.order_by("published_at", "pk").values_list("pk", "title")
    return [other for other, text in titles if cluster_key(employer_id, region_code, text) == key][:MOST_SOURCES]


def sources(posting_ids: list[UUID]) -> list[Source]:
    """Return who publishes these postings, best answer rate first. No query for none, else two."""
    if not posting_ids:
        return []
    rows = JobPosting.objects.filter(pk__in=posting_ids).select_related("agency").order_by("pk")
    shares = dict(
        Shop.objects.filter(agency_id__in=[row.agency_id for row in rows]).values_list(
            "agency_id", "answered_within_7_days"
        )
    )
    found = [
        Source(
            posting_id=row.id,
            agency_id=row.agency_id,
            agency_name=row.agency.legal_name,
            pay=pay_of(row),
            valid_through=row.valid_through or clock.today(),
            answered_within_7_days=shares.get(row.agency_id),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: -(one.answered_within_7_days or 0))
