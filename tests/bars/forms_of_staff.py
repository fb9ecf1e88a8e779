"""The forms that staff find on the pages of their portal, filled in: pages of things in every state, by the organisation's owner."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.test import Client

from jiuye.domains.accounts.models import Channel, User
from jiuye.domains.applications.models import Application
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.feedback.models import Feedback
from jiuye.domains.jobs.models import ImportBatch, JobPosting
from jiuye.domains.organisations.models import Affiliation
from jiuye.domains.policies.models import Policy
from jiuye.domains.qualifications.actions import open_renewal
from jiuye.domains.qualifications.models import Case
from jiuye.domains.sanctions.models import Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.bars.filling import Forms, Found, collect, first_of_each
from tests.bars.places import Place, placeholders, things_of
from tests.bars.staff import STAFF, Staff
from tests.factories import accounts, qualifications

_STATED: dict[tuple[str, str], tuple[type[Model], str]] = {
    ("agency", "posting_id"): (JobPosting, "agency_id"),
    ("agency", "application_id"): (Application, "agency_id"),
    ("agency", "fair_id"): (JobFair, "agency_id"),
    ("agency", "affiliation_id"): (Affiliation, "agency_id"),
    ("agency", "batch_id"): (ImportBatch, "agency_id"),
    ("employer", "posting_id"): (JobPosting, "employer_id"),
    ("employer", "application_id"): (Application, "employer_id"),
    ("employer", "affiliation_id"): (Affiliation, "employer_id"),
    ("platform", "posting_id"): (JobPosting, ""),
    ("platform", "application_id"): (Application, ""),
    ("platform", "case_id"): (Case, ""),
    ("platform", "feedback_id"): (Feedback, ""),
    ("platform", "sanction_id"): (Sanction, ""),
    ("platform", "policy_id"): (Policy, ""),
    ("platform", "channel_id"): (Channel, ""),
}
"""Things that offer other forms in other states, and the column that says whose they are."""
_LISTS = {
    "agency/jobs": ("", "?state=draft", "?state=published", "?state=withdrawn"),
    "agency/applications": ("", "?group=viewed"),
    "ops/qualifications": ("", "?view=mine"),
}
"""Queries by which a list offers other forms."""


def forms_of(place: Place, *others: Client) -> Forms:
    """The forms on all pages of the place's owner, and those on the pages of the qualification of other owners."""
    found: Found = {}
    for staff in STAFF:  # what lists and pages then have a form for
        if staff.kind == place.kind and placeholders(staff.pattern):
            things_of(place, staff.pattern, "owner")
    pages = [one for one in STAFF if one.kind == place.kind and "GET" in one.methods]
    collect(found, place.browsers["owner"], (path for one in pages for path in _paths(place, one)))
    if place.kind != "platform":
        collect(found, place.browsers["recruiter"], [f"/{place.kind}/members/leave"])
    for owner in others:
        of_cases = [one for one in pages if one.pattern.startswith(f"{place.kind}/qualification")]
        collect(found, owner, (path for one in of_cases for path in _paths_of_case(place, one)))
    return first_of_each(found)


def _paths(place: Place, page: Staff) -> Iterator[str]:
    names = placeholders(page.pattern)
    if not names:
        yield from (f"/{page.pattern}{query}" for query in _LISTS.get(page.pattern, ("",)))
        return
    yield page.path(things_of(place, page.pattern, "owner"))
    if len(names) == 1 and (place.kind, name := min(names)) in _STATED:
        for row in _in_each_state(place, name):
            yield page.path({name: row})


def _in_each_state(place: Place, name: str) -> list[Any]:
    """Ids of the place's things, one in each state; some where they have no state."""
    model, column = _STATED[place.kind, name]
    rows = model._default_manager.filter(**({column: place.id} if column else {}))
    if "state" in {one.name for one in model._meta.get_fields()}:
        return list(rows.order_by("state", "pk").distinct("state").values_list("pk", flat=True))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:4])


def _paths_of_case(place: Place, page: Staff) -> Iterator[str]:
    names = placeholders(page.pattern)
    if not names:
        yield f"/{page.pattern}"
    elif names == {"kind"}:
        yield from (page.path({"kind": kind}) for kind in _KINDS[place.kind])


_KINDS = {
    "agency": ("business_licence", "hr_licence", "authorisation_letter", "handler_identity"),
    "employer": ("business_licence", "authorisation_letter", "employment", "handler_identity"),
}


def owners_of_cases(kind: str) -> list[Client]:
    """Browsers of owners whose organisation is being audited: complete, submitted, returned, to be renewed, in renewal."""
    applicant = {"agency": "market", "employer": "employer"}[kind]
    soon = clock.today() + timedelta(days=20)
    made: list[Callable[[], Actor]] = [
        lambda: qualifications.filled(applicant),
        lambda: qualifications.owner_of(qualifications.submitted(applicant)),
        lambda: qualifications.owner_of(qualifications.returned(applicant)),
        lambda: qualifications.owner_of(qualifications.approved(applicant, expires_on=soon)),
        lambda: _renewing(qualifications.owner_of(qualifications.approved(applicant, expires_on=soon))),
    ]
    return [accounts.browser(User.objects.get(pk=make().person_id), confirmed=True) for make in made]


def _renewing(owner: Actor) -> Actor:
    open_renewal(owner)
    return owner
