"""Forms of agencies for things that are made for them."""

import contextlib
from collections.abc import Mapping
from datetime import timedelta

from jiuye.domains.applications import actions as applications
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import ContactReason
from jiuye.domains.fairs.actions import register
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.fairs.queries import registration
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, ImportNote, JobPosting
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.kernel import clock
from jiuye.kernel.errors import Refused
from jiuye.webhooks.models import Endpoint
from jiuye.webhooks.signing import Signer, secret_bytes
from tests.bars.places import Place, things_of
from tests.bars.prepared import Prepare, Prepared, applications_of
from tests.factories import accounts, fair_forms, job_forms, organisations, public_site, webhooks
from tests.factories.applications import standing_invitation


def _keep_time(place: Place) -> Prepared:
    row = Application.objects.filter(agency_id=place.id, state="interview_invited").order_by("pk")[0]
    with contextlib.suppress(Refused):  # in the demonstration they may have asked already
        applications.ask_for_another_time(
            accounts.actor(row.applicant),
            application_id=row.pk,
            invitation_id=standing_invitation(row.pk),
            reason="当天已有安排",
            times=(),
        )
    return Prepared(f"/agency/applications/{row.pk}/keep-time", {"note": "当天只有这个时间。"})


def _contacts(place: Place) -> Prepared:
    found = applications_of(place)[0].pk
    applications.open_resume(place.owner, application_id=found)
    return Prepared(f"/agency/applications/{found}/contacts", {"reason": "interview"})


def _resume_with_contacts(place: Place) -> Prepared:
    found = applications_of(place)[0].pk
    applications.open_contacts(place.owner, application_id=found, reason=ContactReason.INTERVIEW)
    return Prepared(f"/agency/applications/{found}/resume.pdf", {"contacts": "1"})


def _resumes(place: Place) -> Prepared:
    rows = Application.objects.filter(agency_id=place.id, state="viewed").order_by("pk")
    return Prepared("/agency/applications/resumes.zip", {"application": [str(rows[0].pk)]})


def _new_fair(place: Place) -> Prepared:
    return Prepared("/agency/fairs/new", fair_forms.written())


def _publish_fair(place: Place) -> Prepared:
    answer = place.browsers["owner"].post("/agency/fairs/new", fair_forms.written())
    return Prepared(f"{answer.headers['Location']}/publish", {"version": "1"})


def _at_fair(place: Place) -> str:
    """The address of an employer at a fair that is to come."""
    agency = Agency.objects.get(pk=place.id)
    fair, employer = public_site.fair(agency), organisations.employer(named_by=agency)
    public_site.takes_part(fair, employer)
    return f"/agency/fairs/{fair.pk}/employers/{employer.pk}"


def _change_at_fair(place: Place) -> Prepared:
    return Prepared(_at_fair(place), {"booth": "A09", "which": "all"})


def _remove_from_fair(place: Place) -> Prepared:
    return Prepared(f"{_at_fair(place)}/remove", {})


def _check_in(place: Place) -> Prepared:
    row = JobFair.objects.filter(agency_id=place.id, state="published").order_by("pk")[0]
    moment = clock.now()
    JobFair.objects.filter(pk=row.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=3))
    visitor = accounts.actor(accounts.seeker())
    register(visitor, fair_id=row.pk)
    found = registration(visitor, row.pk)
    assert found
    return Prepared(f"/agency/fairs/{row.pk}/check-in", {"code": found.code})


def _batch(place: Place) -> ImportBatch:
    """A sheet that was read."""
    return ImportBatch.objects.get(pk=things_of(place, "agency/imports/<uuid:batch_id>", "owner")["batch_id"])


def _mapping(place: Place) -> Prepared:
    batch = _batch(place)
    columns = {f"column_{index}": field for field, index in batch.mapping.items()}
    return Prepared(f"/agency/imports/{batch.pk}/mapping", columns)


def _start(place: Place) -> Prepared:
    batch = _batch(place)
    imports.set_mapping(place.owner, batch.pk, mapping=batch.mapping, defaults={}, publish=False)
    return Prepared(f"/agency/imports/{batch.pk}/start", {})


def _published(place: Place) -> JobPosting:
    """A posting that is open and has an occupation."""
    rows = JobPosting.objects.filter(agency_id=place.id, state="published", valid_through__gte=clock.today())
    return rows.exclude(occupation=None).order_by("pk")[0]


def _new_job(place: Place) -> Prepared:
    employer = organisations.employer(named_by=Agency.objects.get(pk=place.id))
    return Prepared("/agency/jobs/new", job_forms.written(employer))


def _occupation(place: Place) -> Prepared:
    posting = _published(place)
    JobPosting.objects.filter(pk=posting.pk).update(occupation=None)
    return Prepared(f"/agency/jobs/{posting.pk}/occupation", {"occupation": posting.occupation_id})


def _import_notes(place: Place) -> Prepared:
    posting = _published(place)
    ImportNote.objects.create(batch=_batch(place), posting=posting, row_number=2, field="pay", message="单位拿不准。")
    return Prepared(f"/agency/jobs/{posting.pk}/import-notes", {})


def _section(place: Place) -> Prepared:
    form = {
        "version": str(Shop.objects.get(pk=place.id).version),
        "entry-TOTAL_FORMS": "1",
        "entry-INITIAL_FORMS": "0",
        "entry-0-name": "周主任",
        "entry-0-title": "负责人",
        "entry-0-ORDER": "1",
    }
    return Prepared("/agency/shop/sections/team", form)


def _new_webhook(place: Place) -> Prepared:
    """With room for one: those that were made for other forms are deleted."""
    Endpoint.objects.filter(agency_id=place.id, deleted_at=None).update(deleted_at=clock.real_now())
    form = {"url": "https://hr.example.com/hooks", "source": "live", "types": ["job.*"], "description": "人事系统"}
    return Prepared("/agency/webhooks/new", form)


def _resume_webhook(place: Place) -> Prepared:
    found = things_of(place, "agency/webhooks/<uuid:endpoint_id>", "owner")["endpoint_id"]
    place.browsers["owner"].post(f"/agency/webhooks/{found}/pause")
    return Prepared(f"/agency/webhooks/{found}/resume", {})


def _verify(place: Place) -> Prepared:
    found = things_of(place, "agency/webhooks/<uuid:endpoint_id>", "owner")["endpoint_id"]
    secret = webhooks.secret_of(Endpoint.objects.get(pk=found))
    signed = Signer((secret_bytes(secret),), ()).headers("msg_1", clock.real_now(), b"{}")
    headers = "\r\n".join(f"{name}: {value}" for name, value in signed.items())
    return Prepared("/agency/webhooks/verify", {"headers": headers, "body": "{}", "endpoint": str(found)})


PREPARED: Mapping[str, Prepare] = {
    "agency/applications/<uuid:application_id>/contacts": _contacts,
    "agency/applications/<uuid:application_id>/keep-time": _keep_time,
    "agency/applications/<uuid:application_id>/resume.pdf": _resume_with_contacts,
    "agency/applications/resumes.zip": _resumes,
    "agency/fairs/<uuid:fair_id>/check-in": _check_in,
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>": _change_at_fair,
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>/remove": _remove_from_fair,
    "agency/fairs/<uuid:fair_id>/publish": _publish_fair,
    "agency/fairs/new": _new_fair,
    "agency/imports/<uuid:batch_id>/mapping": _mapping,
    "agency/imports/<uuid:batch_id>/start": _start,
    "agency/jobs/<uuid:posting_id>/import-notes": _import_notes,
    "agency/jobs/<uuid:posting_id>/occupation": _occupation,
    "agency/jobs/new": _new_job,
    "agency/shop/sections/<slug:section>": _section,
    "agency/webhooks/<uuid:endpoint_id>/resume": _resume_webhook,
    "agency/webhooks/new": _new_webhook,
    "agency/webhooks/verify": _verify,
}
